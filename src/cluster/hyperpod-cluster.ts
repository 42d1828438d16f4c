import { Lazy, PhysicalName } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { HyperPodClusterAttributes, HyperPodClusterBase, IHyperPodCluster } from './hyperpod-cluster-base';
import { HyperPodClusterProps, NodeProvisioningMode, NodeRecovery } from './hyperpod-cluster-props';
import { ImportedHyperPodCluster } from './imported-hyperpod-cluster';
import { mayHaveElasticFabricAdapter } from './instance-group/elastic-fabric-adapter';
import { InstanceGroupOptions } from './instance-group/instance-group';
import { GroupBinding, renderInstanceGroup, renderRestrictedInstanceGroup } from './instance-group/rendered-instance-group';
import { renderSharedEnvironment, RestrictedInstanceGroupOptions } from './instance-group/restricted-instance-group';
import { HyperPodClusterMetrics } from './operation/hyperpod-cluster-metrics';
import { warnOfUnknownControlPlane } from './orchestrator/control-plane-warning';
import { Orchestrator } from './orchestrator/orchestrator';
import { accountingPeers } from './orchestrator/slurm-accounting';
import { needsContinuousProvisioning } from './provisioning';
import { validateClusterProps, validateInstanceGroup, validateInstanceGroups, validateRestrictedInstanceGroup } from './validation';
import { RolePoliciesDependency } from '../creation-order/role-policies-dependency';
import { ExecutionRoles } from '../execution-role/execution-roles';
import { accountingSecretPermissions, dataBucketPermissions, rollbackAlarmPermissions } from '../execution-role/feature-permissions';
import { eksStatements, slurmVpcStatements } from '../execution-role/permissions';
import { requireRoleOfAccount } from '../execution-role/role-account';
import { ClusterLifecycle } from '../lifecycle/cluster-lifecycle';
import { LifecycleScripts } from '../lifecycle/lifecycle-scripts';
import { ClusterNetwork } from '../network/cluster-network';
import { connectNodes, NodePeer } from '../network/node-peers';
import { requireOneVpc } from '../network/one-vpc';
import { allowBetweenMembers } from '../network/self-rules';
import { HyperPodPreflight } from '../preflight/hyperpod-preflight';
import { acknowledgeImageReleaseVersion } from '../private/acknowledgements';
import { lit, ValidationError } from '../private/errors';

const HYPERPOD_CLUSTER_SYMBOL = Symbol.for('cdk-hyperpod.HyperPodCluster');

/**
 * A SageMaker HyperPod cluster that has what it needs to start: an execution role with the permissions, lifecycle scripts
 * in a bucket that the role can read, a security group that Elastic Fabric Adapter accepts, and all of it in order.
 *
 * It checks itself at synthesis (see `HyperPodPreflight`).
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html
 *
 * @example
 * declare const vpc: ec2.Vpc;
 *
 * new HyperPodCluster(this, 'Training', {
 *   vpc,
 *   instanceGroups: [
 *     { instanceGroupName: 'controller', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, slurmNode: SlurmNode.controller() },
 *     { instanceGroupName: 'workers', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 4, slurmNode: SlurmNode.compute('gpu') },
 *   ],
 *   lifecycleScripts: LifecycleScripts.fromAsset('./lifecycle', { onInitComplete: 'on_init_complete.sh' }),
 * });
 */
@propertyInjectable
export class HyperPodCluster extends HyperPodClusterBase {
  /** Identifies the class for CDK's property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-hyperpod.HyperPodCluster';

  /**
   * A cluster that is defined elsewhere, known by its ARN.
   */
  public static fromHyperPodClusterArn(scope: Construct, id: string, clusterArn: string): IHyperPodCluster {
    return new ImportedHyperPodCluster(scope, id, { clusterArn });
  }

  /**
   * A cluster that is defined elsewhere.
   */
  public static fromHyperPodClusterAttributes(scope: Construct, id: string, attributes: HyperPodClusterAttributes): IHyperPodCluster {
    return new ImportedHyperPodCluster(scope, id, attributes);
  }

  /**
   * Whether a value is a `HyperPodCluster` defined in this app.
   */
  public static isHyperPodCluster(x: any): x is HyperPodCluster {
    return x !== null && typeof x === 'object' && HYPERPOD_CLUSTER_SYMBOL in x;
  }

  public readonly clusterArn: string;
  public readonly clusterName?: string;

  /** @internal */
  protected readonly _connections?: Connections;

  private readonly resource: CfnCluster;
  private readonly orchestrator: Orchestrator;
  private readonly lifecycleScripts: LifecycleScripts;
  private readonly network?: ClusterNetwork;
  private readonly roles: ExecutionRoles;
  private readonly lifecycle: ClusterLifecycle;
  private readonly instanceGroups: BoundInstanceGroup[] = [];
  private readonly restrictedInstanceGroups: BoundRestrictedInstanceGroup[] = [];

