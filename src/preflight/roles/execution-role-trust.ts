import { roleTrust } from './role-trust';
import { NODE_PRINCIPAL } from '../../service/principals';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const executionRoleTrust: Rule = {
  id: 'HyperPod-ExecutionRoleTrust',
  title: 'SageMaker may assume the execution roles',
  levels: ['error'],
  prevents: [
    'Invalid principal in policy',
    'Could not assume role arn:aws:iam::…:role/…. Please ensure that the role exists and allows principal \'sagemaker.amazonaws.com\' to assume the role.',
  ],
  why: 'HyperPod gives each node its group\'s execution role by assuming it. A role made for EC2 or for EKS nodes trusts another service, '
    + 'so that no node can be created with it.',
  fix: 'Let the role trust sagemaker.amazonaws.com: `assumedBy: new ServicePrincipal(\'sagemaker.amazonaws.com\')`.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  ],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const { allowed, trusted } = roleTrust(cluster, role, NODE_PRINCIPAL);
    return allowed === 'no' ? [about(group, 'error', groups =>
      `The execution role ${namedRole(role)} of ${namedGroups(groups)} does not let ${NODE_PRINCIPAL} assume it; `
      + `it trusts ${trusted.join(', ') || 'nobody'}.\nAllow sts:AssumeRole to the service principal ${NODE_PRINCIPAL} in its trust policy.`,
    group.at('ExecutionRole'))] : [];
  },
};
