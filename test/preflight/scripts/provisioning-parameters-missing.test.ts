import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { HyperPodCluster, HyperPodInstanceType, LifecycleScripts, SlurmNode, SlurmProvisioningParameters } from '../../../src';
import { provisioningParametersMissing } from '../../../src/preflight/scripts/provisioning-parameters-missing';
import { VPC_CONFIG } from '../private/cluster-properties';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, type Files, type PackageOptions } from '../private/script-packages';

const FILE = 'provisioning_parameters.json';
const BASE = [
  '#!/bin/bash', 'set -ex', `PARAMETERS="${FILE}"`, 'if [[ ! -f /opt/ml/config/resource_config.json ]]; then', '  exit 0', 'fi', 'echo "with $PARAMETERS"',
  'python3 -u lifecycle_script.py \\', '  -rc /opt/ml/config/resource_config.json \\', '  -pp $PARAMETERS > >(tee -a /var/log/x) 2>&1', 'exit $?', '',
].join('\n');
const PYTHON = 'import sys\nprint(open(sys.argv[4]).read())\n';
const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];
const EKS = { orchestrator: { eks: { clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/training' } }, vpcConfig: VPC_CONFIG };

const base = (options: PackageOptions = {}) => clusterOn({ 'on_create.sh': BASE, 'lifecycle_script.py': PYTHON }, options);
const script = (text: string, files: Files = {}) => clusterOn({ 'on_create.sh': `#!/bin/bash\nset -e\n${text}\n`, ...files });
const construct = (provisioningParameters?: SlurmProvisioningParameters) => (stack: Stack) => {
  new HyperPodCluster(stack, 'Cluster', {
    lifecycleScripts: LifecycleScripts.fromAsset(directoryOf({ 'on_create.sh': BASE, 'lifecycle_script.py': PYTHON }), { onCreate: 'on_create.sh', provisioningParameters }),
    instanceGroups: [{
      instanceGroupName: 'controller', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, slurmNode: provisioningParameters && SlurmNode.controller(),
    }],
  });
};

testRule(provisioningParametersMissing, {
  namesFiles: true,
  silent: [
    ['the file among the others', clusterOn({ 'on_create.sh': BASE, 'lifecycle_script.py': PYTHON, [FILE]: '{}' })],
    ['a file that a second source brings', base({
      sources: () => [Source.asset(directoryOf({ 'on_create.sh': BASE, 'lifecycle_script.py': PYTHON })), Source.jsonData(FILE, {})],
    })],
    ['a script that does not name it', script('echo hello')],
    ['a comment', script(`# ${FILE} is for others`)],
    ['a script that prints its name', script(`echo "no ${FILE}"`)],
    ['a script that tests for it', script(`if [[ -f ${FILE} ]]; then cat ${FILE}; fi`)],
    ['a script that tests for it by a variable', script(`P=${FILE}\n[ -f "$P" ] && cat "$P"`)],
    ['a script that writes it', script(`jq -n '{}' > ${FILE}\ncat ${FILE}`)],
    ['a script that downloads it', script(`aws s3 cp s3://other/${FILE} .\ncat ${FILE}`)],
    ['a script that downloads all', script(`aws s3 sync s3://other/config .\ncat ${FILE}`)],
    ['a script that goes on without it', script(`cat ${FILE} || true`)],
    ['a file elsewhere', script(`cat /opt/slurm/${FILE}`)],
    ['a helper that writes it', script(`python3 make.py\ncat ${FILE}`, { 'make.py': `open("${FILE}", "w").write("{}")\n` })],
    ['Python that tests for it', clusterOn({ 'on_create.sh': BASE, 'lifecycle_script.py': 'import os\nif os.path.exists(args.provisioning_parameters): pass\n' })],
    ['a cluster that EKS orchestrates', base({ cluster: EKS })],
    ['uploads that leave other files in a bucket that the app does not make', base({
      upload: { prune: false }, bucket: stack => Bucket.fromBucketName(stack, 'Bucket', 'sagemaker-scripts'),
    })],
    ['the construct with provisioningParameters', construct(SlurmProvisioningParameters.fromInstanceGroups())],
  ],
  finds: [
    ['AWS\'s scripts without it', base(), 'error', ['group-0'], ['provisioning_parameters.json is not among the files', 'on_create.sh:8: names the file'], SOURCE],
    ['a script that reads it', script(`cat ${FILE}`), 'error', ['group-0'], 'on_create.sh:3: names the file', SOURCE],
    ['a script that another one runs', script('bash ./lib/setup.sh', { 'lib/setup.sh': `#!/bin/bash\ncat ./${FILE}\n` }), 'error', ['group-0'],
      'lib/setup.sh:2: names the file', SOURCE],
    ['Python that opens it', script('python3 setup.py', { 'setup.py': `import json\nprint(json.load(open("${FILE}")))\n` }), 'error', ['group-0'], 'setup.py:2: ', SOURCE],
    ['a script that reads it beside itself', script(`python3 setup.py "$(dirname "$0")/${FILE}"`, { 'setup.py': PYTHON }), 'warning', ['group-0'], 'on_create.sh:3: ', SOURCE],
    ['a script that reads it on some nodes', script(`if [[ $TYPE == controller ]]; then\n  cat ${FILE}\nfi`), 'warning', ['group-0'], 'on_create.sh:4: ', SOURCE],
    ['a bucket of the app that is not pruned', base({ upload: { prune: false } }), 'warning', ['group-0'], 'on_create.sh:8: ', SOURCE],
    ['the construct without provisioningParameters', construct(), 'error', ['controller'], 'give LifecycleScripts.fromAsset() provisioningParameters', SOURCE],
    ['a SlurmConfig, beside which it is refused', base({ groups: [{ instanceGroupName: 'group-0', slurmConfig: { nodeType: 'Controller' } }] }), 'error', ['group-0'],
      'run scripts that do not read it', SOURCE],
  ],
  tokens: [
    ['an entry script that is known only at deployment', stack => base({ entryScript: new CfnParameter(stack, 'Entry').valueAsString })(stack)],
    ['EKS orchestrates in some deployments', base({
      overrides: (stack, cluster) => {
        cluster.addPropertyOverride('VpcConfig', { Subnets: VPC_CONFIG.subnets, SecurityGroupIds: VPC_CONFIG.securityGroupIds });
        cluster.addPropertyOverride('Orchestrator', { 'Fn::If': [isYes(stack, 'Eks').logicalId, { Eks: { ClusterArn: EKS.orchestrator.eks.clusterArn } }, { Ref: 'AWS::NoValue' }] });
      },
    }), 'warning', ['group-0'], ['names the file', 'This is so when Eks is no.'], SOURCE],
  ],
});
