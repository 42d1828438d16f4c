import { CfnCondition, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { eks, expectFindings, group, LIFE_CYCLE_CONFIG, propertyFindings, restrictedGroup, slurm, VPC_CONFIG } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };
const DNS = 'fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com';
const ELSEWHERE = { env: { account: '444455556666', region: 'eu-west-1' } };

/** What a template says with parameters. */
class Parameters {
  private count = 0;

  constructor(private readonly stack: Stack) {}

  string(): string {
    return new CfnParameter(this.stack, `Parameter${this.count++}`).valueAsString;
  }

  number(): number {
    return new CfnParameter(this.stack, `Parameter${this.count++}`, { type: 'Number' }).valueAsNumber;
  }

  list(): string[] {
    return new CfnParameter(this.stack, `Parameter${this.count++}`, { type: 'CommaDelimitedList' }).valueAsList;
  }

  boolean(): any {
    return Token.asAny({ Ref: new CfnParameter(this.stack, `Parameter${this.count++}`, { allowedPattern: 'true|false' }).logicalId });
  }

  /** An object that only the deployment knows. */
  object(): any {
    return Token.asAny({ 'Fn::FindInMap': ['Settings', this.string(), 'value'] });
  }
}

// CDK's own validation does not accept every one of these; the rules have to bear them all.
const UNCHECKED = { withoutValidation: true };

