import { CfnParameter } from 'aws-cdk-lib';
import { deepHealthCheckTaints } from '../../../src/preflight/properties/deep-health-check-taints';
import { deepHealthCheckTypes } from '../../../src/preflight/properties/deep-health-check-types';
import { efaInterfaceType } from '../../../src/preflight/properties/efa-interface-type';
import { reservedKubernetesKeys } from '../../../src/preflight/properties/reserved-kubernetes-keys';
import { threadsPerCore } from '../../../src/preflight/properties/threads-per-core';
import { eks, type Group, restrictedGroup, slurm } from '../private/cluster-properties';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const EFA = { networkInterface: { interfaceType: 'efa' } };
const CHECKS = { onStartDeepHealthChecks: ['InstanceStress', 'InstanceConnectivity'] };
const TAINTS = { kubernetesConfig: { taints: [{ key: 'team', effect: 'NoSchedule' }] } };
const GPUS = { instanceType: 'ml.p5.48xlarge' };
// CDK's own validation rejects a type that it does not know.
const NEWER = eks({ instanceType: 'ml.zz9.48xlarge', threadsPerCore: 2, ...EFA, ...CHECKS });
const UNCHECKED = { withoutValidation: true };

function flexible(...instanceTypes: string[]): Partial<Group> {
  return { instanceType: undefined, instanceRequirements: { instanceTypes } };
}

testRule(threadsPerCore, {
  silent: [
    ['two on x86', slurm({ threadsPerCore: 2 })],
    ['one on Graviton', slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: 1 })],
    ['two on G5, of which EC2 says nothing', slurm({ instanceType: 'ml.g5.xlarge', threadsPerCore: 2 })],
    ['two on a type that is newer than what is known of types', NEWER, UNCHECKED],
  ],
  finds: [
    [
      'two on Graviton', slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: 2 }), 'warning', ['workers'],
      'ThreadsPerCore 2, but EC2 gives ml.m7g.xlarge 1 per core', ['InstanceGroups.0.ThreadsPerCore'],
    ],
    [
      'two on one of several types', eks({ ...flexible('ml.m5.xlarge', 'ml.m7g.xlarge'), threadsPerCore: 2 }, CONTINUOUS), 'warning', ['workers'],
      'gives ml.m7g.xlarge 1 per core', ['InstanceGroups.0.ThreadsPerCore'],
    ],
  ],
  tokens: [
    ['a number that only the deployment knows', stack =>
      slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: new CfnParameter(stack, 'Threads', { type: 'Number' }).valueAsNumber })],
    ['a type that is chosen from some', stack => slurm({
      instanceType: new CfnParameter(stack, 'Type', { allowedValues: ['ml.m5.xlarge', 'ml.m7g.xlarge'], default: 'ml.m5.xlarge' }).valueAsString, threadsPerCore: 2,
    }), 'warning', ['workers'], 'This is so when Type is ml.m7g.xlarge.', ['InstanceGroups.0.ThreadsPerCore']],
  ],
});

testRule(efaInterfaceType, {
  silent: [
    ['on a type with EFA', eks({ ...GPUS, ...EFA })],
    ['on a type that is newer than what is known of types', NEWER, UNCHECKED],
  ],
  finds: [
    [
      'on a type without', eks(EFA), 'warning', ['workers'], 'InterfaceType "efa", but as far as is known ml.m5.xlarge has no EFA',
      ['InstanceGroups.0.NetworkInterface.InterfaceType'],
    ],
    [
      'on a list with such a type', eks({ ...flexible('ml.p5.48xlarge', 'ml.g5.xlarge'), ...EFA }, CONTINUOUS), 'warning', ['workers'],
      'ml.g5.xlarge has no EFA', ['InstanceGroups.0.NetworkInterface.InterfaceType'],
    ],
  ],
  tokens: [['an interface type that only the deployment knows', stack =>
    eks({ networkInterface: { interfaceType: new CfnParameter(stack, 'Interface').valueAsString } }), UNCHECKED]],
});

