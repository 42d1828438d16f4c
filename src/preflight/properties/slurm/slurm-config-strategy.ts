import { PROVISIONING_CONTRADICTION, PROVISIONING_SOURCES } from '../../../service/continuous-provisioning';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { about } from '../../findings/about';
import type { Rule } from '../../findings/rule';

export const slurmConfigStrategy: Rule = {
  id: 'HyperPod-SlurmConfigStrategy',
  title: 'A cluster with continuous provisioning has no SlurmConfigStrategy',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Continuous provisioning always merges its partitions into slurm.conf: "Passing any SlurmConfigStrategy value results in an API error." '
    + 'Whether a cluster that names no mode is provisioned continuously, AWS\'s documents do not agree on.',
  fix: 'Leave SlurmConfigStrategy out, or acknowledge the warning once the cluster has been created so.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html', ...PROVISIONING_SOURCES],
  check: cluster => {
    const strategy = cluster.at('Orchestrator', 'Slurm', 'SlurmConfigStrategy');
    if (!strategy.isGiven || orchestratorOf(cluster) !== 'Slurm') { return []; }
    const provisioning = nodeProvisioning(cluster);
    if (provisioning === undefined) { return []; }
    const given = strategy.text === undefined ? 'a SlurmConfigStrategy' : `SlurmConfigStrategy ${JSON.stringify(strategy.text)}`;
    const properties = [strategy, cluster.at('NodeProvisioningMode')];
    if (provisioning === 'Continuous') {
      return [about(cluster, 'error',
        `The cluster has ${given}, which continuous provisioning does not accept.\nRemove SlurmConfigStrategy, or NodeProvisioningMode.`, ...properties)];
    }
    return [about(cluster, 'warning',
      `It is not known whether HyperPod accepts ${given} for the cluster: with continuous provisioning it accepts none. `
      + `${PROVISIONING_CONTRADICTION} Its own examples of clusters with a SlurmConfigStrategy have no NodeProvisioningMode.\n`
      + 'To settle it, remove SlurmConfigStrategy, or acknowledge this finding once the cluster has been created.', ...properties)];
  },
};
