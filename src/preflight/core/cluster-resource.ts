import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export const CLUSTER_TYPE = 'AWS::SageMaker::Cluster';

/** Is a construct the resource of a cluster, of whatever class? */
export function isCluster(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === CLUSTER_TYPE;
}
