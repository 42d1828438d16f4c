import { Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnPolicy, ManagedPolicy, Role, RoleProps } from 'aws-cdk-lib/aws-iam';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster, HyperPodInstanceType, Orchestrator } from '../../../src';
import { importedVpc } from '../../cluster/fixtures';
import { documentOf } from '../../corpus/private/building-blocks';
import { VPC_CONFIG } from '../private/cluster-properties';
import { allow, clusterWith, deny, expectRoleFindings, nodeRole, RoleCase } from '../private/role-findings';

const EKS: CfnClusterProps = { orchestrator: { eks: { clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/team' } }, vpcConfig: VPC_CONFIG };
const INTERFACE_ACTIONS = ['Create', 'Delete'].flatMap(verb => [`ec2:${verb}NetworkInterface`, `ec2:${verb}NetworkInterfacePermission`]);
const LOOKUP_ACTIONS = ['DhcpOptions', 'NetworkInterfaces', 'SecurityGroups', 'Subnets', 'Vpcs'].map(what => `ec2:Describe${what}`);
const CNI_ACTIONS = [
  'ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute', 'ec2:UnassignPrivateIpAddresses',
  'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeTags',
];
const IMAGE_ACTIONS = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer'];
const TAGGING = allow('ec2:CreateTags', 'arn:aws:ec2:*:*:network-interface/*');
/** As https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html has it for Slurm. */
const DOCUMENTED_FOR_SLURM = [allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface']), TAGGING];
/** And for EKS, without the optional action for Pod Identity. */
const DOCUMENTED_FOR_EKS = [allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS, ...IMAGE_ACTIONS]), TAGGING];
/** As AWS's own setup scopes it. */
const LEAST_PRIVILEGE = [
  allow(INTERFACE_ACTIONS, ['network-interface', 'security-group', 'subnet', 'vpc'].map(kind => `arn:aws:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}/*`)),
  allow([...LOOKUP_ACTIONS, 'ec2:CreateTags', 'ec2:DetachNetworkInterface']),
];

const eksWithout = (missing: string[]) => [
  allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS, ...IMAGE_ACTIONS].filter(one => !missing.includes(one))), TAGGING,
];

const withRole = (statements: object[], props?: CfnClusterProps, role?: Partial<RoleProps>) =>
  (stack: Stack) => { clusterWith(stack, nodeRole(stack, statements, role).roleArn, props); };
const inVpc = (...statements: object[]) => withRole(statements, { vpcConfig: VPC_CONFIG });
const onEks = (...statements: object[]) => withRole(statements, EKS);