describe('a value that only the deployment knows is not judged', () => {
  test.each<[string, (of: Parameters) => CfnClusterProps]>([
    ['InstanceGroups', of => ({ ...eks(), instanceGroups: of.object() })],
    ['an instance group', of => ({ ...eks(), instanceGroups: [of.object()] })],
    ['RestrictedInstanceGroups', of => eks({}, { restrictedInstanceGroups: of.object() })],
    ['a restricted instance group', of => eks({}, { restrictedInstanceGroups: [of.object()] })],
    ['an instance group beside the login group', of => ({ instanceGroups: [group('login', { slurmConfig: { nodeType: 'Login' } }), of.object()] })],
    ['InstanceGroupName', of => ({ instanceGroups: [group(of.string()), group(of.string())] })],
    ['InstanceType', of => eks({ instanceType: of.string(), threadsPerCore: 2, networkInterface: { interfaceType: 'efa' }, onStartDeepHealthChecks: ['InstanceStress'] })],
    ['InstanceRequirements', of => eks({ instanceType: undefined, instanceRequirements: of.object(), onStartDeepHealthChecks: ['InstanceStress'] }, CONTINUOUS)],
    ['InstanceTypes', of => eks({ instanceType: undefined, instanceRequirements: { instanceTypes: of.list() } }, CONTINUOUS)],
    ['two of InstanceTypes', of => eks({ instanceType: undefined, instanceRequirements: { instanceTypes: [of.string(), of.string()] } }, CONTINUOUS)],
    ['InstanceCount', of => eks({ instanceCount: of.number(), minInstanceCount: 5 }, CONTINUOUS)],
    ['MinInstanceCount', of => eks({ minInstanceCount: of.number() }, CONTINUOUS)],
    ['InstanceCount of the controller', of => slurm({ ...CONTROLLER, instanceCount: of.number() }, CONTINUOUS)],
    ['CapacityRequirements', of => eks({ capacityRequirements: of.object() })],
    ['TrainingPlanArn', of => slurm({ trainingPlanArn: of.string() })],
    ['ThreadsPerCore', of => slurm({ instanceType: 'ml.m7g.xlarge', threadsPerCore: of.number() })],
    ['NetworkInterface', of => slurm({ networkInterface: of.object() })],
    ['InterfaceType', of => slurm({ networkInterface: { interfaceType: of.string() } })],
    ['OnStartDeepHealthChecks', of => eks({ onStartDeepHealthChecks: of.list(), kubernetesConfig: { taints: [{ key: 'team', effect: 'NoSchedule' }] } })],
    ['KubernetesConfig', of => eks({ instanceType: 'ml.p5.48xlarge', kubernetesConfig: of.object(), onStartDeepHealthChecks: ['InstanceStress'] })],
    ['Labels and Taints', of => eks({ instanceType: 'ml.p5.48xlarge', kubernetesConfig: { labels: of.object(), taints: of.object() }, onStartDeepHealthChecks: ['InstanceStress'] })],
    ['Key of a taint', of => eks({ kubernetesConfig: { taints: [{ key: of.string(), effect: 'NoSchedule' }, of.object()] } })],
    ['LifeCycleConfig', of => slurm({ lifeCycleConfig: of.object() })],
    ['LifeCycleConfig on EKS', of => eks({ lifeCycleConfig: of.object() })],
    ['OnCreate and SourceS3Uri', of => eks({ lifeCycleConfig: { onCreate: of.string(), sourceS3Uri: of.string() } })],
    ['ImageId', of => slurm({ imageId: of.string(), lifeCycleConfig: undefined })],
    ['SlurmConfig', of => slurm({ slurmConfig: of.object() }, CONTINUOUS)],
    ['NodeType', of => slurm({ slurmConfig: { nodeType: of.string() } }, CONTINUOUS)],
    ['PartitionNames', of => ({ instanceGroups: [group('head', CONTROLLER), group('a', { slurmConfig: { nodeType: 'Compute', partitionNames: of.list() } })] })],
    ['PartitionNames of the controller', of => slurm({ slurmConfig: { nodeType: 'Controller', partitionNames: of.list() } })],
    ['InstanceStorageConfigs', of => slurm({ instanceStorageConfigs: of.object() })],
    ['a storage configuration', of => slurm({ instanceStorageConfigs: [of.object(), of.object()] })],
    ['EbsVolumeConfig', of => slurm({ instanceStorageConfigs: [{ ebsVolumeConfig: of.object() }] })],
    ['RootVolume', of => slurm({ instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: of.boolean() } }, { ebsVolumeConfig: { rootVolume: of.boolean() } }] })],
    ['VolumeSizeInGB', of => slurm({ instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb: of.number() } }] })],
    ['VolumeKmsKeyId', of => slurm({ ...CONTROLLER, instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: of.string() } }] }, CONTINUOUS)],
    ['MountPath', of => slurm({
      ...CONTROLLER,
      instanceStorageConfigs: [
        { fsxLustreConfig: { dnsName: of.string(), mountName: of.string(), mountPath: of.string() } },
        { fsxOpenZfsConfig: { dnsName: DNS, mountPath: of.string() } },
      ],
    }, { vpcConfig: VPC_CONFIG })],
    ['EnvironmentConfig', of => eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { environmentConfig: of.object() })] })],
    ['SizeInGiB and PerUnitStorageThroughput', of => eks({}, {
      restrictedInstanceGroups: [restrictedGroup('nova', { environmentConfig: { fSxLustreConfig: { sizeInGiB: of.number(), perUnitStorageThroughput: of.number() } } })],
    })],
    ['RestrictedInstanceGroupsConfig', of => eks({}, { restrictedInstanceGroupsConfig: of.object() })],
    ['SharedEnvironmentConfig', of => eks({}, { restrictedInstanceGroupsConfig: { sharedEnvironmentConfig: of.object() } })],
    ['Orchestrator', of => slurm({ ...CONTROLLER, kubernetesConfig: {} }, { orchestrator: of.object(), tieredStorageConfig: { mode: 'Enable' } })],
    ['Orchestrator.Slurm', of => slurm(CONTROLLER, { orchestrator: { slurm: of.object() }, ...CONTINUOUS })],
    ['Orchestrator.Eks', of => eks({}, { orchestrator: { eks: of.object() } })],
    ['ClusterArn', of => eks({}, { orchestrator: { eks: { clusterArn: of.string() } } })],
    ['NodeProvisioningMode', of => slurm({ ...CONTROLLER, minInstanceCount: 1, instanceCount: 2 }, {
      nodeProvisioningMode: of.string(), orchestrator: { slurm: { slurmConfigStrategy: 'Merge' } },
    })],
    ['VpcConfig', of => eks({}, { vpcConfig: of.object() })],
    ['Subnets and SecurityGroupIds', of => eks({}, { vpcConfig: { subnets: of.list(), securityGroupIds: [of.string(), of.string()] } })],
    ['OverrideVpcConfig', of => eks({ overrideVpcConfig: of.object() })],
    ['AutoScaling', of => eks({}, { autoScaling: of.object() })],
    ['Mode of AutoScaling', of => slurm({}, { autoScaling: { mode: of.string() } })],
    ['ClusterRole and NodeRecovery', of => eks({}, { autoScaling: { mode: 'Enable' }, clusterRole: of.string(), nodeRecovery: of.string(), ...CONTINUOUS })],
    ['TieredStorageConfig', of => slurm({}, { tieredStorageConfig: of.object() })],
    ['Mode and percentage of TieredStorageConfig', of => eks({}, { tieredStorageConfig: { mode: of.string(), instanceMemoryAllocationPercentage: 1 } })],
    ['percentage of TieredStorageConfig', of => eks({}, { tieredStorageConfig: { mode: 'Enable', instanceMemoryAllocationPercentage: of.number() } })],
  ])('%s', (_, build) => {
    // Without a literal ARN, no Region or account but that of the stack is known.
    expectFindings(stack => ({ ...build(new Parameters(stack)) }), [], [], UNCHECKED);
  });

  test.each<[string, (of: Parameters) => CfnClusterProps]>([
    ['TrainingPlanArn', of => slurm({ trainingPlanArn: of.string() })],
    ['a part of TrainingPlanArn', of => slurm({ trainingPlanArn: `arn:aws:sagemaker:${of.string()}:${of.string()}:training-plan/spring` })],
    ['ClusterArn', of => eks({}, { orchestrator: { eks: { clusterArn: of.string() } } })],
  ])('%s, in a stack of a known Region and account', (_, build) => {
    expectFindings(stack => build(new Parameters(stack)), [], [], { ...UNCHECKED, ...ELSEWHERE });
  });
});

