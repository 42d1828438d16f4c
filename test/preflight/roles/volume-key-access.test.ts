import { Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnAlias, Key } from 'aws-cdk-lib/aws-kms';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { volumeKeyAccess } from '../../../src/preflight/roles/volume-key-access';
import { group } from '../private/cluster-properties';
import { allow, clusterWith, deny, nodeRole } from '../private/roles';
import { testRule } from '../private/rule-tester';

const IMPORTED = 'arn:aws:kms:us-west-2:111122223333:key/11111111-2222-3333-4444-555555555555';
const HERE = { env: { account: '111122223333', region: 'us-west-2' } };
const ACTIONS = ['kms:CreateGrant', 'kms:DescribeKey'];
const VOLUMES = ['InstanceGroups.0.InstanceStorageConfigs'];
const VIA_SAGEMAKER = { StringEquals: { 'kms:ViaService': 'sagemaker.us-west-2.amazonaws.com' } };
const FOR_AWS_RESOURCE = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
/** As https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html has it. */
const documented = (role: string) => [
  new PolicyStatement({ principals: [new ArnPrincipal(role)], actions: ['kms:CreateGrant'], resources: ['*'], conditions: { ...VIA_SAGEMAKER, ...FOR_AWS_RESOURCE } }),
  new PolicyStatement({ principals: [new ArnPrincipal(role)], actions: ['kms:DescribeKey'], resources: ['*'], conditions: VIA_SAGEMAKER }),
];
const ROLE = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/nodes`;

/** A cluster with a root volume that a key encrypts. */
function withKey(stack: Stack, statements: object[], volumeKmsKeyId: string): void {
  clusterWith(stack, nodeRole(stack, statements, { roleName: 'nodes' }).roleArn, { nodeProvisioningMode: 'Continuous' }, {
    instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId } }],
  });
}

const ofApp = (statements: object[] = [], policy?: PolicyStatement[]) => (stack: Stack) => {
  withKey(stack, statements, new Key(stack, 'Key', { policy: policy && new PolicyDocument({ statements: policy }) }).keyId);
};
const imported = (...statements: object[]) => (stack: Stack) => withKey(stack, statements, IMPORTED);

testRule(volumeKeyAccess, {
  silent: [
    ['a role with no key', stack => { clusterWith(stack, nodeRole(stack).roleArn); }, HERE],
    ['a role with the documented statement', ofApp([allow(ACTIONS)]), HERE],
    ['a role with the statement for this key', stack => {
      const key = new Key(stack, 'Key');
      withKey(stack, [allow(ACTIONS, key.keyArn, { Condition: VIA_SAGEMAKER })], key.keyArn);
    }, HERE],
    ['a role with grants for AWS resources only', ofApp([allow('kms:CreateGrant', '*', { Condition: FOR_AWS_RESOURCE }), allow('kms:DescribeKey')]), HERE],
    ['a key whose policy allows the documented statements', ofApp([], documented(ROLE)), HERE],
    ['a key whose policy allows a service under such a condition, and the account', ofApp([allow(ACTIONS)], [
      new PolicyStatement({ principals: [new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root`)], actions: ['kms:*'], resources: ['*'] }),
      new PolicyStatement({
        principals: [new ServicePrincipal('logs.us-west-2.amazonaws.com')],
        actions: ['kms:*'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*' } },
      }),
    ]), HERE],
    ['an imported key, and a role that may use it', imported(allow(ACTIONS, IMPORTED)), HERE],
    ['the id of an imported key alone', stack => withKey(stack, [allow(ACTIONS, IMPORTED)], '11111111-2222-3333-4444-555555555555'), HERE],
    ['an alias, whose key only the deployment knows', stack => withKey(stack, [allow(ACTIONS, IMPORTED)], 'alias/volumes'), HERE],
    ['an alias of a key that is imported', stack => {
      new CfnAlias(stack, 'Alias', { aliasName: 'alias/volumes', targetKeyId: IMPORTED });
      withKey(stack, [allow(ACTIONS, IMPORTED)], 'alias/volumes');
    }, HERE],
    ['a role that the app does not define', stack => {
      clusterWith(stack, 'arn:aws:iam::111122223333:role/nodes', { nodeProvisioningMode: 'Continuous' }, {
        instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: IMPORTED } }],
      });
    }, HERE],
  ],
  finds: [
    ['a role with nothing', ofApp(),
      'error', ['workers'], ['No policy of the role allows kms:CreateGrant, kms:DescribeKey.', '"Action":["kms:CreateGrant","kms:DescribeKey"]'], VOLUMES, HERE],
    ['a role with no grants', ofApp([allow('kms:DescribeKey')]), 'error', ['workers'], ['No policy of the role allows kms:CreateGrant.'], VOLUMES, HERE],
    ['a role with another service', ofApp([allow(ACTIONS, '*', { Condition: { StringEquals: { 'kms:ViaService': 'ec2.us-west-2.amazonaws.com' } } })]),
      'error', ['workers'], [], VOLUMES, HERE],
    ['a role with encryption context, which HyperPod does not pass', ofApp([allow(ACTIONS, '*', {
      Condition: { StringEquals: { 'kms:EncryptionContext:team': 'research' } },
    })]), 'error', ['workers'], [], VOLUMES, HERE],
    ['a role with another key', stack => withKey(stack, [allow(ACTIONS, new Key(stack, 'Other').keyArn)], new Key(stack, 'Key').keyArn),
      'error', ['workers'], [], VOLUMES, HERE],
    ['a role with a deny', ofApp([allow(ACTIONS), deny('kms:CreateGrant')]), 'error', ['workers'], ['denies it'], VOLUMES, HERE],
    ['a key whose policy allows only others', ofApp([allow(ACTIONS)], documented(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/others`)),
      'error', ['workers'], ['The resource policy does not allow kms:CreateGrant, kms:DescribeKey', 'Let the key\'s policy allow it to the role arn:aws:iam::111122223333:role/nodes'], VOLUMES, HERE],
    ['a key whose policy allows the role under a condition on encryption context', ofApp([allow(ACTIONS)], [new PolicyStatement({
      principals: [new ArnPrincipal(ROLE)], actions: ['kms:*'], resources: ['*'], conditions: { StringEquals: { 'kms:EncryptionContext:team': 'research' } },
    })]),
    'error', ['workers'], [], VOLUMES, HERE],
    ['a key whose policy allows a deny without encryption context', ofApp([allow(ACTIONS)], [
      new PolicyStatement({ principals: [new ArnPrincipal(ROLE)], actions: ['kms:*'], resources: ['*'] }),
      PolicyStatement.fromJson({ ...deny('kms:CreateGrant', '*', { Condition: { Null: { 'kms:EncryptionContextKeys': 'true' } } }), Principal: '*' }),
    ]),
    'error', ['workers'], [], VOLUMES, HERE],
    ['an imported key, and a role without permissions for it', imported(),
      'warning', ['workers'], ['The key\'s policy, which is not defined in this app, would have to allow it to the role itself.', IMPORTED], VOLUMES, HERE],
    ['an imported key, and a role that is denied it', imported(allow(ACTIONS), deny('kms:*')), 'error', ['workers'], [], VOLUMES, HERE],
    ['a key of another account', stack => withKey(stack, [], IMPORTED.replace('111122223333', '444455556666')),
      'error', ['workers'], [], VOLUMES, HERE],
    ['a key of another account with a role that may use it', stack => withKey(stack, [allow(ACTIONS)], IMPORTED.replace('111122223333', '444455556666')),
      'warning', ['workers'], ['The resource policy does not allow'], VOLUMES, HERE],
    ['an alias and no permissions at all', stack => withKey(stack, [], 'alias/volumes'), 'warning', ['workers'], [], VOLUMES, HERE],
    ['an alias of a key of the app', stack => {
      new Alias(stack, 'Alias', { aliasName: 'alias/volumes', targetKey: new Key(stack, 'Key') });
      withKey(stack, [], 'alias/volumes');
    }, 'error', ['workers'], [], VOLUMES, HERE],
  ],
  tokens: [
    ['a key that is a parameter', stack => withKey(stack, [allow(ACTIONS)], new CfnParameter(stack, 'Key').valueAsString), HERE],
    ['a key that is a parameter and no permissions', stack => withKey(stack, [], new CfnParameter(stack, 'Key').valueAsString),
      'warning', ['workers'], [], VOLUMES, HERE],
    ['a volume that only some deployments encrypt', stack => {
      const cluster = clusterWith(stack, nodeRole(stack).roleArn, { nodeProvisioningMode: 'Continuous' }, {
        instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb: 100 } }],
      });
      new CfnCondition(stack, 'Encrypted', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Encrypt').valueAsString, 'yes') });
      cluster.addPropertyOverride('InstanceGroups.0.InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId', {
        'Fn::If': ['Encrypted', { 'Fn::GetAtt': [stack.getLogicalId(new Key(stack, 'Key').node.defaultChild as any), 'Arn'] }, { Ref: 'AWS::NoValue' }],
      });
    },
    'warning', ['workers'], ['This is so when'], VOLUMES, HERE],
  ],
  findsSeveral: [
    ['groups with one role and the same keys share a finding, others have their own', stack => {
      const executionRole = nodeRole(stack).roleArn;
      const [one, two] = ['One', 'Two'].map(id => new Key(stack, id).keyArn);
      const encrypted = (root: string, data: string) => ({
        instanceStorageConfigs: [
          { ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: root } }, { ebsVolumeConfig: { volumeSizeInGb: 100, volumeKmsKeyId: data } },
        ],
      });
      new CfnCluster(stack, 'Cluster', {
        nodeProvisioningMode: 'Continuous',
        instanceGroups: [
          group('a', { executionRole, ...encrypted(one, one) }), group('b', { executionRole, ...encrypted(one, two) }),
          group('c', { executionRole, ...encrypted(one, one) }), group('d', { executionRole }),
        ],
      });
    }, ['error VolumeKeyAccess[a,c]', 'error VolumeKeyAccess[b]'], HERE],
  ],
});
