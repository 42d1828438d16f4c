import { Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { clusterRoleAccess } from '../../../src/preflight/roles/cluster-role-access';
import { clusterRoleTrust } from '../../../src/preflight/roles/cluster-role-trust';
import { documentOf } from '../../corpus/private/building-blocks';
import { VPC_CONFIG } from '../private/cluster-properties';
import { allow, clusterWith, deny } from '../private/roles';
import { type Silent, testRule } from '../private/rule-tester';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const NODE_ACTIONS = ['sagemaker:BatchAddClusterNodes', 'sagemaker:BatchDeleteClusterNodes'];
/** As https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html has them. */
const NODE_STATEMENT = allow(NODE_ACTIONS, 'arn:aws:sagemaker:*:*:cluster/*', { Condition: { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } } });
const KEY_STATEMENT = allow(['kms:CreateGrant', 'kms:DescribeKey'], 'arn:aws:kms:*:*:key/*', {
  Condition: {
    'StringLike': { 'kms:ViaService': 'sagemaker.*.amazonaws.com' },
    'Bool': { 'kms:GrantIsForAWSResource': 'true' },
    'ForAllValues:StringEquals': { 'kms:GrantOperations': ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext'] },
  },
});
const KARPENTER: CfnClusterProps = {
  orchestrator: { eks: { clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/team' } },
  vpcConfig: VPC_CONFIG,
  nodeProvisioningMode: 'Continuous',
  nodeRecovery: 'Automatic',
  autoScaling: { mode: 'Enable', autoScalerType: 'Karpenter' },
};

function scaling(service: string, statements: object[], props: CfnClusterProps = {}, keyOf?: (stack: Stack) => string) {
  return (stack: Stack) => {
    const role = new Role(stack, 'ScalingRole', {
      assumedBy: new ServicePrincipal(service), inlinePolicies: statements.length > 0 ? { Scale: documentOf(...statements) } : undefined,
    });
    const volumeKmsKeyId = keyOf?.(stack);
    clusterWith(stack, NODES, { ...KARPENTER, clusterRole: role.roleArn, ...props }, {
      instanceStorageConfigs: volumeKmsKeyId ? [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId } }] : undefined,
    });
  };
}

const SERVICE = 'hyperpod.sagemaker.amazonaws.com';
const CLUSTER_ROLE = ['ClusterRole'];
const key = (stack: Stack) => new Key(stack, 'Key').keyArn;

/** Neither rule has anything to say of these. */
const SILENT: readonly Silent[] = [
  ['the documented role', scaling(SERVICE, [NODE_STATEMENT, KEY_STATEMENT])],
  ['some clusters only', scaling(SERVICE, [allow(NODE_ACTIONS, `arn:aws:sagemaker:${Aws.REGION}:${Aws.ACCOUNT_ID}:cluster/abcdefghijkl`)])],
  ['another account\'s clusters, whatever that means', scaling(SERVICE, [allow(NODE_ACTIONS, 'arn:aws:sagemaker:us-west-2:444455556666:cluster/*')])],
  ['nothing, but auto scaling is off', scaling('ec2.amazonaws.com', [], { autoScaling: { mode: 'Disable' } })],
  ['a key, and the documented role', scaling(SERVICE, [NODE_STATEMENT, KEY_STATEMENT], {}, key)],
  ['a key of which the policy is not seen', scaling(SERVICE, [NODE_STATEMENT], {}, () => 'arn:aws:kms:us-west-2:111122223333:key/1')],
  ['a role that the app does not define', stack => { clusterWith(stack, NODES, { ...KARPENTER, clusterRole: 'arn:aws:iam::111122223333:role/scaling' }); }],
];
const TOKENS: readonly Silent[] = [
  ['nothing, and whether auto scaling is on only the deployment knows', stack => {
    scaling('ec2.amazonaws.com', [], { autoScaling: { mode: new CfnParameter(stack, 'Mode').valueAsString } })(stack);
  }],
  ['a role that is a parameter', stack => {
    clusterWith(stack, NODES, { ...KARPENTER, clusterRole: new CfnParameter(stack, 'Role').valueAsString });
  }],
];

testRule(clusterRoleTrust, {
  silent: [
    ...SILENT,
    ['no permissions', scaling(SERVICE, [])],
    ['a key, and nothing for it', scaling(SERVICE, [NODE_STATEMENT], {}, key)],
  ],
  finds: [
    ['the trust of execution roles', scaling('sagemaker.amazonaws.com', [NODE_STATEMENT]),
      'error', [], ['Training/ScalingRole/Resource', `does not let ${SERVICE} assume it; it trusts sagemaker.amazonaws.com`], CLUSTER_ROLE],
    ['neither trust nor permissions', scaling('ec2.amazonaws.com', []), 'error', [], 'it trusts ec2.amazonaws.com', CLUSTER_ROLE],
  ],
  tokens: TOKENS,
});

testRule(clusterRoleAccess, {
  silent: [
    ...SILENT,
    ['the trust of execution roles', scaling('sagemaker.amazonaws.com', [NODE_STATEMENT])],
  ],
  finds: [
    ['no permissions', scaling(SERVICE, []), 'error', [], [
      `No policy of the role allows ${NODE_ACTIONS.join(', ')}.`, '"Resource":"arn:aws:sagemaker:${AWS::Region}:*:cluster/*"',
    ], CLUSTER_ROLE],
    ['adding only', scaling(SERVICE, [allow(NODE_ACTIONS[0])]), 'error', [], [`No policy of the role allows ${NODE_ACTIONS[1]}.`], CLUSTER_ROLE],
    ['a deny', scaling(SERVICE, [allow('sagemaker:*'), deny(NODE_ACTIONS)]), 'error', [], 'denies it', CLUSTER_ROLE],
    ['neither trust nor permissions', scaling('ec2.amazonaws.com', []), 'error', [], 'No policy of the role allows sagemaker:BatchAddClusterNodes', CLUSTER_ROLE],
    ['a key, and nothing for it', scaling(SERVICE, [NODE_STATEMENT], {}, key),
      'warning', [], ['No policy of the role allows kms:CreateGrant, kms:DescribeKey.'], CLUSTER_ROLE],
  ],
  tokens: TOKENS,
});