test('a token beside a literal does not hide what the literal says', () => {
  expectFindings(stack => slurm({ lifeCycleConfig: { ...LIFE_CYCLE_CONFIG, onInitComplete: new Parameters(stack).string() } }), ['error LifecycleConfig[workers]']);
});

test('numbers and booleans in quotes are read as CloudFormation reads them', () => {
  expectFindings(eks({ instanceType: 'ml.m7g.xlarge' }, CONTINUOUS), ['error EbsVolumes[workers]', 'warning ThreadsPerCore[workers]'],
    ['ThreadsPerCore 2', 'The root volume has no VolumeKmsKeyId'], {
      overrides: {
        'InstanceGroups.0.ThreadsPerCore': '2',
        'InstanceGroups.0.InstanceStorageConfigs': [{ EbsVolumeConfig: { RootVolume: 'true' } }],
      },
    });
});

describe('conditions', () => {
  const withCondition = (props: (condition: string) => CfnClusterProps) => (stack: Stack) => props(new CfnCondition(stack, 'IsLarge', {
    expression: Fn.conditionEquals(new CfnParameter(stack, 'Size').valueAsString, 'large'),
  }).logicalId);

  test('what is wrong in one of two ways to deploy the app is a warning that says in which', () => {
    const [finding, ...others] = propertyFindings(withCondition(condition => slurm({
      ...CONTROLLER, instanceCount: Token.asNumber(Fn.conditionIf(condition, 3, 1)),
    }, CONTINUOUS)));
    expect(others).toEqual([]);
    expect(finding.summary).toBe('warning SlurmControllerCount[workers]');
    expect(finding.message).toContain('This is so when Size is large.');
  });

  test('a property that is left out in every way is absent', () => {
    expectFindings(withCondition(condition => eks({ lifeCycleConfig: Fn.conditionIf(condition, Fn.ref('AWS::NoValue'), Fn.ref('AWS::NoValue')) })),
      ['error EksLifecycleConfig[workers]']);
  });

  test('a parameter with a fixed choice of values is looked at with each', () => {
    expectFindings(stack => slurm({
      instanceType: new CfnParameter(stack, 'Type', { allowedValues: ['ml.m5.xlarge', 'ml.m7g.xlarge'], default: 'ml.m5.xlarge' }).valueAsString, threadsPerCore: 2,
    }), ['warning ThreadsPerCore[workers]'], ['This is so when Type is ml.m7g.xlarge']);
  });
});
