import { CfnCondition, CfnParameter, Fn, Stack, Stage, Token } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Cluster as EksV1, AuthenticationMode, KubernetesVersion } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as v2 from 'aws-cdk-lib/aws-eks-v2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { importedVpc } from '../../cluster/fixtures';
import { VPC_CONFIG } from '../private/cluster-properties';
import { clusterWith, expectRoleFindings, RoleCase, roleFindings } from '../private/role-findings';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const PRIVATE = [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }];
const ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';

function onEks(stack: Stack, clusterArn: string, { role = NODES, id = 'Cluster' } = {}): CfnCluster {
  return clusterWith(stack, role, { orchestrator: { eks: { clusterArn } }, vpcConfig: VPC_CONFIG }, {}, id);
}

function eksL1(stack: Stack, props: Partial<eks.CfnClusterProps> = {}, id = 'Eks'): eks.CfnCluster {
  return new eks.CfnCluster(stack, id, {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
    accessConfig: { authenticationMode: 'API' },
    ...props,
  });
}

function eksL2(stack: Stack, authenticationMode?: AuthenticationMode, version = KubernetesVersion.of('1.33')): EksV1 {
  const kubectlLayer = LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:us-west-2:111122223333:layer:kubectl:1');
  return new EksV1(stack, 'Eks', { version, kubectlLayer, authenticationMode, vpc: importedVpc(stack), vpcSubnets: PRIVATE, defaultCapacity: 0 });
}

describe('authentication mode', () => {
  const FOUND = ['error EksAuthenticationMode'];
  const withL1 = (accessConfig?: eks.CfnClusterProps['accessConfig']) => (stack: Stack) => { onEks(stack, eksL1(stack, { accessConfig }).attrArn); };

  test.each<RoleCase>([
    ['API', withL1({ authenticationMode: 'API' }), []],
    ['API_AND_CONFIG_MAP', withL1({ authenticationMode: 'API_AND_CONFIG_MAP' }), []],
    ['CONFIG_MAP', withL1({ authenticationMode: 'CONFIG_MAP' }), FOUND, ['Training/Eks has the authentication mode CONFIG_MAP']],
    ['none, which is CONFIG_MAP', withL1({ bootstrapClusterCreatorAdminPermissions: true }), FOUND],
    ['no access configuration', withL1(), FOUND],
    ['a mode that is a parameter', stack => { withL1({ authenticationMode: new CfnParameter(stack, 'Mode').valueAsString })(stack); }, []],
    ['a mode that is one of a choice', stack => {
      withL1({ authenticationMode: new CfnParameter(stack, 'Mode', { allowedValues: ['API', 'CONFIG_MAP'] }).valueAsString })(stack);
    }, ['warning EksAuthenticationMode'], ['This is so when Mode is CONFIG_MAP.']],
    ['an access configuration that is a token', withL1(Token.asAny({ 'Fn::Transform': { Name: 'Access' } })), []],
    ['the ARN put together from the name', stack => {
      const cluster = eksL1(stack, { name: 'team', accessConfig: undefined });
      onEks(stack, stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: 'team' })).node.addDependency(cluster);
    }, FOUND],
    ['the ARN put together from a reference', stack => {
      onEks(stack, stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: eksL1(stack, { accessConfig: undefined }).ref }));
    }, FOUND],
    ['a cluster that the app does not define', stack => { onEks(stack, ARN); }, []],
    ['a cluster that is a parameter', stack => { onEks(stack, new CfnParameter(stack, 'Eks').valueAsString); }, []],
    ['another cluster of the app', stack => { eksL1(stack, { accessConfig: undefined }); onEks(stack, ARN); }, []],
    ['aws-eks, by default', stack => { onEks(stack, eksL2(stack).clusterArn); }, FOUND, ['Training/Eks/Resource/Resource/Default']],
    ['aws-eks with CONFIG_MAP', stack => { onEks(stack, eksL2(stack, AuthenticationMode.CONFIG_MAP).clusterArn); }, FOUND],
    ['aws-eks with API_AND_CONFIG_MAP', stack => { onEks(stack, eksL2(stack, AuthenticationMode.API_AND_CONFIG_MAP).clusterArn); }, []],
    ['aws-eks-v2, by default', stack => {
      const { clusterArn } = new v2.Cluster(stack, 'Eks', { version: v2.KubernetesVersion.of('1.33'), vpc: importedVpc(stack), vpcSubnets: PRIVATE });
      onEks(stack, clusterArn);
    }, []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));
});

