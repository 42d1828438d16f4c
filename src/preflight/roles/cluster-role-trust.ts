import { karpenterRole } from './cluster-role';
import { roleTrust } from './role-trust';
import { aboutCluster } from '../findings/about-cluster';
import { namedRole } from '../findings/denials';
import type { Rule } from '../findings/rule';

const SERVICE = 'hyperpod.sagemaker.amazonaws.com';

export const clusterRoleTrust: Rule = {
  id: 'HyperPod-ClusterRoleTrust',
  title: 'HyperPod may assume the role for auto scaling',
  levels: ['error'],
  prevents: ['Invalid principal in policy'],
  why: 'Karpenter adds and removes nodes with the cluster\'s ClusterRole. Its principal is not the one of execution roles: '
    + `${SERVICE}, not sagemaker.amazonaws.com.`,
  fix: `Let the role trust ${SERVICE}, or leave it to ClusterAutoScaling.karpenter().`,
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html'],
  check: cluster => {
    const role = karpenterRole(cluster);
    if (!role) { return []; }
    const { allowed, trusted } = roleTrust(cluster, role, SERVICE);
    return allowed !== 'no' ? [] : [aboutCluster('error',
      `The cluster role ${namedRole(role)} does not let ${SERVICE} assume it; it trusts ${trusted.join(', ') || 'nobody'}.\n`
      + `Allow sts:AssumeRole to the service principal ${SERVICE} in its trust policy.`, 'ClusterRole')];
  },
};
