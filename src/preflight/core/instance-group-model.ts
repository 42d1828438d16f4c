import type { ClusterModel } from './cluster-model';
import { type ScriptSource, parseScriptSource } from './script-source';
import { type BucketFacts, findBucket } from '../../iam/resources/bucket';
import type { RolePermissions } from '../../iam/role-permissions';
import { SymbolicString } from '../../template/symbolic/symbolic-string';

/** Where nodes come up. Undefined: a subnet that is not known. */
export type Subnets = readonly (SymbolicString | undefined)[];

/** The facts about one instance group, of either kind. */
export class InstanceGroupModel {
  /** The group's name, or its place in the list where the name is not known: what findings and users call it. */
  readonly label: string;
  /** The property path of the group, as `Properties.InstanceGroups.0`. */
  readonly location: string;
  readonly roleArn?: SymbolicString;
  readonly sourceS3Uri?: SymbolicString;
  readonly entryScript?: SymbolicString;

  constructor(private readonly cluster: ClusterModel, readonly properties: Readonly<Record<string, any>>,
    readonly kind: 'InstanceGroups' | 'RestrictedInstanceGroups', readonly index: number) {
    const { InstanceGroupName: name, ExecutionRole: role, LifeCycleConfig: scripts } = properties;
    this.label = cluster.string(name)?.literal ?? `${kind === 'InstanceGroups' ? '' : 'restricted-'}${index}`;
    this.location = `Properties.${kind}.${index}`;
    this.roleArn = cluster.string(role);
    this.sourceS3Uri = cluster.string(scripts?.SourceS3Uri);
    this.entryScript = cluster.string(scripts?.OnCreate ?? scripts?.OnInitComplete);
  }

  /** The property that names the entry script. */
  get entryScriptProperty(): 'OnCreate' | 'OnInitComplete' {
    return this.properties.LifeCycleConfig?.OnCreate === undefined ? 'OnInitComplete' : 'OnCreate';
  }

  /** Where its nodes come up; none if that is HyperPod's own VPC. */
  get subnets(): Subnets {
    const { Subnets: subnets } = this.properties.OverrideVpcConfig ?? this.cluster.properties.VpcConfig ?? {};
    return this.cluster.symbolizer.list(subnets, this.cluster.stack) ?? [undefined];
  }

  get role(): RolePermissions | undefined {
    return this.roleArn && this.cluster.role(this.roleArn);
  }

  get scriptSource(): ScriptSource | undefined {
    return this.sourceS3Uri && parseScriptSource(this.sourceS3Uri);
  }

  /** The bucket of the scripts, as far as the app says anything about it. */
  get scriptBucket(): BucketFacts | undefined {
    const source = this.scriptSource;
    return source && findBucket(source.bucketName, this.cluster.stack, this.cluster.symbolizer);
  }
}
