import { accountOf, regionOf } from '../../template/environment';
import type { ClusterModel } from '../core/cluster-model';
import type { Property } from '../core/property';

/** A part of an ARN that differs from what the cluster's stack has there. */
export interface Elsewhere {
  readonly what: 'Region' | 'account';
  readonly theirs: string;
  readonly ours: string;
}

/** In what respects an ARN lies elsewhere than the cluster, as far as both are known at synth. */
export function elsewhere({ stack }: ClusterModel, arn: Property): readonly Elsewhere[] {
  const [, , , region, account] = arn.value?.split(':', 6) ?? [];
  return [
    { what: 'Region' as const, theirs: region?.literal, ours: regionOf(stack.region).literal },
    { what: 'account' as const, theirs: account?.literal, ours: accountOf(stack.account).literal },
  ].flatMap(({ what, theirs, ours }) => theirs && ours && theirs !== ours ? [{ what, theirs, ours }] : []);
}
