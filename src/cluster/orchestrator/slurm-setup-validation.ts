import { LifecycleScripts } from '../../lifecycle/lifecycle-scripts';
import { InstanceGroupOptions } from '../instance-group/instance-group';

/** What decides who may set up Slurm. */
export interface SlurmSetup {
  readonly onEks: boolean;
  readonly continuousSlurm: boolean;
  readonly scriptsOf: (group: InstanceGroupOptions) => LifecycleScripts;
}

/**
 * Either the lifecycle scripts of all groups set up Slurm, from `provisioning_parameters.json`, or HyperPod does, from SlurmConfig.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 */
export function scriptsOrHyperPodSetUpSlurm(groups: InstanceGroupOptions[], { onEks, continuousSlurm, scriptsOf }: SlurmSetup): string[] {
  const setUpByScripts = groups.filter(group => scriptsOf(group)._setUpSlurm);
  if (setUpByScripts.length === 0) { return []; }
  if (onEks) {
    return ['provisioningParameters are for Slurm, but EKS orchestrates the cluster; leave them out of the lifecycle scripts'];
  }
  const others = groups.filter(group => !setUpByScripts.includes(group)).map(({ instanceGroupName }) => instanceGroupName);
  return [
    ...(others.length === 0 ? [] : [
      `instance groups ${JSON.stringify(others)} have lifecycle scripts without provisioningParameters, but others have them; `
      + 'Slurm is set up by the scripts of all groups or by HyperPod: give provisioningParameters to all lifecycle scripts or to none',
    ]),
    ...(continuousSlurm ? [
      'provisioningParameters cannot be combined with continuous node provisioning, in which HyperPod sets up Slurm; leave one of the two out',
    ] : []),
    ...(groups.every(({ slurmNode }) => slurmNode === undefined) ? [
      'provisioningParameters are generated from the slurmNode of the instance groups, but none has one; give one to every group',
    ] : []),
  ];
}