  constructor(scope: Construct, id: string, props: HyperPodClusterProps = {}) {
    super(scope, id, { physicalName: props.clusterName });
    Object.defineProperty(this, HYPERPOD_CLUSTER_SYMBOL, { value: true });
    validateClusterProps(this, props);

    this.orchestrator = props.orchestrator ?? Orchestrator.slurm();
    this.lifecycleScripts = props.lifecycleScripts ?? LifecycleScripts.noop();

    this.network = props.vpc && new ClusterNetwork(this, { ...props, vpc: props.vpc }, () => this.resource);
    this._connections = this.network?.connections;
    warnOfUnknownControlPlane(this, this.orchestrator, props);

    this.roles = new ExecutionRoles(this, props.executionRole, this.networkStatements());
    this.lifecycle = new ClusterLifecycle(this, {
      scripts: this.lifecycleScripts,
      bucket: props.lifecycleBucket,
      removalPolicy: props.removalPolicy,
      onEks: this.orchestrator._kind === 'eks',
      slurmInstanceGroups: () => this.instanceGroups.flatMap(({ options: { instanceGroupName, slurmNode } }) =>
        slurmNode ? [{ instanceGroupName, ...slurmNode._render() }] : []),
    });

    const clusterRole = props.autoScaling?._clusterRole(this);
    this.resource = new CfnCluster(this, 'Resource', {
      clusterName: this.physicalName,
      instanceGroups: Lazy.any({ produce: () => this.instanceGroups.map(({ property }) => property) }, { omitEmptyArray: true }),
      restrictedInstanceGroups: Lazy.any({ produce: () => this.restrictedInstanceGroups.map(({ property }) => property) }, { omitEmptyArray: true }),
      restrictedInstanceGroupsConfig: props.restrictedSharedEnvironment && renderSharedEnvironment(props.restrictedSharedEnvironment),
      orchestrator: this.orchestrator._render(),
      vpcConfig: this.network?.vpcConfig,
      nodeRecovery: props.nodeRecovery ?? (props.autoScaling?._isEnabled ? NodeRecovery.AUTOMATIC : undefined),
      nodeProvisioningMode: Lazy.string({ produce: () => this.provisioningMode(props) }),
      autoScaling: props.autoScaling?._render(),
      clusterRole: clusterRole?.roleArn,
      tieredStorageConfig: props.tieredStorage?._render(),
      tags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    this.clusterArn = this.resource.attrClusterArn;
    // CloudFormation names the cluster, since no name is needed elsewhere: what identifies a cluster across environments is its ARN.
    this.clusterName = props.clusterName === PhysicalName.GENERATE_IF_NEEDED ? undefined : props.clusterName;
    this.resource.node.addDependency(...this.network?.requirements ?? []);
    if (clusterRole !== undefined) {
      requireRoleOfAccount(this, 'cluster role', clusterRole);
      this.resource.node.addDependency(new RolePoliciesDependency(clusterRole, this.resource));
    }

    (props.instanceGroups ?? []).forEach(group => this.addInstanceGroup(group));
    (props.restrictedInstanceGroups ?? []).forEach(group => this.addRestrictedInstanceGroup(group));

    this.node.addValidation({
      validate: () => validateInstanceGroups(this.instanceGroups.map(({ options }) => options), this.restrictedInstanceGroups.length, {
        strategy: this.orchestrator._slurmConfigStrategy,
        continuousSlurm: this.orchestrator._kind === 'slurm' && this.provisioningMode(props) === NodeProvisioningMode.CONTINUOUS,
        continuousBecauseOf: props.nodeProvisioningMode === undefined ? this.needsContinuousProvisioning(props) : [],
        onEks: this.orchestrator._kind === 'eks',
        scriptsOf: ({ lifecycleScripts }) => lifecycleScripts ?? this.lifecycleScripts,
      }),
    });
    HyperPodPreflight.applyTo(this);
  }

  /**
   * The role that the nodes run with, unless their instance group has its own.
   */
  public get executionRole(): IRole {
    return this.roles.clusterRole;
  }

  /**
   * The bucket that local lifecycle scripts are uploaded to: the one given, or the one that the cluster made.
   *
   * Undefined as long as nothing is uploaded and no bucket was given.
   */
  public get lifecycleBucket(): IBucket | undefined {
    return this.lifecycle.bucket;
  }

  /**
   * Metrics of the nodes' health, which the EKS cluster's Container Insights collect.
   *
   * @throws if Slurm orchestrates the cluster: AWS documents no metrics for it
   */
  public get metrics(): HyperPodClusterMetrics {
    if (this.orchestrator._eksCluster === undefined) {
      throw new ValidationError(lit`MetricsNeedEks`, 'only a HyperPod cluster that EKS orchestrates has metrics that AWS documents', this);
    }
    return HyperPodClusterMetrics.fromEksCluster(this.orchestrator._eksCluster);
  }

  /**
   * Adds an instance group.
   *
   * @throws if its name is taken, or it does not fit the cluster's orchestrator or network
   */
  public addInstanceGroup(options: InstanceGroupOptions): void {
    const scripts = options.lifecycleScripts ?? this.lifecycleScripts;
    validateInstanceGroup(this, options, this.groupNames(), { orchestrator: this.orchestrator, hasVpc: this.network !== undefined, scripts });

    const database = this.orchestrator._accountingDatabaseOf(options.slurmNode);
    const binding = this.bind(options, database ? accountingPeers(database) : []);
    this.roles.allow(binding.executionRole, rollbackAlarmPermissions(options));
    if (database !== undefined) {
      this.roles.allow(binding.executionRole, accountingSecretPermissions(this, database.secret));
    }

    const { lifeCycleConfig, source, upload, uploader } = options.lifecycleScripts === undefined
      ? this.lifecycle.forCluster()
      : this.lifecycle.forGroup(options.instanceGroupName, options.lifecycleScripts);
    if (source !== undefined) {
      this.roles.allowToRead(binding.executionRole, source, uploader);
    }
    if (upload !== undefined) {
      this.resource.node.addDependency(upload);
    }

    const slurmConfig = scripts._setUpSlurm ? undefined : options.slurmNode?._render();
    if (options.imageReleaseVersion !== undefined) {
      acknowledgeImageReleaseVersion(this.resource);
    }
    this.instanceGroups.push({ options, property: renderInstanceGroup(options, { ...binding, lifeCycleConfig, slurmConfig }) });
  }

  /**
   * Adds a restricted instance group.
   *
   * @throws if its name is taken, or it does not fit the cluster's network
   */
  public addRestrictedInstanceGroup(options: RestrictedInstanceGroupOptions): void {
    validateRestrictedInstanceGroup(this, options, this.groupNames(), this.network !== undefined);

    const binding = this.bind(options);
    this.roles.allow(binding.executionRole, dataBucketPermissions(options.dataBuckets ?? []));

    this.restrictedInstanceGroups.push({ options, property: renderRestrictedInstanceGroup(options, binding) });
  }

  /** Makes the role, the storage and the network of a group ready. */
  private bind(options: InstanceGroupOptions | RestrictedInstanceGroupOptions, peers: NodePeer[] = []): GroupBinding {
    const executionRole = options.executionRole ?? this.executionRole;
    this.roles.use(executionRole, this.resource);

    const storage = options.instanceStorageConfigs?.map(config => config._bind(this));
    storage?.forEach(({ statements }) => this.roles.allow(executionRole, { purpose: 'to use its volumes and file systems', statements }));

    const override = options.overrideVpcConfig && this.network?.override(options.instanceGroupName, options.overrideVpcConfig);
    const network = override ?? this.network;
    if (network !== undefined) {
      const ofStorage = storage?.flatMap(({ peer }) => peer ?? []) ?? [];
      const controlPlane = this.orchestrator._peers(this);
      const all = [...controlPlane, ...ofStorage, ...peers];
      all.forEach(peer => requireOneVpc(this, network.vpc, peer));
      if (mayHaveElasticFabricAdapter(options)) {
        allowBetweenMembers(network.securityGroups, controlPlane, this.orchestrator._kind === 'eks');
      }
      const connected = connectNodes(network.securityGroups, all);
      this.resource.node.addDependency(...network.requirements, ...connected);
    }
    return {
      executionRole,
      instanceStorageConfigs: storage?.map(({ property }) => property),
      overrideVpcConfig: override?.vpcConfig,
    };
  }

  private provisioningMode(props: HyperPodClusterProps): NodeProvisioningMode | undefined {
    return props.nodeProvisioningMode ?? (this.needsContinuousProvisioning(props).length > 0 ? NodeProvisioningMode.CONTINUOUS : undefined);
  }

  private needsContinuousProvisioning(props: HyperPodClusterProps): string[] {
    return needsContinuousProvisioning(props, this.instanceGroups.map(({ options }) => options));
  }

  private groupNames(): string[] {
    return [...this.instanceGroups, ...this.restrictedInstanceGroups].map(({ options }) => options.instanceGroupName);
  }

  private networkStatements(): PolicyStatement[] {
    if (this.orchestrator._kind === 'eks') { return eksStatements(this); }
    return this.network === undefined ? [] : slurmVpcStatements(this);
  }
}

interface BoundInstanceGroup {
  readonly options: InstanceGroupOptions;
  readonly property: CfnCluster.ClusterInstanceGroupProperty;
}

interface BoundRestrictedInstanceGroup {
  readonly options: RestrictedInstanceGroupOptions;
  readonly property: CfnCluster.ClusterRestrictedInstanceGroupProperty;
}
