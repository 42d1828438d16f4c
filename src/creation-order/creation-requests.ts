import type { CfnResource } from 'aws-cdk-lib';
import { accessRequest, type AccessRequest, ANYTHING, type ContextValues, fromSdk, type RolePrincipal } from '../iam/policy/request';
import { findBucket } from '../iam/resources/bucket';
import { READ_SECRET_ACTION } from '../service/accounting-secret';
import { IMAGE_ACTIONS, POD_IDENTITY_ACTION } from '../service/image-actions';
import { SCALE_ACTIONS } from '../service/karpenter';
import { REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION, VPC_ACTIONS, VPC_CNI_ACTIONS } from '../service/network-actions';
import { DECRYPT_SCRIPT_ACTION, LIST_SCRIPTS_ACTION, READ_SCRIPT_ACTION } from '../service/script-access';
import { DESCRIBE_KEY_ACTION, GRANT_KEY_ACTION, KEY_VIA_SERVICE } from '../service/volume-keys';
import { accountOf, partitionOf, pseudoParameter, regionOf } from '../template/environment';
import { SymbolicString } from '../template/symbolic/symbolic-string';
import type { Symbolizer } from '../template/symbolizer';

/**
 * What HyperPod and a booting node do with the roles of a cluster, as its properties say. It may be more than one of the roles needs: it only
 * tells which policies have to do with the cluster.
 */
export function creationRequests(cluster: CfnResource, principal: RolePrincipal, symbolizer: Symbolizer): AccessRequest[] {
  return new CreationRequests(cluster, principal, symbolizer).all();
}

class CreationRequests {
  private readonly properties: Record<string, any>;
  private readonly groups: any[];

  constructor(private readonly cluster: CfnResource, private readonly principal: RolePrincipal, private readonly symbolizer: Symbolizer) {
    this.properties = symbolizer.decide(symbolizer.template.render(cluster).Properties, cluster.stack) ?? {};
    this.groups = [this.properties.InstanceGroups ?? [], this.properties.RestrictedInstanceGroups ?? []].flat();
  }

  all(): AccessRequest[] {
    return [
      ...this.network(), ...this.scaling(),
      ...this.groups.flatMap(group => [...this.scripts(group?.LifeCycleConfig?.SourceS3Uri), ...this.volumes(group?.InstanceStorageConfigs)]),
      ...this.secret(this.properties.Orchestrator?.Slurm?.AccountingDatabase?.SecretArn),
    ];
  }

  private network(): AccessRequest[] {
    const onEks = this.properties.Orchestrator?.Eks !== undefined;
    const isInVpc = onEks || [this.properties.VpcConfig, ...this.groups.map(group => group?.OverrideVpcConfig)].some(config => config !== undefined);
    return [
      ...isInVpc ? [...VPC_ACTIONS, REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION] : [],
      ...onEks ? [...VPC_CNI_ACTIONS, ...IMAGE_ACTIONS, POD_IDENTITY_ACTION] : [],
    ].map(action => this.onAny(action));
  }

  private scaling(): AccessRequest[] {
    return this.properties.ClusterRole === undefined ? [] : SCALE_ACTIONS.map(action => this.onAny(action));
  }

  private scripts(uri: unknown): AccessRequest[] {
    if (uri === undefined) { return []; }
    const text = this.read(uri);
    const path = text?.literalPrefix.startsWith('s3://') ? text.splitOnce('s3://')![1] : undefined;
    const [bucketName, prefix] = path?.splitOnce('/') ?? [path ?? SymbolicString.concat(ANYTHING), SymbolicString.EMPTY];
    const bucket = findBucket(bucketName, this.cluster.stack, this.symbolizer);
    const { account, region, arn, key } = bucket;
    const context = { 's3:ResourceAccount': [account], ...fromSdk(this.principal, region) };
    // Of a bucket that the app does not define, it is not known how it is encrypted.
    const decrypt = key ? [accessRequest(this.principal, DECRYPT_SCRIPT_ACTION, key.arn, key.account, this.viaService('s3'))]
      : bucket.resource ? [] : [this.onAny(DECRYPT_SCRIPT_ACTION)];
    return [
      accessRequest(this.principal, LIST_SCRIPTS_ACTION, arn, account, { ...context, 's3:prefix': [prefix] }),
      accessRequest(this.principal, READ_SCRIPT_ACTION, SymbolicString.concat(arn, '/', prefix, ANYTHING), account, context),
      ...decrypt,
    ];
  }

  private volumes(configs: unknown): AccessRequest[] {
    return [configs ?? []].flat().flatMap((config: any) => {
      const key = this.read(config?.EbsVolumeConfig?.VolumeKmsKeyId);
      if (key === undefined) { return []; }
      const arn = key.literalPrefix.startsWith('arn:') || key.literal === undefined ? key : SymbolicString.concat(this.arnOf('kms', 'key/'), key);
      const context = this.viaService(KEY_VIA_SERVICE);
      return [
        accessRequest(this.principal, GRANT_KEY_ACTION, arn, this.account, { ...context, 'kms:GrantIsForAWSResource': [SymbolicString.literal('true')] }),
        accessRequest(this.principal, DESCRIBE_KEY_ACTION, arn, this.account, context),
      ];
    });
  }

  private secret(secretArn: unknown): AccessRequest[] {
    const arn = this.read(secretArn);
    return arn === undefined ? [] : [accessRequest(this.principal, READ_SECRET_ACTION, arn, this.account, fromSdk(this.principal, this.region))];
  }

  /** Of what the action is about, nothing is known but the service. */
  private onAny(action: string): AccessRequest {
    const resource = SymbolicString.concat(this.arnOf(action.split(':')[0], ''), ANYTHING);
    return accessRequest(this.principal, action, resource, this.account, fromSdk(this.principal, this.region));
  }

  private arnOf(service: string, resource: string): SymbolicString {
    return SymbolicString.concat('arn:', partitionOf(this.cluster.stack), ':', service, ':', this.region, ':', this.account, ':', resource);
  }

  private viaService(service: string): Readonly<Record<string, ContextValues>> {
    const suffix = pseudoParameter('AWS::URLSuffix', this.cluster.stack)!;
    return { 'kms:ViaService': [SymbolicString.concat(service, '.', this.region, '.', suffix)], 'kms:CallerAccount': [this.account], ...fromSdk(this.principal, this.region) };
  }

  private read(json: unknown): SymbolicString | undefined {
    return json === undefined ? undefined : this.symbolizer.string(json, this.cluster.stack);
  }

  private get account(): SymbolicString {
    return accountOf(this.cluster.stack.account);
  }

  private get region(): SymbolicString {
    return regionOf(this.cluster.stack.region);
  }
}
