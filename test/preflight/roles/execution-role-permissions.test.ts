import { Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnPolicy, ManagedPolicy, Role, RoleProps } from 'aws-cdk-lib/aws-iam';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster, HyperPodInstanceType, Orchestrator } from '../../../src';
import { eksPermissions } from '../../../src/preflight/roles/eks-permissions';
import { executionRoleBaseline } from '../../../src/preflight/roles/execution-role-baseline';
import { vpcPermissions } from '../../../src/preflight/roles/vpc-permissions';
import { importedVpc } from '../../cluster/fixtures';
import { documentOf } from '../../corpus/private/building-blocks';
import { VPC_CONFIG } from '../private/cluster-properties';
import { allow, clusterWith, deny, nodeRole } from '../private/roles';
import { type Finds, type Silent, testRule } from '../private/rule-tester';

const EKS_ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const EKS: CfnClusterProps = { orchestrator: { eks: { clusterArn: EKS_ARN } }, vpcConfig: VPC_CONFIG };
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

const ROLE = ['InstanceGroups.0.ExecutionRole'];
const GROUPS = [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1 }];

/** What a HyperPodCluster grants by itself is enough for all these rules. */
const GRANTED: readonly Silent[] = [
  ['a HyperPodCluster on its own', stack => { new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS }); }],
  ['a HyperPodCluster in a VPC', stack => { new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS, vpc: importedVpc(stack) }); }],
  ['a HyperPodCluster on EKS', stack => {
    const eksCluster = { clusterRef: { clusterName: 'team', clusterArn: EKS_ARN }, node: stack.node, env: stack.env } as any;
    new HyperPodCluster(stack, 'Cluster', { instanceGroups: GROUPS, vpc: importedVpc(stack), orchestrator: Orchestrator.eks(eksCluster) });
  }],
];

