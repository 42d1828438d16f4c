import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

/** The compiled bench lies one folder below. */
const TEMPLATES = [path.join(__dirname, 'templates'), path.join(__dirname, '..', 'templates')].find(existsSync)!;

const NESTED = {
  Network: 'network',
  Subnet: 'subnet',
  SecurityGroup: 'security-group',
  Kubernetes: 'kubernetes',
  Bucket: 'bucket',
  Endpoint: 'endpoint',
  Scripts: 'scripts',
  Role: 'role',
  FileSystem: 'file-system',
  Cluster: 'cluster',
};

/** A root template with ten nested ones, none of whose parameters is given a value. */
export function nestedTemplate(app: App): void {
  new CfnInclude(new Stack(app, 'Training'), 'Template', {
    templateFile: path.join(TEMPLATES, 'root.yaml'),
    loadNestedStacks: Object.fromEntries(Object.entries(NESTED).map(([logicalId, name]) => [logicalId, { templateFile: path.join(TEMPLATES, `${name}.yaml`) }])),
  });
}