testRule(deepHealthCheckTypes, {
  silent: [
    ['of GPUs', eks({ ...GPUS, ...CHECKS })],
    ['of Trainium', eks({ instanceType: 'ml.trn1.32xlarge', ...CHECKS })],
    ['of types of which one has GPUs', eks({ ...flexible('ml.m5.xlarge', 'ml.p5.48xlarge'), ...CHECKS }, CONTINUOUS)],
    ['of a type that is newer than what is known of types', NEWER, UNCHECKED],
  ],
  finds: [
    ['of CPUs', eks(CHECKS), 'warning', ['workers'], 'ml.m5.xlarge has neither GPUs nor Trainium', ['InstanceGroups.0.OnStartDeepHealthChecks']],
    [
      'of types of which none has', eks({ ...flexible('ml.m5.xlarge', 'ml.m5.2xlarge'), ...CHECKS }, CONTINUOUS), 'warning', ['workers'],
      'ml.m5.xlarge, ml.m5.2xlarge has neither', ['InstanceGroups.0.OnStartDeepHealthChecks'],
    ],
    [
      'of CPUs in a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { instanceType: 'ml.m5.xlarge', ...CHECKS })] }),
      'warning', ['nova'], 'ml.m5.xlarge has neither', ['RestrictedInstanceGroups.0.OnStartDeepHealthChecks'],
    ],
  ],
  tokens: [['a type that only the deployment knows', stack => eks({ instanceType: new CfnParameter(stack, 'Type').valueAsString, ...CHECKS })]],
});

testRule(deepHealthCheckTaints, {
  silent: [
    ['labels', eks({ ...GPUS, ...CHECKS, kubernetesConfig: { labels: { team: 'a' } } })],
    ['an empty list of taints', eks({ ...GPUS, ...CHECKS, kubernetesConfig: { taints: [] } })],
  ],
  finds: [[
    'taints', eks({ ...GPUS, ...CHECKS, ...TAINTS }), 'warning', ['workers'], 'do not go together',
    ['InstanceGroups.0.KubernetesConfig.Taints', 'InstanceGroups.0.OnStartDeepHealthChecks'],
  ]],
  tokens: [['checks that only the deployment knows', stack =>
    eks({ ...GPUS, ...TAINTS, onStartDeepHealthChecks: new CfnParameter(stack, 'Checks', { type: 'CommaDelimitedList' }).valueAsList })]],
});

testRule(reservedKubernetesKeys, {
  silent: [['keys of one\'s own', eks({ kubernetesConfig: { labels: { 'example.com/team': 'a', 'mykubernetes.io/team': 'a' }, ...TAINTS.kubernetesConfig } })]],
  finds: [
    [
      'a label and a taint with reserved prefixes',
      eks({ kubernetesConfig: { labels: { 'sagemaker.amazonaws.com/team': 'a' }, taints: [{ key: 'karpenter.sh/team', effect: 'NoSchedule' }] } }),
      'warning', ['workers'], '"sagemaker.amazonaws.com/team", "karpenter.sh/team"',
      ['InstanceGroups.0.KubernetesConfig.Labels.sagemaker.amazonaws.com/team', 'InstanceGroups.0.KubernetesConfig.Taints.0.Key'],
    ],
    [
      'one of two taints', eks({ kubernetesConfig: { taints: [{ key: 'a', effect: 'NoSchedule' }, { key: 'k8s.io/b', effect: 'NoSchedule' }] } }),
      'warning', ['workers'], '"k8s.io/b"', ['InstanceGroups.0.KubernetesConfig.Taints.1.Key'],
    ],
  ],
  tokens: [['a key that only the deployment knows', stack =>
    eks({ kubernetesConfig: { taints: [{ key: new CfnParameter(stack, 'Key').valueAsString, effect: 'NoSchedule' }] } })]],
});
