import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { HyperPodInstanceType } from '../../../src/cluster/instance-group/instance-type';
import { HyperPodAcceleratorKind, HyperPodInstanceTypeFacts, instanceTypeFacts } from '../../../src/service/instance-type-facts';

const constants = Object.entries(HyperPodInstanceType) as [string, HyperPodInstanceType][];

describe('the constants', () => {
  test('there are as many as there are distinct instance types', () => {
    expect(constants.length).toBeGreaterThan(200);
    expect(new Set(constants.map(([, type]) => type.instanceTypeName)).size).toBe(constants.length);
  });

  test.each(constants)('%s is named after its instance type and has plausible facts', (name, type) => {
    expect(type.instanceTypeName).toMatch(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/);
    expect(name).toBe(type.instanceTypeName.slice('ml.'.length).replace(/[.-]/g, '_').toUpperCase());
    expectPlausible(type.facts!);
  });
});

// Published on https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html and gp.html, and for HyperPod's addresses on
// https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
describe('facts that AWS publishes', () => {
  test.each<[string, Partial<HyperPodInstanceTypeFacts>]>([
    ['ml.p5.48xlarge', {
      listedInApi: true,
      architecture: InstanceArchitecture.X86_64,
      vcpuCount: 192,
      memoryMiB: 2048 * 1024,
      validThreadsPerCore: [1, 2],
      acceleratorKind: HyperPodAcceleratorKind.NVIDIA_GPU,
      acceleratorName: 'H100',
      acceleratorCount: 8,
      efaSupported: true,
      maximumEfaInterfaces: 32,
      localNvmeGB: 8 * 3800,
      ipAddressesPerSlurmNode: 32,
      ipAddressesPerEksNode: 81,
      deepHealthChecksSupported: true,
    }],
    ['ml.trn1.32xlarge', {
      vcpuCount: 128,
      memoryMiB: 512 * 1024,
      acceleratorKind: HyperPodAcceleratorKind.NEURON,
      acceleratorName: 'Trainium',
      acceleratorCount: 16,
      maximumEfaInterfaces: 8,
      ipAddressesPerSlurmNode: 8,
      ipAddressesPerEksNode: 57,
      deepHealthChecksSupported: true,
    }],
    ['ml.trn2.48xlarge', { acceleratorName: 'Trainium2', ipAddressesPerSlurmNode: 16, ipAddressesPerEksNode: 65 }],
    ['ml.p4d.24xlarge', { acceleratorName: 'A100', acceleratorCount: 8, maximumEfaInterfaces: 4, localNvmeGB: 8 * 1000 }],
    ['ml.p6-b200.48xlarge', { acceleratorName: 'B200', acceleratorCount: 8, maximumEfaInterfaces: 8 }],
    ['ml.g7e.48xlarge', { acceleratorName: 'RTX PRO Server 6000', acceleratorCount: 8 }],
    ['ml.c8g.48xlarge', { architecture: InstanceArchitecture.ARM_64, validThreadsPerCore: [1], efaSupported: true }],
    ['ml.m5.xlarge', {
      vcpuCount: 4,
      memoryMiB: 16 * 1024,
      acceleratorCount: 0,
      acceleratorKind: undefined,
      acceleratorName: undefined,
      efaSupported: false,
      maximumEfaInterfaces: 0,
      localNvmeGB: 0,
      deepHealthChecksSupported: false,
    }],
  ])('%s', (name, expected) => {
    expect(instanceTypeFacts(name)).toMatchObject(expected);
  });
});

describe('what is not known is undefined', () => {
  test('the threads per core of G5, of which EC2 reports none', () => {
    const g5 = constants.filter(([name]) => name.startsWith('G5_'));
    expect(g5).toHaveLength(8);
    for (const [, type] of g5) {
      expect(type.facts).toMatchObject({ vcpuCount: expect.any(Number), validThreadsPerCore: undefined });
    }
  });

  test('most of P6e-GB200, which has EFA according to HyperPod, but an unknown number of interfaces', () => {
    expect(HyperPodInstanceType.P6E_GB200_36XLARGE.facts).toEqual({
      listedInApi: true,
      vcpuCount: 144,
      memoryMiB: 960 * 1024,
      acceleratorKind: HyperPodAcceleratorKind.NVIDIA_GPU,
      acceleratorCount: 4,
      efaSupported: true,
      deepHealthChecksSupported: true,
    });
  });

  test('Inferentia2 is known, not listed in the API, and without deep health checks', () => {
    expect(HyperPodInstanceType.INF2_48XLARGE.facts).toMatchObject({
      listedInApi: false,
      acceleratorKind: HyperPodAcceleratorKind.NEURON,
      deepHealthChecksSupported: false,
    });
  });
});

