import { join } from 'path';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnInclude, type CfnIncludeProps } from 'aws-cdk-lib/cloudformation-include';
import { executionRole } from './private/building-blocks';
import { type Case, corpus } from './private/harness';

const template = (name: string) => join(__dirname, 'templates', name);

function included(name: string, props: Partial<CfnIncludeProps> = {}): Case['app'] {
  return stack => { new CfnInclude(stack, 'Template', { templateFile: template(name), ...props }); };
}

/** A parent template with its three nested ones. */
const nested = (parameters: Record<string, string>) => included('nested-root.yaml', {
  parameters,
  loadNestedStacks: Object.fromEntries(Object.entries({ Storage: 'storage', Identity: 'identity', HyperPod: 'cluster' })
    .map(([logicalId, name]) => [logicalId, { templateFile: template(`nested-${name}.yaml`) }])),
});

corpus('CloudFormation templates, through CfnInclude', [
  {
    name: 'a bucket called after the account, and the role of HyperPod\'s guide',
    verdict: 'denied',
    why: 'the name does not begin with sagemaker-, and no other policy is there: the mistake that this check is for',
    app: included('slurm-bucket-by-account.yaml'),
  },
  {
    name: 'the same with a bucket that begins with sagemaker-',
    verdict: 'allowed',
    why: 'the managed policy covers it',
    app: included('slurm-sagemaker-bucket.yaml'),
  },
  {
    name: 'a role that is made or given',
    verdict: 'unknown',
    why: 'the role that is made may read, of the one that is given nothing is known',
    app: included('eks-optional-role.json'),
  },
  {
    name: 'a role that is made',
    verdict: 'allowed',
    why: 'CfnInclude fixes the parameter, so that the condition is known',
    app: included('eks-optional-role.json', {
      parameters: {
        MakeRole: 'yes',
        EksClusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/training',
        LifecycleBucketName: 'our-scripts',
        SubnetIds: ['subnet-0123456789abcdef0'],
        SecurityGroupIds: ['sg-0123456789abcdef0'],
      },
    }),
  },
  {
    name: 'a key that only one of two roles may use',
    verdict: { controller: 'allowed', workers: 'denied' },
    why: 'both roles may read the bucket, and only the controller\'s may decrypt',
    app: included('kms-and-bucket-policy.yaml'),
  },
  {
    name: 'buckets from a mapping, and a role that another stack of the app exports',
    verdict: 'allowed',
    why: 'both buckets begin with sagemaker-, and the export is the role\'s ARN',
    app: stack => {
      const identity = new Stack(stack.node.root, 'Identity');
      new CfnOutput(identity, 'RoleArn', { value: executionRole(identity).roleArn, exportName: 'hyperpod-role-arn' });
      included('mapping-and-import.yaml')(stack);
    },
  },
  {
    name: 'buckets from a mapping, and a role that nothing in the app exports',
    verdict: 'unknown',
    why: 'which role the export is, is known at deployment',
    app: included('mapping-and-import.yaml'),
  },
  {
    name: 'a role within a boundary of the company',
    verdict: 'unknown',
    why: 'the role\'s own policy is enough, and whether the boundary lets it is not in the template',
    app: included('role-with-wide-path.json'),
  },
  {
    name: 'role, bucket and cluster in nested stacks',
    verdict: 'unknown',
    why: 'the parameter decides whether the role is granted',
    app: nested({}),
  },
  {
    name: 'role, bucket and cluster in nested stacks, granted',
    verdict: 'allowed',
    why: 'the parameter is fixed, and handed on to the nested stack whose condition it decides',
    app: nested({ GrantRead: 'true' }),
  },
  {
    name: 'role, bucket and cluster in nested stacks, not granted',
    verdict: 'denied',
    why: 'the parameter is fixed, and handed on to the nested stack whose condition it decides',
    app: nested({ GrantRead: 'false' }),
  },
]);
