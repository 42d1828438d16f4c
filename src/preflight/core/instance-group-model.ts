import type { ClusterModel } from './cluster-model';
import type { GroupKind, GroupPlace } from './group-places';
import { Property } from './property';
import { type ScriptSource, parseScriptSource } from './script-source';
import { type BucketFacts, findBucket } from '../../iam/resources/bucket';
import type { RolePermissions } from '../../iam/role-permissions';
import { guardsHold } from '../../template/branches';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import { worded } from '../../template/words';

/** Where nodes come up. Undefined: a subnet that is not known. */
export type Subnets = readonly (SymbolicString | undefined)[];

/** The facts about one instance group, of either kind, wherever the template writes it. */
export class InstanceGroupModel {
  readonly kind: GroupKind;
  readonly index: number;
  /** The property path of the group, such as `Properties.InstanceGroups.0`. */
  readonly location: string;
  private readonly root: Property;

  constructor(readonly cluster: ClusterModel, private readonly place: GroupPlace) {
    const { kind, index, json } = place;
    this.kind = kind;
    this.index = index;
    this.location = `Properties.${kind}.${index}`;
    this.root = new Property(json, this.location, '', `${index}`, cluster.stack, cluster.symbolizer);
  }

  /** A property of the group. */
  at(...names: readonly (string | number)[]): Property {
    return this.root.at(...names);
  }

  /** All that a property of the group may be, whatever conditions and parameters decide. None of them is asked. */
  possible(...names: readonly (string | number)[]): readonly Property[] {
    return this.root.possible(...names);
  }

  /** Does the template spell the group out? Of one that is a token, nothing is absent. */
  get isSpelledOut(): boolean {
    return this.root.isSpelledOut;
  }

  /** May the group have properties that the template does not spell out? */
  get mayHoldMore(): boolean {
    return this.root.mayHoldMore;
  }

  /** Does the cluster have the group, in the world at hand? */
  get exists(): boolean {
    const { stack, symbolizer } = this.cluster;
    return guardsHold(this.place.guards, stack, symbolizer);
  }

  /** What findings and users call it: its name, as the template writes it, or its place in the list where it has none. */
  get label(): string {
    const name = this.at('InstanceGroupName').value;
    return name ? named(name) : `${this.kind === 'InstanceGroups' ? '' : 'restricted-'}${this.index}`;
  }

  get roleArn(): SymbolicString | undefined {
    return this.at('ExecutionRole').value;
  }

  get sourceS3Uri(): SymbolicString | undefined {
    return this.at('LifeCycleConfig', 'SourceS3Uri').value;
  }

  /** The script that nodes begin with. */
  get entryScript(): Property {
    const onCreate = this.at('LifeCycleConfig', 'OnCreate');
    return onCreate.isGiven ? onCreate : this.at('LifeCycleConfig', 'OnInitComplete');
  }

  /** Where its nodes come up; none if that is HyperPod's own VPC. */
  get subnets(): Subnets {
    const override = this.at('OverrideVpcConfig');
    const config = override.isGiven ? override : this.cluster.at('VpcConfig');
    return config.at('Subnets').values ?? [undefined];
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

/** A parameter as `Fn::Sub` has it. What is computed is said in words, for it would make an id that nobody can write. */
function named(name: SymbolicString): string {
  const text = `${name}`;
  return text.startsWith('{"') ? worded(name) : text;
}
