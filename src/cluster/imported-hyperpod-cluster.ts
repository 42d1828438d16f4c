import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { HyperPodClusterAttributes, HyperPodClusterBase } from './hyperpod-cluster-base';

/**
 * A HyperPod cluster that this app does not define.
 */
export class ImportedHyperPodCluster extends HyperPodClusterBase {
  public readonly clusterArn: string;
  public readonly clusterName?: string;
  protected readonly _connections?: Connections;

  constructor(scope: Construct, id: string, attributes: HyperPodClusterAttributes) {
    super(scope, id, { environmentFromArn: attributes.clusterArn });
    this.clusterArn = attributes.clusterArn;
    this.clusterName = attributes.clusterName;
    this._connections = attributes.securityGroups && new Connections({ securityGroups: attributes.securityGroups });
  }
}