describe('Kubernetes version', () => {
  const FOUND = ['warning EksKubernetesVersion'];
  const withVersion = (version?: string) => (stack: Stack) => { onEks(stack, eksL1(stack, { version }).attrArn); };

  test.each<RoleCase>([
    ['1.30', withVersion('1.30'), []],
    ['1.35', withVersion('1.35'), []],
    ['1.29', withVersion('1.29'), FOUND, ['has Kubernetes 1.29, which is not among the versions that HyperPod is documented to support: 1.30, 1.31']],
    ['1.36', withVersion('1.36'), FOUND],
    ['none', withVersion(), []],
    ['a parameter', stack => { withVersion(new CfnParameter(stack, 'Version').valueAsString)(stack); }, []],
    ['aws-eks', stack => {
      onEks(stack, eksL2(stack, AuthenticationMode.API, KubernetesVersion.of('1.29')).clusterArn);
    }, FOUND],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));
});

describe('HyperPod clusters of one EKS cluster', () => {
  const FOUND = ['error EksClusterShared', 'error EksClusterShared'];

  test.each<RoleCase>([
    ['one', stack => { onEks(stack, ARN); }, []],
    ['two', stack => { onEks(stack, ARN); onEks(stack, ARN, { id: 'Second' }); }, FOUND, ['also orchestrates Training/Second;', 'also orchestrates Training/Cluster;']],
    ['two of a cluster of the app, written differently', stack => {
      const cluster = eksL1(stack, { name: 'team' });
      onEks(stack, cluster.attrArn);
      onEks(stack, stack.formatArn({ service: 'eks', resource: 'cluster', resourceName: 'team' }), { id: 'Second' }).node.addDependency(cluster);
    }, FOUND],
    ['two in two stacks', stack => { onEks(stack, ARN); onEks(new Stack(stack.node.root, 'Other'), ARN); }, FOUND],
    ['one each', stack => { onEks(stack, ARN); onEks(stack, `${ARN}-2`, { id: 'Second' }); }, []],
    ['two parameters', stack => {
      onEks(stack, new CfnParameter(stack, 'One').valueAsString);
      onEks(stack, new CfnParameter(stack, 'Two').valueAsString, { id: 'Second' });
    }, []],
    ['one, and a Slurm cluster', stack => { onEks(stack, ARN); clusterWith(stack, NODES, {}, {}, 'Second'); }, []],
    ['two that never exist together', stack => {
      const stage = new CfnParameter(stack, 'Stage', { allowedValues: ['beta', 'prod'] });
      for (const name of ['beta', 'prod']) {
        new CfnCondition(stack, name, { expression: Fn.conditionEquals(stage, name) });
        onEks(stack, ARN, { id: `Cluster-${name}` }).addOverride('Condition', name);
      }
    }, []],
    ['the same in two stages of unknown accounts', stack => {
      clusterWith(stack, NODES);
      for (const name of ['Beta', 'Prod']) {
        const inStage = new Stack(new Stage(stack.node.root, name), 'Training');
        onEks(inStage, inStage.formatArn({ service: 'eks', resource: 'cluster', resourceName: 'team' }));
      }
    }, []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));
});

describe('roles of EKS nodes', () => {
  const ERROR = ['error ExecutionRoleOnEksNodes[workers]'];
  const WARNING = ['warning ExecutionRoleOnEksNodes[workers]'];
  const roles = (stack: Stack) => new Role(stack, 'Shared', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }).roleArn;
  const nodeGroup = (stack: Stack, clusterName: string, nodeRole: string) => new eks.CfnNodegroup(stack, 'EksNodes', {
    clusterName, nodeRole, subnets: VPC_CONFIG.subnets,
  });
  const found = (app: (stack: Stack) => void) => roleFindings(app).filter(({ summary }) => summary.includes('OnEksNodes'));

  test.each<RoleCase>([
    ['a role of the node group of the same cluster', stack => {
      const { attrArn, ref } = eksL1(stack);
      const role = roles(stack);
      nodeGroup(stack, ref, role);
      onEks(stack, attrArn, { role });
    }, ERROR, ['is also the role of EKS nodes: Training/EksNodes.']],
    ['the same by the name of a cluster that the app does not define', stack => { nodeGroup(stack, 'team', NODES); onEks(stack, ARN); }, ERROR],
    ['a role of a node group of another cluster', stack => { nodeGroup(stack, 'other', NODES); onEks(stack, ARN); }, []],
    ['the same, with clusters of the app', stack => {
      nodeGroup(stack, eksL1(stack, {}, 'Other').ref, NODES);
      onEks(stack, eksL1(stack).attrArn);
    }, []],
    ['a role of a node group of a cluster that is a parameter', stack => {
      nodeGroup(stack, new CfnParameter(stack, 'Name').valueAsString, NODES);
      onEks(stack, ARN);
    }, WARNING, ['Whether these belong to the same EKS cluster is not known at synth.']],
    ['different roles', stack => { nodeGroup(stack, 'team', 'arn:aws:iam::111122223333:role/eks-nodes'); onEks(stack, ARN); }, []],
    ['a role of Auto Mode', stack => {
      onEks(stack, eksL1(stack, { computeConfig: { enabled: true, nodePools: ['system'], nodeRoleArn: NODES } }).attrArn);
    }, ERROR, ['Training/Eks.']],
    ['a cluster that Slurm orchestrates', stack => { nodeGroup(stack, 'team', NODES); clusterWith(stack, NODES); }, []],
  ])('%s', (_, app, summaries, says = []) => {
    const findings = found(app);
    expect(findings.map(({ summary }) => summary)).toEqual(summaries);
    for (const words of says) { expect(findings[0].message).toContain(words); }
  });

  const PATH = ['warning ExecutionRolePath[workers]'];
  test.each<RoleCase>([
    ['no path', stack => { onEks(stack, ARN); }, []],
    ['a path', stack => { onEks(stack, ARN, { role: 'arn:aws:iam::111122223333:role/service-role/nodes' }); }, PATH, ['has the path "/service-role/"']],
    ['a path on Slurm', stack => { clusterWith(stack, 'arn:aws:iam::111122223333:role/service-role/nodes'); }, []],
    ['a role that is a parameter', stack => { onEks(stack, ARN, { role: new CfnParameter(stack, 'Role').valueAsString }); }, []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));

  test('the path of a role of the app', () => {
    const findings = roleFindings(stack => {
      onEks(stack, ARN, { role: new Role(stack, 'Nodes', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), path: '/ml/teams/' }).roleArn });
    });
    expect(findings.find(({ summary }) => summary === PATH[0])?.message).toContain('has the path "/ml/teams/"');
  });
});

