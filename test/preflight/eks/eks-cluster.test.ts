import { CfnCondition, CfnParameter, Fn, Stack, Stage, Token } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Cluster as EksV1, AuthenticationMode, KubernetesVersion } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as v2 from 'aws-cdk-lib/aws-eks-v2';
import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { eksAuthenticationMode } from '../../../src/preflight/eks/eks-authentication-mode';
import { eksClusterShared } from '../../../src/preflight/eks/eks-cluster-shared';
import { eksKubernetesVersion } from '../../../src/preflight/eks/eks-kubernetes-version';
import { helmChartOrdering } from '../../../src/preflight/eks/helm-chart-ordering';
import { importedVpc } from '../../cluster/fixtures';
import { group, VPC_CONFIG } from '../private/cluster-properties';
import { isYes } from '../private/optional-groups';
import { findingsOf, testRule } from '../private/rule-tester';

const PRIVATE = [{ subnetType: SubnetType.PRIVATE_WITH_EGRESS }];
const ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const ARN_LOCATION = ['Orchestrator.Eks.ClusterArn'];

function onEks(stack: Stack, clusterArn: string, id = 'Cluster'): CfnCluster {
  return new CfnCluster(stack, id, { instanceGroups: [group('workers')], orchestrator: { eks: { clusterArn } }, vpcConfig: VPC_CONFIG });
}