describe('EFA support is the union of two lists', () => {
  test('G4dn has it according to EC2 alone', () => {
    expect(HyperPodInstanceType.G4DN_12XLARGE.facts?.efaSupported).toBe(true);
  });

  test('a small size of a family with EFA has none', () => {
    expect(HyperPodInstanceType.G5_4XLARGE.facts?.efaSupported).toBe(false);
    expect(HyperPodInstanceType.G5_8XLARGE.facts?.efaSupported).toBe(true);
  });
});

describe('of', () => {
  test('gives a listed type its facts', () => {
    expect(HyperPodInstanceType.of('ml.p5.48xlarge')).toEqual(HyperPodInstanceType.P5_48XLARGE);
    expect(HyperPodInstanceType.of('ml.p5.48xlarge').facts).toEqual(HyperPodInstanceType.P5_48XLARGE.facts);
  });

  test('accepts a type that is not listed, without facts', () => {
    const type = HyperPodInstanceType.of('ml.p99.48xlarge');
    expect(type.instanceTypeName).toBe('ml.p99.48xlarge');
    expect(type.facts).toBeUndefined();
  });

  test('accepts a token, and a string with a token in it, without facts', () => {
    const parameter = new CfnParameter(new Stack(new App(), 'Stack'), 'InstanceType');
    for (const name of [parameter.valueAsString, `ml.p5.${Token.asString({ Ref: 'Size' })}`, Token.asString({ Ref: 'Type' })]) {
      const type = HyperPodInstanceType.of(name);
      expect(type.instanceTypeName).toBe(name);
      expect(type.facts).toBeUndefined();
    }
  });

  test.each(['p5.48xlarge', '', 'ML.P5.48XLARGE', ' ml.p5.48xlarge', 'ml'])('fails on %j, which does not begin with ml.', name => {
    expect(() => HyperPodInstanceType.of(name)).toThrow(
      `the instance type ${JSON.stringify(name)} does not begin with "ml.", give the SageMaker name, such as "ml.p5.48xlarge"`);
  });
});

test.each(['constructor', '__proto__', 'toString', 'p5.48xlarge', 'ml.p5.48xlarge '])('no facts for the name %j', name => {
  expect(instanceTypeFacts(name)).toBeUndefined();
});

/** Every cell of the table's row is in its column, and no two facts contradict each other. */
function expectPlausible(facts: HyperPodInstanceTypeFacts) {
  expect([undefined, InstanceArchitecture.X86_64, InstanceArchitecture.ARM_64]).toContain(facts.architecture);
  expect([undefined, HyperPodAcceleratorKind.NVIDIA_GPU, HyperPodAcceleratorKind.NEURON]).toContain(facts.acceleratorKind);
  expect([undefined, '1', '1,2']).toContain(facts.validThreadsPerCore?.join());
  for (const number of Object.values(facts).filter(fact => typeof fact === 'number')) {
    expect(Number.isInteger(number) && number >= 0).toBe(true);
  }
  expect(facts.acceleratorKind !== undefined).toBe(facts.acceleratorCount! > 0);
  expect(facts.memoryMiB! / facts.vcpuCount!).toBeGreaterThanOrEqual(1024);
  if (facts.maximumEfaInterfaces !== undefined) {
    expect(facts.maximumEfaInterfaces > 0).toBe(facts.efaSupported);
    expect(facts.ipAddressesPerSlurmNode!).toBeGreaterThanOrEqual(Math.max(1, facts.maximumEfaInterfaces));
    expect(facts.ipAddressesPerEksNode!).toBeGreaterThan(facts.ipAddressesPerSlurmNode!);
  }
  if (facts.architecture === InstanceArchitecture.ARM_64) {
    expect(facts.validThreadsPerCore).toEqual([1]);
  }
}
