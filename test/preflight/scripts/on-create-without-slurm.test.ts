import { CfnParameter } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { onCreateWithoutSlurm } from '../../../src/preflight/scripts/on-create-without-slurm';
import { VPC_CONFIG } from '../private/cluster-properties';
import { testRule } from '../private/rule-tester';
import { clusterOn, type Files, type PackageOptions } from '../private/script-packages';

const TOPOLOGY = [{ slurmConfig: { nodeType: 'Controller' } }, { slurmConfig: { nodeType: 'Compute', partitionNames: ['gpu'] } }];
const MOUNT = {
  instanceStorageConfigs: [{
    fsxLustreConfig: {
      dnsName: 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com', mountName: 'abcdefgh', mountPath: '/fsx',
    },
  }],
};
const NOTHING = '#!/bin/bash\n# Slurm is started by HyperPod, which mounts /fsx\napt-get install -y htop\n';

const on = (files: Files, options: PackageOptions = {}) => clusterOn(files, { groups: TOPOLOGY, ...options });
const script = (line: string, options?: PackageOptions) => on({ 'on_create.sh': `${NOTHING}${line}\n` }, options);
const onCreate = (...groups: number[]) => groups.map(index => `InstanceGroups.${index}.LifeCycleConfig.OnCreate`);
const QUOTES = [
  '"HyperPod does not run AMI-based configuration and does not start Slurm. Your scripts own the entire provisioning sequence"',
  '"are handled by HyperPod based on the API payload"',
];

testRule(onCreateWithoutSlurm, {
  silent: [
    ['no topology', script('', { groups: [{}] })],
    ['OnInitComplete', script('', {
      groups: TOPOLOGY.map(group => ({
        ...group, lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config/', onInitComplete: 'on_create.sh' },
      })),
    })],
    ['a script that starts Slurm', script('systemctl enable --now slurmctld')],
    ['a script that mounts', script('mount -t lustre "$DNS@tcp:/$NAME" /fsx')],
    ['a script that fetches another', script('curl -fsSL https://example.com/setup.sh | bash')],
    ['another script that starts Slurm', on({ 'on_create.sh': `${NOTHING}python3 setup.py\n`, 'setup.py': 'run("slurmd")\n' })],
    ['a file that is no text', on({ 'on_create.sh': NOTHING, 'setup': Buffer.from([0, 1]) })],
    ['nodes of EKS', script('', { cluster: { orchestrator: { eks: { clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/team' } }, vpcConfig: VPC_CONFIG } })],
  ],
  finds: [
    ['a script that does neither', script(''), 'warning', ['group-0', 'group-1'], QUOTES, onCreate(0, 1)],
    ['a mount, and a script that does neither', script('', { groups: [MOUNT, {}], cluster: { vpcConfig: VPC_CONFIG } }), 'warning', ['group-0'], QUOTES, onCreate(0)],
    ['a page that names Slurm', on({ 'on_create.sh': NOTHING, 'README.md': 'Slurm\n' }), 'warning', ['group-0', 'group-1'], QUOTES, onCreate(0, 1)],
  ],
  tokens: [
    ['a file with a value that only the deployment knows', script('', {
      sources: stack => [Source.data('on_create.sh', `${NOTHING}${new CfnParameter(stack, 'Command').valueAsString}\n`)],
    })],
  ],
});
