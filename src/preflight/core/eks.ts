import type { CfnResource } from 'aws-cdk-lib';
import { ClusterModel } from './cluster-model';
import { CLUSTER_TYPE } from './cluster-resource';
import type { Property } from './property';
import { propertyOf, resourcesWhere } from './vpc/app-resources';
import { accountOf, partitionOf, regionOf } from '../../template/environment';
import { matchGlob } from '../../template/symbolic/glob';
import { sameValue } from '../../template/symbolic/same-value';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Ternary } from '../../template/ternary';

/** An EKS cluster that the app defines. */
export interface EksCluster {
  readonly resource: CfnResource;
  readonly name: Property;
  readonly version: Property;
  readonly accessConfig: Property;
  readonly authenticationMode: Property;
  /** The role of the nodes that Auto Mode makes. */
  readonly autoModeRole: Property;
}

/** The resources that make an EKS cluster: `aws-eks` of CDK has a custom resource that calls the EKS API, and spells properties like that. */
const EKS_CLUSTERS: Readonly<Record<string, (at: Property['at']) => Omit<EksCluster, 'resource'>>> = {
  'AWS::EKS::Cluster': at => ({
    name: at('Name'),
    version: at('Version'),
    accessConfig: at('AccessConfig'),
    authenticationMode: at('AccessConfig', 'AuthenticationMode'),
    autoModeRole: at('ComputeConfig', 'NodeRoleArn'),
  }),
  'Custom::AWSCDK-EKS-Cluster': at => ({
    name: at('Config', 'name'),
    version: at('Config', 'version'),
    accessConfig: at('Config', 'accessConfig'),
    authenticationMode: at('Config', 'accessConfig', 'authenticationMode'),
    autoModeRole: at('Config', 'computeConfig', 'nodeRoleArn'),
  }),
};

/** The ARN of the EKS cluster that orchestrates the nodes. */
export function eksClusterArn(cluster: ClusterModel): SymbolicString | undefined {
  return cluster.at('Orchestrator', 'Eks', 'ClusterArn').value;
}

/** The EKS cluster that orchestrates the nodes, if the app defines it. */
export function eksCluster(cluster: ClusterModel): EksCluster | undefined {
  const arn = eksClusterArn(cluster);
  return arn && eksClusterWhere(cluster, one => arnsOf(cluster, one).some(other => other.equals(arn)));
}

/** How an EKS cluster authenticates. Undefined if only the deployment knows. */
export function authenticationModeOf({ accessConfig, authenticationMode }: EksCluster): string | undefined {
  if (authenticationMode.isGiven) { return authenticationMode.text; }
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
  return accessConfig.isGiven && !accessConfig.isSpelledOut ? undefined : 'CONFIG_MAP';
}

/** Does a resource of the app that names its EKS cluster belong to the one that orchestrates the nodes? */
export function belongsToEksCluster(cluster: ClusterModel, resource: CfnResource): Ternary {
  const name = cluster.symbolizer.property(resource, 'ClusterName');
  const ours = eksCluster(cluster);
  const theirs = name && eksClusterWhere(cluster, one => namesOf(cluster, one).some(other => other.equals(name)));
  if (ours && theirs) { return ours.resource === theirs.resource ? 'yes' : 'no'; }
  const ourName = eksClusterArn(cluster)?.splitOnce(':cluster/')?.[1];
  return name && ourName ? matchGlob(name, ourName, { literal: true }) : 'unknown';
}

/** The other HyperPod clusters of the app on the same EKS cluster. */
export function othersOnEksCluster(cluster: ClusterModel): readonly CfnResource[] {
  const { resource, symbolizer } = cluster;
  const arn = eksClusterArn(cluster);
  if (!arn) { return []; }
  const ours = eksCluster(cluster)?.resource;
  return resourcesWhere(cluster, CLUSTER_TYPE, other => {
    if (other === resource) { return false; }
    const model = new ClusterModel(other, symbolizer);
    return sameValue(eksClusterArn(model), arn) || (ours !== undefined && eksCluster(model)?.resource === ours);
  });
}

/** Whether an EKS cluster is deployed is asked only of those that are as asked for. */
function eksClusterWhere(cluster: ClusterModel, isAskedFor: (one: EksCluster) => boolean): EksCluster | undefined {
  const { symbolizer } = cluster;
  for (const [type, read] of Object.entries(EKS_CLUSTERS)) {
    for (const resource of symbolizer.template.resources(type)) {
      const one = { resource, ...read((...names) => propertyOf(cluster, resource, ...names)) };
      if (isAskedFor(one) && symbolizer.exists(resource)) { return one; }
    }
  }
  return undefined;
}

function namesOf({ symbolizer }: ClusterModel, { resource, name: { value } }: EksCluster): SymbolicString[] {
  return [symbolizer.attributeOf(resource, 'Ref'), ...value ? [value] : []];
}

/** The ARN as the resource gives it, and as it can be put together from the name. */
function arnsOf(cluster: ClusterModel, one: EksCluster): SymbolicString[] {
  const { stack } = one.resource;
  const prefix = ['arn:', partitionOf(stack), ':eks:', regionOf(stack.region), ':', accountOf(stack.account), ':cluster/'];
  return [
    cluster.symbolizer.attributeOf(one.resource, 'Arn'),
    ...namesOf(cluster, one).map(name => SymbolicString.concat(...prefix, name)),
  ];
}