describe('logs, metrics and sessions', () => {
  const LOGS = allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    `arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/Clusters/*`);
  const METRICS = allow('cloudwatch:PutMetricData', '*', { Condition: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/Clusters' } } });
  const SESSIONS = allow('ssmmessages:*');
  const without = (...statements: object[]) => withRole(statements, {}, { managedPolicies: [] });
  const BASELINE = ['warning ExecutionRoleBaseline[workers]'];

  test.each<RoleCase>([
    ['the managed policy', withRole([]), []],
    ['the same statements without it', without(LOGS, METRICS, SESSIONS), []],
    ['a customer managed policy of the app', stack => {
      const policy = new ManagedPolicy(stack, 'Baseline', { document: documentOf(LOGS, METRICS, SESSIONS) });
      clusterWith(stack, nodeRole(stack, [], { managedPolicies: [policy] }).roleArn);
    }, []],
    ['a managed policy that the app does not define', stack => {
      const policy = ManagedPolicy.fromManagedPolicyName(stack, 'Baseline', 'baseline');
      clusterWith(stack, nodeRole(stack, [], { managedPolicies: [policy] }).roleArn);
    }, []],
    ['nothing', without(), BASELINE, [
      'No policy of the role allows logs:CreateLogGroup, logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents, cloudwatch:PutMetricData, '
      + 'ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel.',
      'Attach the AWS managed policy AmazonSageMakerClusterInstanceRolePolicy',
    ]],
    ['no sessions', without(LOGS, METRICS), BASELINE, ['No policy of the role allows ssmmessages:CreateControlChannel']],
    ['metrics of another namespace', without(LOGS, SESSIONS, allow('cloudwatch:PutMetricData', '*', {
      Condition: { StringEquals: { 'cloudwatch:namespace': 'Training' } },
    })), BASELINE, ['No policy of the role allows cloudwatch:PutMetricData.']],
    ['logs of other groups', without(METRICS, SESSIONS, allow('logs:*', `arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/lambda/*`)), BASELINE, ['logs:PutLogEvents']],
    ['the policy, and a deny', withRole([deny('ssmmessages:*')]), BASELINE, ['denies it']],
    ['a boundary without them', withRole([], {}, { permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess') }),
      BASELINE, ['The permissions boundary does not allow logs:CreateLogGroup']],
    ['a boundary that is not seen', stack => {
      clusterWith(stack, nodeRole(stack, [], { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Limit', 'limit') }).roleArn);
    }, []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));

  test('a policy that only some deployments have is a warning that says which', () => {
    expectRoleFindings(stack => {
      const role = nodeRole(stack, [], { managedPolicies: [] });
      const parameter = new CfnParameter(stack, 'Observed', { allowedValues: ['yes', 'no'] });
      const condition = new CfnCondition(stack, 'IsObserved', { expression: Fn.conditionEquals(parameter, 'yes') });
      const policy = new CfnPolicy(stack, 'Policy', { policyName: 'baseline', roles: [role.roleName], policyDocument: documentOf(LOGS, METRICS, SESSIONS) });
      policy.cfnOptions.condition = condition;
      clusterWith(stack, role.roleArn);
    }, BASELINE, ['This is so when Observed is no.']);
  });
});

describe('nodes in a VPC', () => {
  const ERROR = ['error VpcPermissions[workers]'];
  const WARNING = ['warning VpcPermissions[workers]'];

  test.each<RoleCase>([
    ['no VPC', withRole([]), []],
    ['the documented statements', inVpc(...DOCUMENTED_FOR_SLURM), []],
    ['those of AWS\'s setup, scoped to kinds of resources', inVpc(...LEAST_PRIVILEGE), []],
    ['those scoped to resources that are tokens', stack => {
      const subnet = new CfnParameter(stack, 'Subnet').valueAsString;
      inVpc(allow(INTERFACE_ACTIONS, [`arn:aws:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:subnet/${subnet}`, 'arn:aws:ec2:*:*:network-interface/*']),
        LEAST_PRIVILEGE[1])(stack);
    }, []],
    ['shared subnets of another account', inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:*:444455556666:*')), []],
    ['nothing', inVpc(), ERROR, [
      'No policy of the role allows ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DeleteNetworkInterface, '
      + 'ec2:DeleteNetworkInterfacePermission, ec2:DescribeDhcpOptions, ec2:DescribeNetworkInterfaces, ec2:DescribeSecurityGroups, '
      + 'ec2:DescribeSubnets, ec2:DescribeVpcs, ec2:DetachNetworkInterface, ec2:CreateTags.',
      '{"Effect":"Allow","Action":["ec2:CreateNetworkInterface","ec2:CreateNetworkInterfacePermission","ec2:DeleteNetworkInterface",'
      + '"ec2:DeleteNetworkInterfacePermission","ec2:DetachNetworkInterface"],"Resource":"arn:aws:ec2:${AWS::Region}:*:*"}',
      '"Resource":"arn:aws:ec2:${AWS::Region}:*:network-interface/*"',
    ]],
    ['nothing, for a VPC of the group', stack => {
      clusterWith(stack, nodeRole(stack).roleArn, {}, { overrideVpcConfig: VPC_CONFIG });
    }, ERROR],
    ['nothing, for a VPC that only the deployment knows', stack => {
      const cluster = clusterWith(stack, nodeRole(stack).roleArn);
      new CfnCondition(stack, 'Isolated', { expression: Fn.conditionEquals(Aws.REGION, 'us-west-2') });
      cluster.addPropertyOverride('VpcConfig', { 'Fn::If': ['Isolated', { Subnets: VPC_CONFIG.subnets, SecurityGroupIds: VPC_CONFIG.securityGroupIds }, { Ref: 'AWS::NoValue' }] });
    }, WARNING, ['This is so when']],
    ['lookups limited to resources, which these actions do not know', inVpc(
      DOCUMENTED_FOR_SLURM[1], allow([...INTERFACE_ACTIONS, 'ec2:DetachNetworkInterface']), allow(LOOKUP_ACTIONS, 'arn:aws:ec2:*:*:*'),
    ), ERROR, ['No policy of the role allows ec2:DescribeDhcpOptions, ec2:DescribeNetworkInterfaces']],
    ['another Region', inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:eu-west-1:*:*')), []],
    ...['ec2:DescribeDhcpOptions', 'ec2:DeleteNetworkInterfacePermission']
      .map((missing): RoleCase => [`all but ${missing}`, inVpc(...eksWithout([missing])), ERROR, [`No policy of the role allows ${missing}.`]]),
    ['no auto-resume', inVpc(allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS]), TAGGING), WARNING, ['No policy of the role allows ec2:DetachNetworkInterface.']],
    ['no tags', inVpc(DOCUMENTED_FOR_SLURM[0]), WARNING, ['No policy of the role allows ec2:CreateTags.']],
    ['a deny', inVpc(...DOCUMENTED_FOR_SLURM, deny('ec2:CreateNetworkInterface')), ERROR, ['ec2:CreateNetworkInterface: denied']],
    ['a deny under a condition that is not known', inVpc(...DOCUMENTED_FOR_SLURM, deny('ec2:*', '*', {
      Condition: { StringNotEquals: { 'ec2:Vpc': 'arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1' } },
    })), []],
    ['a role of the app that is used without changes', stack => {
      const role = nodeRole(stack).withoutPolicyUpdates();
      clusterWith(stack, role.roleArn, { vpcConfig: VPC_CONFIG });
    }, ERROR],
    ['an imported role with a policy of the app that denies', stack => {
      new ManagedPolicy(stack, 'Limit', { document: documentOf(deny('ec2:*')), roles: [Role.fromRoleName(stack, 'Imported', 'nodes')] });
      clusterWith(stack, Stack.of(stack).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'nodes' }), { vpcConfig: VPC_CONFIG });
    }, ERROR, ['ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission']],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));

  test('statements for another Region than the stack\'s', () => {
    expectRoleFindings(inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:eu-west-1:*:*')), ERROR, [], { region: 'us-west-2' });
  });
});

describe('nodes of an EKS cluster', () => {
  const ERROR = ['error EksPermissions[workers]'];
  const WARNING = ['warning EksPermissions[workers]'];

  test.each<RoleCase>([
    ['the documented statements', onEks(...DOCUMENTED_FOR_EKS), []],
    ['nothing', onEks(), ERROR, ['ec2:CreateNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ecr:GetAuthorizationToken']],
    ['those for Slurm only', onEks(...DOCUMENTED_FOR_SLURM), WARNING, [`No policy of the role allows ${[...CNI_ACTIONS].slice(0, 4).join(', ')}`]],
    ...[['ec2:DescribeDhcpOptions'], ['ec2:DeleteNetworkInterfacePermission'], ['ec2:DeleteNetworkInterfacePermission', 'ec2:DescribeDhcpOptions']]
      .map((missing): RoleCase => [`all but ${missing.join(' and ')}`, onEks(...eksWithout(missing)), WARNING, [`No policy of the role allows ${missing.join(', ')}.`]]),
    ['all but one of those and another', onEks(...eksWithout(['ec2:DescribeDhcpOptions', 'ec2:DescribeSubnets'])), ERROR,
      ['No policy of the role allows ec2:DescribeDhcpOptions, ec2:DescribeSubnets.']],
    ['a deny of what nodes may come up without', onEks(...DOCUMENTED_FOR_EKS, deny('ec2:DescribeDhcpOptions')), WARNING, ['ec2:DescribeDhcpOptions: denied']],
    ['no images', onEks(allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS]), TAGGING), WARNING,
      ['No policy of the role allows ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, ecr:GetAuthorizationToken.']],
    ['images of some repositories', onEks(
      allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS, 'ecr:GetAuthorizationToken']), TAGGING,
      allow(IMAGE_ACTIONS, 'arn:aws:ecr:*:111122223333:repository/training-*'),
    ), []],
    ['the policies of AWS for nodes of EKS', withRole(DOCUMENTED_FOR_SLURM, EKS, {
      managedPolicies: ['AmazonSageMakerClusterInstanceRolePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']
        .map(name => ManagedPolicy.fromAwsManagedPolicyName(name)),
    }), []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));
});

test.each<RoleCase>([
  ['on its own', stack => { new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS }); }, []],
  ['in a VPC', stack => { new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS, vpc: importedVpc(stack) }); }, []],
  ['on EKS', stack => {
    const orchestrator = Orchestrator.eks({ clusterRef: { clusterName: 'team', clusterArn: EKS_ARN }, node: stack.node, env: stack.env } as any);
    new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS, vpc: importedVpc(stack), orchestrator });
  }, []],
])('nothing is found in a HyperPodCluster %s', (_, ...expected) => expectRoleFindings(...expected));

const EKS_ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const GROUPS = [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1 }];