describe('HyperPod\'s Helm chart', () => {
  const FOUND = ['warning HelmChartOrdering'];

  /** An EKS cluster with a chart, and a HyperPod cluster on it. */
  function withChart(chart: Omit<v2.HelmChartOptions, 'namespace'>, isOrdered: boolean): (stack: Stack) => void {
    return stack => {
      const cluster = eksL2(stack, AuthenticationMode.API);
      const installed = cluster.addHelmChart('Dependencies', { ...chart, namespace: 'kube-system' });
      const hyperPod = onEks(stack, cluster.clusterArn);
      if (isOrdered) { hyperPod.node.addDependency(installed); }
    };
  }

  test.each<RoleCase>([
    ['before the cluster', withChart({ release: 'hyperpod-dependencies', chart: 'HyperPodHelmChart' }, true), []],
    ['at any time, by the name of the release', withChart({ release: 'hyperpod-dependencies', chart: 'umbrella' }, false), FOUND, ['Training/Eks/chart-Dependencies']],
    ['at any time, by the name of the chart', withChart({ chart: 'HyperPodHelmChart' }, false), FOUND, ['cluster.node.addDependency(chart)']],
    ['another chart, in a stack that is called after HyperPod', withChart({ chart: 'aws-load-balancer-controller' }, false), []],
  ])('%s', (_, ...expected) => expectRoleFindings(...expected));

  test('the chart of another EKS cluster', () => {
    expectRoleFindings(stack => {
      eksL2(stack, AuthenticationMode.API).addHelmChart('Dependencies', { chart: 'HyperPodHelmChart', namespace: 'kube-system' });
      onEks(stack, ARN);
    }, []);
  });
});
