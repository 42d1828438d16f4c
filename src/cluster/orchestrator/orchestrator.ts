import { IConnectable, ISecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster as CfnEksCluster, IClusterRef } from 'aws-cdk-lib/aws-eks';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { renderAccountingDatabase, SlurmAccountingDatabase } from './slurm-accounting';
import { NodePeer } from '../../network/node-peers';
import { SlurmNode } from '../instance-group/slurm-node';

/**
 * How HyperPod keeps `slurm.conf` on the controller node in step with the cluster's instance groups.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export enum SlurmConfigStrategy {
  /**
   * HyperPod owns the partitions in `slurm.conf`; an update fails if someone changed them by hand.
   */
  MANAGED = 'Managed',

  /**
   * HyperPod replaces what was changed by hand.
   */
  OVERWRITE = 'Overwrite',

  /**
   * HyperPod keeps what was changed by hand and merges its own configuration in.
   */
  MERGE = 'Merge',
}

/**
 * Options of a cluster that Slurm orchestrates.
 */
export interface SlurmOrchestratorOptions {
  /**
   * How HyperPod keeps `slurm.conf` in step with the cluster's instance groups.
   *
   * It is for clusters whose instance groups have a `slurmNode`, and whose lifecycle scripts do not set up Slurm. Clusters with continuous
   * node provisioning accept no strategy.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html
   * @default - the service's default. AWS's pages contradict each other on it: Managed in the API and in "Getting started", Merge in "Migrating
   * to API-driven Slurm configuration"
   */
  readonly slurmConfigStrategy?: SlurmConfigStrategy;

  /**
   * A database outside of the cluster for Slurm's accounting. Sets the cluster's `nodeProvisioningMode` to continuous.
   *
   * @default - a database on the controller node
   */
  readonly accountingDatabase?: SlurmAccountingDatabase;
}

/**
 * Options of a cluster that EKS orchestrates.
 */
export interface EksOrchestratorOptions {
  /**
   * The security group of the EKS cluster's control plane, as `clusterSecurityGroup` of `Cluster`. It and the nodes are let talk to each
   * other, and the HyperPod cluster waits for that.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
   * @default - the security groups that the EKS cluster is known to have; an imported one may have none, which a warning says unless the
   * HyperPod cluster is given `securityGroups`
   */
  readonly securityGroup?: ISecurityGroup;
}

/**
 * What schedules work on a cluster: Slurm or Amazon EKS.
 *
 * A cluster keeps its orchestrator for life: CloudFormation replaces the HyperPod cluster for another EKS cluster, and there is no way from
 * Slurm to EKS or back. The options of Slurm can be changed at any time.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-orchestrator.html
 *
 * @example
 * declare const eksCluster: eks.Cluster;
 *
 * const orchestrator = Orchestrator.eks(eksCluster);
 */
export abstract class Orchestrator {
  /**
   * Slurm, the default.
   */
  public static slurm(options: SlurmOrchestratorOptions = {}): Orchestrator {
    return new SlurmOrchestrator(options);
  }

  /**
   * Amazon EKS.
   *
   * The EKS cluster must accept access entries (authentication mode `API` or `API_AND_CONFIG_MAP`), and HyperPod's Helm
   * chart must be installed in it before the HyperPod cluster is created. An EKS cluster has at most one HyperPod cluster.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html
   * @param cluster any construct that stands for an EKS cluster: `Cluster` of `aws-eks` or `aws-eks-v2`, an imported one, or a `CfnCluster`
   */
  public static eks(cluster: IClusterRef, options: EksOrchestratorOptions = {}): Orchestrator {
    return new EksOrchestrator(cluster, options.securityGroup);
  }

  /** @internal */
  public abstract readonly _kind: 'slurm' | 'eks';

  /** @internal */
  public abstract readonly _slurmConfigStrategy?: SlurmConfigStrategy;

  /** @internal */
  public abstract readonly _accountingDatabase?: SlurmAccountingDatabase;

  /** @internal */
  public abstract readonly _eksCluster?: IClusterRef;

  protected constructor() {}

  /** @internal */
  public abstract _render(): CfnCluster.OrchestratorProperty | undefined;

  /**
   * The database that a node keeps accounts in.
   *
   * @internal
   */
  public abstract _accountingDatabaseOf(node?: SlurmNode): SlurmAccountingDatabase | undefined;

  /**
   * What every node connects to.
   *
   * @internal
   */
  public abstract _peers(scope: Construct): NodePeer[];
}

class SlurmOrchestrator extends Orchestrator {
  public readonly _kind = 'slurm';
  public readonly _slurmConfigStrategy?: SlurmConfigStrategy;
  public readonly _accountingDatabase?: SlurmAccountingDatabase;
  public readonly _eksCluster = undefined;

  constructor(options: SlurmOrchestratorOptions) {
    super();
    this._slurmConfigStrategy = options.slurmConfigStrategy;
    this._accountingDatabase = options.accountingDatabase;
  }

  /**
   * Without options the whole property is left out: Slurm is what the service takes then, and an empty `Orchestrator.Slurm`
   * is not accepted.
   * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
   */
  public _render(): CfnCluster.OrchestratorProperty | undefined {
    if (this._slurmConfigStrategy === undefined && this._accountingDatabase === undefined) { return undefined; }
    return {
      slurm: {
        slurmConfigStrategy: this._slurmConfigStrategy,
        accountingDatabase: this._accountingDatabase && renderAccountingDatabase(this._accountingDatabase),
      },
    };
  }

  /** The controller alone keeps accounts, if the cluster's groups say which one it is. */
  public _accountingDatabaseOf(node?: SlurmNode): SlurmAccountingDatabase | undefined {
    return node === undefined || node._nodeType === 'Controller' ? this._accountingDatabase : undefined;
  }

  public _peers(): NodePeer[] {
    return [];
  }
}

class EksOrchestrator extends Orchestrator {
  public readonly _kind = 'eks';
  public readonly _slurmConfigStrategy = undefined;
  public readonly _accountingDatabase = undefined;

  constructor(public readonly _eksCluster: IClusterRef, private readonly securityGroup?: ISecurityGroup) {
    super();
  }

  public _render(): CfnCluster.OrchestratorProperty {
    return { eks: { clusterArn: this._eksCluster.clusterRef.clusterArn } };
  }

  public _accountingDatabaseOf(): undefined {
    return undefined;
  }

  public _peers(scope: Construct): NodePeer[] {
    const connectable = this.securityGroup ?? controlPlaneOf(this._eksCluster, scope);
    return connectable && connectable.connections.securityGroups.length > 0 ? [{ what: 'the EKS cluster', connectable, port: Port.allTraffic(), connectsBack: true }] : [];
  }
}

/** What stands for the security groups of an EKS cluster, if they are known. */
function controlPlaneOf(cluster: IClusterRef, scope: Construct): IConnectable | undefined {
  if (CfnEksCluster.isCfnCluster(cluster)) {
    const known = scope.node.tryFindChild('EksSecurityGroup') as SecurityGroup | undefined;
    return known ?? SecurityGroup.fromSecurityGroupId(scope, 'EksSecurityGroup', cluster.attrClusterSecurityGroupId);
  }
  return isConnectable(cluster) ? cluster : undefined;
}

function isConnectable(cluster: IClusterRef): cluster is IClusterRef & IConnectable {
  return 'connections' in cluster;
}
