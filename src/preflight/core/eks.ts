import type { CfnResource } from 'aws-cdk-lib';
import { ClusterModel } from './cluster-model';
import { CLUSTER_TYPE } from './cluster-resource';
import { spelledOut } from './spelled-out';
import { accountOf, partitionOf, regionOf } from '../../template/environment';
import { matchGlob } from '../../template/symbolic/glob';
import { sameValue } from '../../template/symbolic/same-value';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Ternary } from '../../template/ternary';

/** An EKS cluster that the app defines. */
export interface EksCluster {
  readonly resource: CfnResource;
  /** What its template says of it, in the spelling of CloudFormation. */
  readonly properties: Readonly<Record<string, any>>;
}

/** How the resources that make an EKS cluster spell its properties: `aws-eks` of CDK has a custom resource that calls the EKS API. */
const EKS_CLUSTERS: Readonly<Record<string, (properties: any) => EksCluster['properties']>> = {
  'AWS::EKS::Cluster': properties => properties,
  'Custom::AWSCDK-EKS-Cluster': ({ Config }) => {
    const { name, version, accessConfig } = spelledOut(Config) ?? {};
    return { Name: name, Version: version, AccessConfig: withCapitals(accessConfig) };
  },
};

function withCapitals(accessConfig: any): any {
  const properties = spelledOut(accessConfig);
  return properties ? { AuthenticationMode: properties.authenticationMode } : accessConfig;
}

/** The ARN of the EKS cluster that orchestrates the nodes. */
export function eksClusterArn(cluster: ClusterModel): SymbolicString | undefined {
  return cluster.string(spelledOut(spelledOut(cluster.properties.Orchestrator)?.Eks)?.ClusterArn);
}

/** The EKS cluster that orchestrates the nodes, if the app defines it. */
export function eksCluster(cluster: ClusterModel): EksCluster | undefined {
  const arn = eksClusterArn(cluster);
  return arn && eksClusters(cluster).find(one => arnsOf(cluster, one).some(other => other.equals(arn)));
}

/** How the EKS cluster authenticates. Undefined if only the deployment knows. */
export function authenticationMode({ symbolizer }: ClusterModel, { resource, properties: { AccessConfig } }: EksCluster): string | undefined {
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
  const { AuthenticationMode = 'CONFIG_MAP' } = spelledOut(AccessConfig ?? {}) ?? { AuthenticationMode: AccessConfig };
  return symbolizer.string(AuthenticationMode, resource.stack)?.literal;
}

/** The version of Kubernetes, as `1.33`. Undefined if only the deployment knows. */
export function kubernetesVersion({ symbolizer }: ClusterModel, { resource, properties: { Version } }: EksCluster): string | undefined {
  return Version === undefined ? undefined : symbolizer.string(Version, resource.stack)?.literal;
}

/** Does a resource of the app that names its EKS cluster belong to the one that orchestrates the nodes? */
export function belongsToEksCluster(cluster: ClusterModel, resource: CfnResource): Ternary {
  const name = cluster.symbolizer.property(resource, 'ClusterName');
  const ours = eksCluster(cluster);
  const theirs = name && eksClusters(cluster).find(one => namesOf(cluster, one).some(other => other.equals(name)));
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
  return symbolizer.template.resources(CLUSTER_TYPE)
    .filter(other => other !== resource && symbolizer.exists(other))
    .filter(other => {
      const model = new ClusterModel(other, symbolizer);
      return sameValue(eksClusterArn(model), arn) || (ours !== undefined && eksCluster(model)?.resource === ours);
    });
}

function eksClusters({ symbolizer }: ClusterModel): EksCluster[] {
  return Object.entries(EKS_CLUSTERS).flatMap(([type, spelled]) => symbolizer.template.resources(type)
    .filter(resource => symbolizer.exists(resource))
    .map(resource => ({ resource, properties: spelled(symbolizer.decide(symbolizer.template.render(resource).Properties, resource.stack)) })));
}

function namesOf({ symbolizer }: ClusterModel, { resource, properties }: EksCluster): SymbolicString[] {
  const name = properties.Name === undefined ? undefined : symbolizer.string(properties.Name, resource.stack);
  return [symbolizer.attributeOf(resource, 'Ref'), ...name ? [name] : []];
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
