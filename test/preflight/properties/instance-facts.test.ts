import { Case, eks, expectFindings, Group, propertyFindings, restrictedGroup, slurm } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const EFA = { networkInterface: { interfaceType: 'efa' } };
const CHECKS = { onStartDeepHealthChecks: ['InstanceStress', 'InstanceConnectivity'] };
const TAINTS = { kubernetesConfig: { taints: [{ key: 'team', effect: 'NoSchedule' }] } };

function flexible(...instanceTypes: string[]): Partial<Group> {
  return { instanceType: undefined, instanceRequirements: { instanceTypes } };
}

describe('threads per core', () => {
  test.each<Case>([
    ['two on x86', slurm({ threadsPerCore: 2 }), []],
    ['one on Graviton', slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: 1 }), []],
    [
      'two on Graviton', slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: 2 }),
      ['warning ThreadsPerCore[workers]'], ['ThreadsPerCore 2, but EC2 gives ml.m7g.xlarge 1 per core'],
    ],
    ['two on G5, of which EC2 says nothing', slurm({ instanceType: 'ml.g5.xlarge', threadsPerCore: 2 }), []],
    [
      'two on one of several types', eks({ ...flexible('ml.m5.xlarge', 'ml.m7g.xlarge'), threadsPerCore: 2 }, CONTINUOUS),
      ['warning ThreadsPerCore[workers]'], ['gives ml.m7g.xlarge 1 per core'],
    ],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});

describe('EFA interface types', () => {
  test.each<Case>([
    ['on a type with EFA', eks({ instanceType: 'ml.p5.48xlarge', ...EFA }), []],
    [
      'on a type without', eks(EFA),
      ['warning EfaInterfaceType[workers]'], ['InterfaceType "efa", but as far as is known ml.m5.xlarge has no EFA'],
    ],
    [
      'on a list with such a type', eks({ ...flexible('ml.p5.48xlarge', 'ml.g5.xlarge'), ...EFA }, CONTINUOUS),
      ['warning EfaInterfaceType[workers]'], ['ml.g5.xlarge has no EFA'],
    ],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});

describe('deep health checks', () => {
  test.each<Case>([
    ['of GPUs', eks({ instanceType: 'ml.p5.48xlarge', ...CHECKS }), []],
    ['of Trainium', eks({ instanceType: 'ml.trn1.32xlarge', ...CHECKS }), []],
    ['of CPUs', eks(CHECKS), ['warning DeepHealthCheckTypes[workers]'], ['ml.m5.xlarge has neither GPUs nor Trainium']],
    ['of types of which one has GPUs', eks({ ...flexible('ml.m5.xlarge', 'ml.p5.48xlarge'), ...CHECKS }, CONTINUOUS), []],
    [
      'of types of which none has', eks({ ...flexible('ml.m5.xlarge', 'ml.m5.2xlarge'), ...CHECKS }, CONTINUOUS),
      ['warning DeepHealthCheckTypes[workers]'], ['ml.m5.xlarge, ml.m5.2xlarge has neither'],
    ],
    [
      'of CPUs in a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { instanceType: 'ml.m5.xlarge', ...CHECKS })] }),
      ['warning DeepHealthCheckTypes[nova]'],
    ],
    ['and taints', eks({ instanceType: 'ml.p5.48xlarge', ...CHECKS, ...TAINTS }), ['warning DeepHealthCheckTaints[workers]'], ['do not go together']],
    ['and labels', eks({ instanceType: 'ml.p5.48xlarge', ...CHECKS, kubernetesConfig: { labels: { team: 'a' } } }), []],
    ['and an empty list of taints', eks({ instanceType: 'ml.p5.48xlarge', ...CHECKS, kubernetesConfig: { taints: [] } }), []],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});

describe('keys of labels and taints', () => {
  test.each<Case>([
    ['of one\'s own', eks({ kubernetesConfig: { labels: { 'example.com/team': 'a', 'mykubernetes.io/team': 'a' }, ...TAINTS.kubernetesConfig } }), []],
    [
      'with reserved prefixes',
      eks({ kubernetesConfig: { labels: { 'sagemaker.amazonaws.com/team': 'a' }, taints: [{ key: 'karpenter.sh/team', effect: 'NoSchedule' }] } }),
      ['warning ReservedKubernetesKeys[workers]'], ['"sagemaker.amazonaws.com/team", "karpenter.sh/team"'],
    ],
  ])('%s', (_, ...expected) => expectFindings(...expected));

  test('a finding tells which of them', () => {
    expect(propertyFindings(eks({ kubernetesConfig: { taints: [{ key: 'a', effect: 'NoSchedule' }, { key: 'k8s.io/b', effect: 'NoSchedule' }] } }))[0].locations)
      .toEqual(['Properties.InstanceGroups.0.KubernetesConfig.Taints.1.Key']);
  });
});

// CDK's own validation rejects a type that it does not know.
test('of a type that is newer than what is known of types, nothing is said', () => {
  expectFindings(eks({ instanceType: 'ml.zz9.48xlarge', threadsPerCore: 2, ...EFA, ...CHECKS }), [], [], { withoutValidation: true });
});
