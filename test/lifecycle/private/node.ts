import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { SynthesizedExample } from './example';
import { deployedObjects, evaluated, Objects } from './uploaded-files';
import { evaluateAccess } from '../../../src/iam/policy/evaluate';
import { accessRequest } from '../../../src/iam/policy/request';
import { ClusterModel } from '../../../src/preflight/core/cluster-model';
import { SymbolicString } from '../../../src/template/symbolic/symbolic-string';
import { Symbolizer } from '../../../src/template/symbolizer';
import { Template } from '../../../src/template/template';
import { CERTAIN } from '../../../src/template/world';

/** What came of a node's lifecycle script. */
export interface BootedNode {
  /** What the node copied, by path under the prefix. */
  readonly copied: Objects;
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Plays a node of an instance group, from what `cdk synth` wrote alone: resolves the source, lists and gets what the group's role
 * is allowed to, and runs the entry script where the copies are.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm.html
 *
 * @param values what is known only at deployment
 */
export function bootNode(example: SynthesizedExample, instanceGroupName: string, values: Record<string, string>): BootedNode {
  const cluster = readBack(example.template);
  const group = cluster.instanceGroups.find(({ label }) => label === instanceGroupName)!;
  const role = group.role!;
  const bucket = group.scriptBucket!;
  const source = group.scriptSource!;
  const prefix = source.prefix.literal!;
  const policies = { identity: role.identity, boundary: role.boundary, resource: bucket.policy };
  const isAllowed = (action: string, resource: SymbolicString, context = {}) => evaluateAccess(
    accessRequest(role.principal, action, resource, bucket.account, { 'aws:SecureTransport': [SymbolicString.literal('true')], ...context }),
    policies,
  ).allowed === 'yes';

  const mayList = isAllowed('s3:ListBucket', bucket.arn, { 's3:prefix': [source.prefix] });
  const listed = mayList ? [...objectsIn(bucket.resource!, example, values)].filter(([key]) => key.startsWith(prefix)) : [];
  const copied: Objects = new Map(listed
    .filter(([key]) => isAllowed('s3:GetObject', SymbolicString.concat(bucket.arn, `/${key}`)))
    .map(([key, bytes]) => [key.slice(prefix.length), bytes]));
  return { copied, ...run(group.entryScript.text!, copied) };
}

/** The template alone, as CloudFormation sees it. */
function readBack(template: any): ClusterModel {
  const directory = mkdtempSync(join(tmpdir(), 'template-'));
  writeFileSync(join(directory, 'template.json'), JSON.stringify(template));
  const stack = new Stack(new App(), 'Deployed');
  new CfnInclude(stack, 'Template', { templateFile: join(directory, 'template.json') });
  const snapshot = Template.of(stack);
  const [resource] = snapshot.resources('AWS::SageMaker::Cluster');
  return new ClusterModel(resource, new Symbolizer(snapshot, CERTAIN));
}

/** The objects that the stack's uploads write to a bucket. */
function objectsIn(bucket: CfnResource, { template, assembly }: SynthesizedExample, values: Record<string, string>): Objects {
  const uploads = Object.values<any>(template.Resources)
    .filter(({ Type, Properties }) => Type === 'Custom::CDKBucketDeployment' && Properties.DestinationBucketName.Ref === bucket.stack.resolve(bucket.logicalId))
    .map(({ Properties }) => Properties);
  return new Map(uploads.flatMap(upload => [...deployedObjects(upload, assembly, expression => evaluated(expression, values))]
    .map(([path, bytes]): [string, Buffer] => [`${upload.DestinationBucketKeyPrefix}${path}`, bytes])));
}

function run(entryScript: string, copied: Objects): Pick<BootedNode, 'exitCode' | 'output'> {
  const directory = mkdtempSync(join(tmpdir(), 'node-'));
  for (const [path, bytes] of copied) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
  const { status, stdout, stderr } = spawnSync('bash', [entryScript], { cwd: directory, encoding: 'utf8' });
  return { exitCode: status, output: stdout + stderr };
}