function eksL1(stack: Stack, props: Partial<eks.CfnClusterProps> = {}): eks.CfnCluster {
  return new eks.CfnCluster(stack, 'Eks', {
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

const teamArn = (stack: Stack, resourceName = 'team') => stack.formatArn({ service: 'eks', resource: 'cluster', resourceName });
const withL1 = (accessConfig?: eks.CfnClusterProps['accessConfig']) => (stack: Stack) => onEks(stack, eksL1(stack, { accessConfig }).attrArn);
const CONFIG_MAP = 'Training/Eks has the authentication mode CONFIG_MAP';

testRule(eksAuthenticationMode, {
  silent: [
    ['API', withL1({ authenticationMode: 'API' })],
    ['API_AND_CONFIG_MAP', withL1({ authenticationMode: 'API_AND_CONFIG_MAP' })],
    ['a cluster that the app does not define', stack => onEks(stack, ARN)],
    ['another cluster of the app', stack => {
      eksL1(stack, { accessConfig: undefined });
      onEks(stack, ARN);
    }],
    ['aws-eks with API_AND_CONFIG_MAP', stack => onEks(stack, eksL2(stack, AuthenticationMode.API_AND_CONFIG_MAP).clusterArn)],
    ['aws-eks-v2, by default', stack => onEks(stack,
      new v2.Cluster(stack, 'Eks', { version: v2.KubernetesVersion.of('1.33'), vpc: importedVpc(stack), vpcSubnets: PRIVATE }).clusterArn)],
  ],
  finds: [
    ['CONFIG_MAP', withL1({ authenticationMode: 'CONFIG_MAP' }), 'error', [], CONFIG_MAP, ARN_LOCATION],
    ['no mode, which is CONFIG_MAP', withL1({ bootstrapClusterCreatorAdminPermissions: true }), 'error', [], CONFIG_MAP, ARN_LOCATION],
    ['no access configuration', withL1(), 'error', [], CONFIG_MAP, ARN_LOCATION],
    ['the ARN put together from the name', stack => {
      const cluster = eksL1(stack, { name: 'team', accessConfig: undefined });
      onEks(stack, teamArn(stack)).node.addDependency(cluster);
    }, 'error', [], CONFIG_MAP, ARN_LOCATION],
    ['the ARN put together from a reference', stack => onEks(stack, teamArn(stack, eksL1(stack, { accessConfig: undefined }).ref)),
      'error', [], CONFIG_MAP, ARN_LOCATION],
    ['aws-eks, by default', stack => onEks(stack, eksL2(stack).clusterArn), 'error', [], 'Training/Eks/Resource/Resource/Default', ARN_LOCATION],
    ['aws-eks with CONFIG_MAP', stack => onEks(stack, eksL2(stack, AuthenticationMode.CONFIG_MAP).clusterArn), 'error', [], 'CONFIG_MAP', ARN_LOCATION],
  ],
  tokens: [
    ['a mode that is a parameter', stack => withL1({ authenticationMode: new CfnParameter(stack, 'Mode').valueAsString })(stack)],
    ['a mode that is one of a choice', stack =>
      withL1({ authenticationMode: new CfnParameter(stack, 'Mode', { allowedValues: ['API', 'CONFIG_MAP'] }).valueAsString })(stack),
    'warning', [], [CONFIG_MAP, 'This is so when Mode is CONFIG_MAP.'], ARN_LOCATION],
    ['an access configuration that is a token', withL1(Token.asAny({ 'Fn::Transform': { Name: 'Access' } }))],
    ['a cluster that is a parameter', stack => onEks(stack, new CfnParameter(stack, 'Eks').valueAsString)],
    ['other clusters of the app, each under a condition', stack => {
      for (const index of Array(12).keys()) {
        const id = `Eks${index}`;
        new eks.CfnCluster(stack, id, {
          roleArn: 'arn:aws:iam::111122223333:role/eks', resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
        }).cfnOptions.condition = isYes(stack, `Has${index}`);
      }
      withL1()(stack);
    }, 'error', [], CONFIG_MAP, ARN_LOCATION],
  ],
});

const withVersion = (version?: string) => (stack: Stack) => onEks(stack, eksL1(stack, { version }).attrArn);

testRule(eksKubernetesVersion, {
  silent: [
    ['1.30', withVersion('1.30')],
    ['1.35', withVersion('1.35')],
    ['none', withVersion()],
  ],
  finds: [
    ['1.29', withVersion('1.29'), 'warning', [],
      'has Kubernetes 1.29, which is not among the versions that HyperPod is documented to support: 1.30, 1.31', ARN_LOCATION],
    ['1.36', withVersion('1.36'), 'warning', [], 'has Kubernetes 1.36', ARN_LOCATION],
    ['aws-eks', stack => onEks(stack, eksL2(stack, AuthenticationMode.API, KubernetesVersion.of('1.29')).clusterArn), 'warning', [],
      'has Kubernetes 1.29', ARN_LOCATION],
  ],
  tokens: [
    ['a parameter', stack => withVersion(new CfnParameter(stack, 'Version').valueAsString)(stack)],
    ['a choice', stack => withVersion(new CfnParameter(stack, 'Version', { allowedValues: ['1.29', '1.33'] }).valueAsString)(stack), 'warning', [],
      ['has Kubernetes 1.29', 'This is so when Version is 1.29.'], ARN_LOCATION],
  ],
});

const BOTH = ['error EksClusterShared', 'error EksClusterShared'];

testRule(eksClusterShared, {
  silent: [
    ['one HyperPod cluster', stack => onEks(stack, ARN)],
    ['one on each of two EKS clusters', stack => {
      onEks(stack, ARN);
      onEks(stack, `${ARN}-2`, 'Second');
    }],
    ['one, and a Slurm cluster', stack => {
      onEks(stack, ARN);
      new CfnCluster(stack, 'Second', { instanceGroups: [group('workers')] });
    }],
    ['two that never exist together', stack => {
      const stage = new CfnParameter(stack, 'Stage', { allowedValues: ['beta', 'prod'] });
      for (const name of ['beta', 'prod']) {
        new CfnCondition(stack, name, { expression: Fn.conditionEquals(stage, name) });
        onEks(stack, ARN, `Cluster-${name}`).addOverride('Condition', name);
      }
    }],
    ['the same in two stages of unknown accounts', stack => {
      new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers')] });
      for (const name of ['Beta', 'Prod']) {
        const inStage = new Stack(new Stage(stack.node.root, name), 'Training');
        onEks(inStage, teamArn(inStage));
      }
    }],
  ],
  finds: [],
  tokens: [
    ['two parameters', stack => {
      onEks(stack, new CfnParameter(stack, 'One').valueAsString);
      onEks(stack, new CfnParameter(stack, 'Two').valueAsString, 'Second');
    }],
  ],
  findsSeveral: [
    ['two', stack => {
      onEks(stack, ARN);
      onEks(stack, ARN, 'Second');
    }, BOTH],
    ['two of a cluster of the app, written differently', stack => {
      const cluster = eksL1(stack, { name: 'team' });
      onEks(stack, cluster.attrArn);
      onEks(stack, teamArn(stack), 'Second').node.addDependency(cluster);
    }, BOTH],
    ['two in two stacks', stack => {
      onEks(stack, ARN);
      onEks(new Stack(stack.node.root, 'Other'), ARN);
    }, BOTH],
  ],
});

test('each of two HyperPod clusters names the other', () => {
  const found = findingsOf(eksClusterShared, stack => {
    onEks(stack, ARN);
    onEks(stack, ARN, 'Second');
  });
  expect(found.map(({ description }) => description)).toEqual([
    expect.stringContaining('also orchestrates Training/Second;'), expect.stringContaining('also orchestrates Training/Cluster;'),
  ]);
  for (const { violatingResources: [{ locations }] } of found) { expect(locations).toEqual(['Properties.Orchestrator.Eks.ClusterArn']); }
});

/** An EKS cluster with a chart, and a HyperPod cluster on it. */
function withChart(chart: Omit<v2.HelmChartOptions, 'namespace'>, isOrdered: boolean): (stack: Stack) => void {
  return stack => {
    const cluster = eksL2(stack, AuthenticationMode.API);
    const installed = cluster.addHelmChart('Dependencies', { ...chart, namespace: 'kube-system' });
    const hyperPod = onEks(stack, cluster.clusterArn);
    if (isOrdered) { hyperPod.node.addDependency(installed); }
  };
}

testRule(helmChartOrdering, {
  silent: [
    ['before the cluster', withChart({ release: 'hyperpod-dependencies', chart: 'HyperPodHelmChart' }, true)],
    ['another chart, in a stack that is called after HyperPod', withChart({ chart: 'aws-load-balancer-controller' }, false)],
    ['the chart of another EKS cluster', stack => {
      eksL2(stack, AuthenticationMode.API).addHelmChart('Dependencies', { chart: 'HyperPodHelmChart', namespace: 'kube-system' });
      onEks(stack, ARN);
    }],
  ],
  finds: [
    ['at any time, by the name of the release', withChart({ release: 'hyperpod-dependencies', chart: 'umbrella' }, false), 'warning', [],
      'Training/Eks/chart-Dependencies', ['Orchestrator.Eks']],
    ['at any time, by the name of the chart', withChart({ chart: 'HyperPodHelmChart' }, false), 'warning', [],
      'cluster.node.addDependency(chart)', ['Orchestrator.Eks']],
  ],
  tokens: [
    ['a chart that is a parameter', stack => withChart({ chart: new CfnParameter(stack, 'Chart').valueAsString }, false)(stack)],
  ],
});
