import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const deepHealthCheckTaints: Rule = {
  id: 'HyperPod-DeepHealthCheckTaints',
  title: 'A group with deep health checks has no taints of its own',
  levels: ['warning'],
  prevents: [],
  why: 'HyperPod taints nodes while it checks them: "You cannot add custom taints to nodes in instance groups with DeepHealthChecks turned on."',
  fix: 'Remove the taints or OnStartDeepHealthChecks, and run the checks on demand with StartClusterHealthCheck.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html'],
  checkGroup: (_, group) => {
    const [taints, checks] = [group.at('KubernetesConfig', 'Taints'), group.at('OnStartDeepHealthChecks')];
    if (group.kind !== 'InstanceGroups' || !checks.items?.length || !taints.items?.length) { return []; }
    return [about(group, 'warning',
      `The ${namedGroups([group])} has both OnStartDeepHealthChecks and KubernetesConfig.Taints, which AWS says do not go together.\nRemove one of the two.`,
      taints, checks)];
  },
};
