import { CONTINUOUS } from '../../../service/continuous-provisioning';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { about } from '../../findings/about';
import type { Rule } from '../../findings/rule';

export const slurmConfigStrategy: Rule = {
  id: 'HyperPod-SlurmConfigStrategy',
  title: 'A cluster with continuous provisioning has no SlurmConfigStrategy',
  levels: ['error'],
  prevents: [],
  why: 'Continuous provisioning always merges its partitions into slurm.conf: "Passing any SlurmConfigStrategy value results in an API error." '
    + 'Clusters that leave NodeProvisioningMode out accept one: AWS\'s migration page shows such a request.',
  fix: 'Leave SlurmConfigStrategy or NodeProvisioningMode out.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html',
  ],
  check: cluster => {
    const strategy = cluster.at('Orchestrator', 'Slurm', 'SlurmConfigStrategy');
    if (!strategy.isGiven || orchestratorOf(cluster) !== 'Slurm' || nodeProvisioning(cluster) !== CONTINUOUS) { return []; }
    const given = strategy.text === undefined ? 'a SlurmConfigStrategy' : `SlurmConfigStrategy ${JSON.stringify(strategy.text)}`;
    return [about(cluster, 'error',
      `The cluster has ${given}, which continuous provisioning does not accept.\nRemove SlurmConfigStrategy, or NodeProvisioningMode.`,
      strategy, cluster.at('NodeProvisioningMode'))];
  },
};
