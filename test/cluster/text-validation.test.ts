import { CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { clusterIn, clusterProperties, group, importedVpc } from './fixtures';
import {
  HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, InstanceCapacity, LifecycleScripts, Orchestrator, SlurmNode,
  SlurmProvisioningParameters, UpdateBatchSize,
} from '../../src';
import { synthTemplate, testApp } from '../private/app';

const PLAN = 'arn:aws:sagemaker:us-east-1:111122223333:training-plan/spring';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

/** A cluster with a text somewhere, and the same text in a bare `CfnCluster`, which CDK's own validation judges. */
interface Place {
  readonly define: (text: string) => void;
  readonly bare: (text: string) => object;
}

const bareGroup = (properties: object) => ({
  instanceGroups: [{ instanceGroupName: 'workers', instanceType: 'ml.m5.xlarge', instanceCount: 1, executionRole: 'arn:aws:iam::111122223333:role/Nodes', ...properties }],
});
const slurmGroups = (partition: string) => [
  group('controller', { slurmNode: SlurmNode.controller() }), group('workers', { slurmNode: SlurmNode.compute(partition) }),
];
const accounting = (databaseName: string) => Orchestrator.slurm({
  accountingDatabase: { databaseName, endpoint: new Endpoint('db.example.com', 3306), secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounts') },
});

function onEksWithRestrictedGroup(options: { instanceGroupName?: string; trainingPlanArn?: string }): void {
  const orchestrator = Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks', clusterSecurityGroupId: 'sg-11111111' }));
  new HyperPodCluster(stack, 'Training', {
    vpc: importedVpc(stack),
    orchestrator,
    restrictedInstanceGroups: [{ instanceGroupName: 'nova', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1, ...options }],
  });
}

const PLACES = {
  'clusterName': {
    define: clusterName => clusterIn(stack, { clusterName }),
    bare: clusterName => ({ clusterName, ...bareGroup({}) }),
  },
  'instanceGroupName': {
    define: name => clusterIn(stack, { instanceGroups: [group(name)] }),
    bare: instanceGroupName => bareGroup({ instanceGroupName }),
  },
  'the name of a group that comes later': {
    define: name => clusterIn(stack).addInstanceGroup(group(name)),
    bare: instanceGroupName => bareGroup({ instanceGroupName }),
  },
  'the name of a restricted group': {
    define: instanceGroupName => onEksWithRestrictedGroup({ instanceGroupName }),
    bare: instanceGroupName => bareGroup({ instanceGroupName }),
  },
  'the name of a group in a nested stack': {
    define: name => clusterIn(new NestedStack(stack, 'Nested'), { instanceGroups: [group(name)] }),
    bare: instanceGroupName => bareGroup({ instanceGroupName }),
  },
  'a partition': {
    define: partition => clusterIn(stack, { instanceGroups: slurmGroups(partition) }),
    bare: partition => bareGroup({ slurmConfig: { nodeType: 'Compute', partitionNames: [partition] } }),
  },
  'a database': {
    define: name => clusterIn(stack, { orchestrator: accounting(name), instanceGroups: slurmGroups('gpu') }),
    bare: name => ({
      ...bareGroup({}),
      orchestrator: { slurm: { accountingDatabase: { name, endpoint: 'db.example.com', port: 3306, secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf' } } },
    }),
  },
  'a training plan': {
    define: arn => clusterIn(stack, { instanceGroups: [group('workers', { capacity: InstanceCapacity.trainingPlan(arn) })] }),
    bare: trainingPlanArn => bareGroup({ trainingPlanArn }),
  },
  'the training plan of a restricted group': {
    define: trainingPlanArn => onEksWithRestrictedGroup({ trainingPlanArn }),
    bare: trainingPlanArn => bareGroup({ trainingPlanArn }),
  },
  'a schedule': {
    define: scheduleExpression => clusterIn(stack, {
      instanceGroups: [group('workers', { scheduledUpdate: { scheduleExpression, rollingUpdate: { maximumBatchSize: UpdateBatchSize.instances(1) } } })],
    }),
    bare: scheduleExpression => bareGroup({ scheduledUpdateConfig: { scheduleExpression } }),
  },
} satisfies Record<string, Place>;

type PlaceName = keyof typeof PLACES;

const allowed = 'give 1 to 63 letters and digits, with hyphens between them';
const REFUSED: [PlaceName, string, string][] = [
  ...(['clusterName', 'instanceGroupName', 'the name of a group that comes later', 'the name of a restricted group', 'the name of a group in a nested stack'] as const)
    .flatMap((place): [PlaceName, string, string][] => [
      [place, 'gpu_workers', `"gpu_workers" is not accepted, ${allowed}`], [place, '-a', allowed], [place, 'a-', allowed], [place, 'a b', allowed],
      [place, 'a.b', allowed], [place, 'ä', allowed],
    ]),
  ['clusterName', 'a'.repeat(64), allowed],
  ['clusterName', '', allowed],
  ['instanceGroupName', '', allowed],
  ['a partition', 'gpu_a100', 'instance group "workers" has partition "gpu_a100", which SlurmConfig does not accept; give letters, digits, and hyphens'],
  ['a database', 'slurm-acct', 'databaseName "slurm-acct" of the accounting database is not accepted, give letters, digits, _ and $ alone'],
  ['a database', '', 'databaseName ""'],
  ['a training plan', 'spring', 'instance group "workers" has training plan "spring", which is not the ARN of one; '
    + 'give it as arn:<partition>:sagemaker:<region>:<account>:training-plan/<name>'],
  ['a training plan', PLAN.replace('training-plan', 'cluster'), 'not the ARN of one'],
  ['a training plan', PLAN.replace(':111122223333', ':'), 'not the ARN of one'],
  ['the training plan of a restricted group', PLAN.replace('sagemaker', 'ec2'), 'instance group "nova" has training plan'],
  ['a schedule', 'rate(1 day)', '"rate(1 day)": it is not cron(…) with minute, hour, day of month, month, day of week, year'],
  ['a schedule', 'cron(0 3 ? * SUN)', 'it is not cron(…)'],
  ['a schedule', '0 3 ? * SUN *', 'it is not cron(…)'],
  ['a schedule', 'cron(60 3 ? * SUN *)', 'the minute "60" is not 0 to 59; give one such as "cron(0 3 ? * SUN *)"'],
  ['a schedule', 'cron(0 24 ? * SUN *)', 'the hour "24" is not 0 to 23'],
  ['a schedule', 'cron(0 3 * * SUN *)', 'the day of month "*" is not 1 to 31 or ?'],
  ['a schedule', 'cron(0 3 ? JAN SUN *)', 'the month "JAN" is not 1 to 12, * or */n'],
  ['a schedule', 'cron(0 3 ? * * *)', 'the day of week "*" is not MON to SUN'],
  ['a schedule', 'cron(0 3 ? * SUN 2019)', 'the year "2019" is not 2020 to 2099 or *'],
];

test.each(REFUSED)('%s %j is refused in the props, as the schema refuses it', (place, text, message) => {
  expect(() => PLACES[place].define(text)).toThrow(message);
  const bare = new Stack(testApp(), 'Bare');
  new CfnCluster(bare, 'Cluster', PLACES[place].bare(text));
  expect(() => synthTemplate(bare)).toThrow(/CloudFormation Validate/);
});

const ACCEPTED: [PlaceName, string][] = [
  ['clusterName', 'my--cluster-1'], ['clusterName', 'a'.repeat(63)], ['instanceGroupName', '0'], ['instanceGroupName', 'A--b'],
  ['the name of a restricted group', 'nova-1'], ['a partition', 'gpu-a100'], ['a database', 'slurm_acct$db'],
  ['a training plan', PLAN], ['a training plan', PLAN.replace('arn:aws:', 'arn:aws-us-gov:')], ['the training plan of a restricted group', PLAN],
  ...['0 3 ? * SUN *', '59 23 31 12 7 2099', '05 03 09 09 1#5 *', '0 0 ? */3 L 2026', '0 0 ? * 5L *'].map((fields): [PlaceName, string] => ['a schedule', `cron(${fields})`]),
];

test.each(ACCEPTED)('%s %j is accepted, and the schema accepts it', (place, text) => {
  PLACES[place].define(text);

  expect(() => synthTemplate(stack)).not.toThrow();
});

test.each(Object.keys(PLACES).filter(place => place !== 'the name of a group in a nested stack') as PlaceName[])('%s that is known only at deployment is accepted', place => {
  const { valueAsString } = new CfnParameter(stack, 'Text');

  expect(() => PLACES[place].define(valueAsString)).not.toThrow();
});

test('scripts that set up Slurm may name a partition as Slurm allows', () => {
  const props: HyperPodClusterProps = {
    instanceGroups: slurmGroups('gpu_a100'),
    lifecycleScripts: LifecycleScripts.inline({ 'on_create.sh': '#!/bin/bash\nsystemctl start slurmctld slurmd\ncat provisioning_parameters.json\n' }, {
      onCreate: 'on_create.sh', provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups(),
    }),
  };
  clusterIn(stack, props);

  expect(clusterProperties(stack).InstanceGroups).toHaveLength(2);
});