describe('logs, metrics and sessions', () => {
  const LOGS = allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    `arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/Clusters/*`);
  const METRICS = allow('cloudwatch:PutMetricData', '*', { Condition: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/Clusters' } } });
  const SESSIONS = allow('ssmmessages:*');
  const without = (...statements: object[]) => withRole(statements, {}, { managedPolicies: [] });

  testRule(executionRoleBaseline, {
    silent: [
      ...GRANTED,
      ['the managed policy', withRole([])],
      ['the same statements without it', without(LOGS, METRICS, SESSIONS)],
      ['a customer managed policy of the app', stack => {
        const policy = new ManagedPolicy(stack, 'Baseline', { document: documentOf(LOGS, METRICS, SESSIONS) });
        clusterWith(stack, nodeRole(stack, [], { managedPolicies: [policy] }).roleArn);
      }],
      ['a managed policy that the app does not define', stack => {
        const policy = ManagedPolicy.fromManagedPolicyName(stack, 'Baseline', 'baseline');
        clusterWith(stack, nodeRole(stack, [], { managedPolicies: [policy] }).roleArn);
      }],
      ['a boundary that is not seen', stack => {
        clusterWith(stack, nodeRole(stack, [], { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Limit', 'limit') }).roleArn);
      }],
    ],
    finds: [
      ['nothing', without(), 'warning', ['workers'], [
        'No policy of the role allows logs:CreateLogGroup, logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents, cloudwatch:PutMetricData, '
        + 'ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel.',
        'Attach the AWS managed policy AmazonSageMakerClusterInstanceRolePolicy',
      ], ROLE],
      ['no sessions', without(LOGS, METRICS), 'warning', ['workers'], ['No policy of the role allows ssmmessages:CreateControlChannel'], ROLE],
      ['metrics of another namespace', without(LOGS, SESSIONS, allow('cloudwatch:PutMetricData', '*', {
        Condition: { StringEquals: { 'cloudwatch:namespace': 'Training' } },
      })), 'warning', ['workers'], ['No policy of the role allows cloudwatch:PutMetricData.'], ROLE],
      ['logs of other groups', without(METRICS, SESSIONS, allow('logs:*', `arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/lambda/*`)),
        'warning', ['workers'], ['logs:PutLogEvents'], ROLE],
      ['the policy, and a deny', withRole([deny('ssmmessages:*')]), 'warning', ['workers'], ['denies it'], ROLE],
      ['a boundary without them', withRole([], {}, { permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess') }),
        'warning', ['workers'], ['The permissions boundary does not allow logs:CreateLogGroup'], ROLE],
      ['a policy that only some deployments have, with which', stack => {
        const role = nodeRole(stack, [], { managedPolicies: [] });
        const parameter = new CfnParameter(stack, 'Observed', { allowedValues: ['yes', 'no'] });
        const condition = new CfnCondition(stack, 'IsObserved', { expression: Fn.conditionEquals(parameter, 'yes') });
        const policy = new CfnPolicy(stack, 'Policy', { policyName: 'baseline', roles: [role.roleName], policyDocument: documentOf(LOGS, METRICS, SESSIONS) });
        policy.cfnOptions.condition = condition;
        clusterWith(stack, role.roleArn);
      }, 'warning', ['workers'], 'This is so when Observed is no.', ROLE],
    ],
    tokens: [
      ['logs of groups that are a parameter', stack => {
        without(METRICS, SESSIONS, allow('logs:*', new CfnParameter(stack, 'LogGroups').valueAsString))(stack);
      }],
      ['logs of groups that are a parameter, and no sessions', stack => {
        without(METRICS, allow('logs:*', new CfnParameter(stack, 'LogGroups').valueAsString))(stack);
      }, 'warning', ['workers'], 'No policy of the role allows ssmmessages:CreateControlChannel', ROLE],
    ],
  });
});

describe('nodes in a VPC', () => {
  testRule(vpcPermissions, {
    silent: [
      ...GRANTED,
      ['no VPC', withRole([])],
      ['nothing, on EKS, for which there is another rule', onEks()],
      ['a role that the app does not define', stack => { clusterWith(stack, 'arn:aws:iam::111122223333:role/nodes', { vpcConfig: VPC_CONFIG }); }],
      ['an imported role', stack => { clusterWith(stack, Role.fromRoleName(stack, 'Imported', 'nodes').roleArn, { vpcConfig: VPC_CONFIG }); }],
      ['the documented statements', inVpc(...DOCUMENTED_FOR_SLURM)],
      ['those of AWS\'s setup, scoped to kinds of resources', inVpc(...LEAST_PRIVILEGE)],
      ['shared subnets of another account', inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:*:444455556666:*'))],
      ['another Region', inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:eu-west-1:*:*'))],
      ['a deny under a condition that is not known', inVpc(...DOCUMENTED_FOR_SLURM, deny('ec2:*', '*', {
        Condition: { StringNotEquals: { 'ec2:Vpc': 'arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1' } },
      }))],
    ],
    finds: [
      ['nothing', inVpc(), 'error', ['workers'], [
        'No policy of the role allows ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DeleteNetworkInterface, '
        + 'ec2:DeleteNetworkInterfacePermission, ec2:DescribeDhcpOptions, ec2:DescribeNetworkInterfaces, ec2:DescribeSecurityGroups, '
        + 'ec2:DescribeSubnets, ec2:DescribeVpcs, ec2:DetachNetworkInterface, ec2:CreateTags.',
        '{"Effect":"Allow","Action":["ec2:CreateNetworkInterface","ec2:CreateNetworkInterfacePermission","ec2:DeleteNetworkInterface",'
        + '"ec2:DeleteNetworkInterfacePermission","ec2:DetachNetworkInterface"],"Resource":"arn:aws:ec2:${AWS::Region}:*:*"}',
        '"Resource":"arn:aws:ec2:${AWS::Region}:*:network-interface/*"',
      ], ROLE],
      ['nothing, for a VPC of the group', stack => {
        clusterWith(stack, nodeRole(stack).roleArn, {}, { overrideVpcConfig: VPC_CONFIG });
      }, 'error', ['workers'], [], ROLE],
      ['lookups limited to resources, which these actions do not know', inVpc(
        DOCUMENTED_FOR_SLURM[1], allow([...INTERFACE_ACTIONS, 'ec2:DetachNetworkInterface']), allow(LOOKUP_ACTIONS, 'arn:aws:ec2:*:*:*'),
      ), 'error', ['workers'], ['No policy of the role allows ec2:DescribeDhcpOptions, ec2:DescribeNetworkInterfaces'], ROLE],
      ...['ec2:DescribeDhcpOptions', 'ec2:DeleteNetworkInterfacePermission']
        .map((missing): Finds => [
          `all but ${missing}`, inVpc(...eksWithout([missing])), 'error', ['workers'], `No policy of the role allows ${missing}.`, ROLE,
        ]),
      ['no auto-resume', inVpc(allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS]), TAGGING),
        'warning', ['workers'], ['No policy of the role allows ec2:DetachNetworkInterface.'], ROLE],
      ['no tags', inVpc(DOCUMENTED_FOR_SLURM[0]), 'warning', ['workers'], ['No policy of the role allows ec2:CreateTags.'], ROLE],
      ['a deny', inVpc(...DOCUMENTED_FOR_SLURM, deny('ec2:CreateNetworkInterface')), 'error', ['workers'], ['ec2:CreateNetworkInterface: denied'], ROLE],
      ['a role of the app that is used without changes', stack => {
        const role = nodeRole(stack).withoutPolicyUpdates();
        clusterWith(stack, role.roleArn, { vpcConfig: VPC_CONFIG });
      }, 'error', ['workers'], [], ROLE],
      ['an imported role with a policy of the app that denies', stack => {
        new ManagedPolicy(stack, 'Limit', { document: documentOf(deny('ec2:*')), roles: [Role.fromRoleName(stack, 'Imported', 'nodes')] });
        clusterWith(stack, Stack.of(stack).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'nodes' }), { vpcConfig: VPC_CONFIG });
      },
      'error', ['workers'], ['ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission'], ROLE],
      ['statements for another Region than the stack\'s', inVpc(LEAST_PRIVILEGE[1], allow(INTERFACE_ACTIONS, 'arn:aws:ec2:eu-west-1:*:*')),
        'error', ['workers'], 'No policy of the role allows ec2:CreateNetworkInterface', ROLE, { env: { region: 'us-west-2' } }],
    ],
    tokens: [
      ['a role that is a parameter', stack => { clusterWith(stack, new CfnParameter(stack, 'Role').valueAsString, { vpcConfig: VPC_CONFIG }); }],
      ['those scoped to resources that are tokens', stack => {
        const subnet = new CfnParameter(stack, 'Subnet').valueAsString;
        inVpc(allow(INTERFACE_ACTIONS, [`arn:aws:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:subnet/${subnet}`, 'arn:aws:ec2:*:*:network-interface/*']),
          LEAST_PRIVILEGE[1])(stack);
      }],
      ['nothing, for a VPC that only the deployment knows', stack => {
        const cluster = clusterWith(stack, nodeRole(stack).roleArn);
        new CfnCondition(stack, 'Isolated', { expression: Fn.conditionEquals(Aws.REGION, 'us-west-2') });
        cluster.addPropertyOverride('VpcConfig', { 'Fn::If': ['Isolated', { Subnets: VPC_CONFIG.subnets, SecurityGroupIds: VPC_CONFIG.securityGroupIds }, { Ref: 'AWS::NoValue' }] });
      },
      'warning', ['workers'], ['This is so when'], ROLE],
    ],
  });
});

describe('nodes of an EKS cluster', () => {
  testRule(eksPermissions, {
    silent: [
      ...GRANTED,
      ['the documented statements', onEks(...DOCUMENTED_FOR_EKS)],
      ['nothing, on Slurm, for which there is another rule', inVpc()],
      ['images of some repositories', onEks(
        allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS, 'ecr:GetAuthorizationToken']), TAGGING,
        allow(IMAGE_ACTIONS, 'arn:aws:ecr:*:111122223333:repository/training-*'),
      )],
      ['the policies of AWS for nodes of EKS', withRole(DOCUMENTED_FOR_SLURM, EKS, {
        managedPolicies: ['AmazonSageMakerClusterInstanceRolePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']
          .map(name => ManagedPolicy.fromAwsManagedPolicyName(name)),
      })],
    ],
    finds: [
      ['nothing', onEks(), 'error', ['workers'], ['ec2:CreateNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ecr:GetAuthorizationToken'], ROLE],
      ['those for Slurm only', onEks(...DOCUMENTED_FOR_SLURM),
        'warning', ['workers'], [`No policy of the role allows ${[...CNI_ACTIONS].slice(0, 4).join(', ')}`], ROLE],
      ...[['ec2:DescribeDhcpOptions'], ['ec2:DeleteNetworkInterfacePermission'], ['ec2:DeleteNetworkInterfacePermission', 'ec2:DescribeDhcpOptions']]
        .map((missing): Finds => [
          `all but ${missing.join(' and ')}`, onEks(...eksWithout(missing)),
          'warning', ['workers'], `No policy of the role allows ${missing.join(', ')}.`, ROLE,
        ]),
      ['all but one of those and another', onEks(...eksWithout(['ec2:DescribeDhcpOptions', 'ec2:DescribeSubnets'])),
        'error', ['workers'], ['No policy of the role allows ec2:DescribeDhcpOptions, ec2:DescribeSubnets.'], ROLE],
      ['a deny of what nodes may come up without', onEks(...DOCUMENTED_FOR_EKS, deny('ec2:DescribeDhcpOptions')),
        'warning', ['workers'], ['ec2:DescribeDhcpOptions: denied'], ROLE],
      ['no images', onEks(allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS]), TAGGING),
        'warning', ['workers'], ['No policy of the role allows ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, ecr:GetAuthorizationToken.'], ROLE],
    ],
    tokens: [
      ['images of repositories that are a parameter', stack => {
        onEks(
          allow([...INTERFACE_ACTIONS, ...LOOKUP_ACTIONS, 'ec2:DetachNetworkInterface', ...CNI_ACTIONS, 'ecr:GetAuthorizationToken']), TAGGING,
          allow(IMAGE_ACTIONS, new CfnParameter(stack, 'Repositories').valueAsString),
        )(stack);
      }],
    ],
  });
});
