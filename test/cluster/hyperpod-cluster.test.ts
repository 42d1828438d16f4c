import { App, CfnOutput, CfnParameter, PhysicalName, PropertyInjectors, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { clusterIn, clusterProperties, group, importedVpc } from './fixtures';
import {
  HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, LifecycleScripts, NodeProvisioningMode, NodeRecovery, SlurmNode,
} from '../../src';
import { onlyResource, synthTemplate, testApp } from '../private/app';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

describe('what is rendered', () => {
  test('the smallest cluster has a role, a bucket and a script of its own, and names nothing', () => {
    clusterIn(stack);

    expect(clusterProperties(stack)).toEqual({
      InstanceGroups: [{
        InstanceGroupName: 'workers',
        InstanceType: 'ml.m5.xlarge',
        InstanceCount: 1,
        ExecutionRole: { 'Fn::GetAtt': [expect.stringMatching(/^TrainingExecutionRole/), 'Arn'] },
        LifeCycleConfig: {
          SourceS3Uri: { 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^TrainingLifecycleBucket/) }, expect.stringMatching(/\/$/)]] },
          OnInitComplete: 'noop.sh',
        },
      }],
    });
    const template = Template.fromStack(stack);
    template.allResourcesProperties('AWS::S3::Bucket', { BucketName: Match.absent() });
    template.allResourcesProperties('AWS::IAM::Role', { RoleName: Match.absent() });
  });

  test('every property reaches CloudFormation under its own name', () => {
    clusterIn(stack, {
      clusterName: 'training',
      nodeRecovery: NodeRecovery.AUTOMATIC,
      nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS,
      lifecycleScripts: LifecycleScripts.none(),
      instanceGroups: [
        group('controller', { slurmNode: SlurmNode.controller() }),
        group('login', { slurmNode: SlurmNode.login() }),
        group('workers', { slurmNode: SlurmNode.compute('gpu'), instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 4 }),
      ],
    });

    const role = { 'Fn::GetAtt': [expect.any(String), 'Arn'] };
    const common = { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, ExecutionRole: role };
    expect(clusterProperties(stack)).toEqual({
      ClusterName: 'training',
      NodeRecovery: 'Automatic',
      NodeProvisioningMode: 'Continuous',
      InstanceGroups: [
        { ...common, InstanceGroupName: 'controller', SlurmConfig: { NodeType: 'Controller' } },
        { ...common, InstanceGroupName: 'login', SlurmConfig: { NodeType: 'Login' } },
        {
          ...common,
          InstanceGroupName: 'workers',
          InstanceType: 'ml.p5.48xlarge',
          InstanceCount: 4,
          SlurmConfig: { NodeType: 'Compute', PartitionNames: ['gpu'] },
        },
      ],
    });
  });

  test('instance groups added later are rendered after those given, in order', () => {
    const cluster = clusterIn(stack);
    cluster.addInstanceGroup(group('second'));
    cluster.addInstanceGroup(group('third'));

    expect(clusterProperties(stack).InstanceGroups.map((rendered: any) => rendered.InstanceGroupName)).toEqual(['workers', 'second', 'third']);
  });

  test('the L1 is the default child, so that escape hatches and tags reach it', () => {
    const cluster = clusterIn(stack);
    (cluster.node.defaultChild as CfnCluster).addPropertyOverride('NodeRecovery', 'None');
    Tags.of(cluster).add('team', 'research');

    expect(clusterProperties(stack)).toMatchObject({ NodeRecovery: 'None', Tags: [{ Key: 'team', Value: 'research' }] });
  });

  test('no partition is written out', () => {
    clusterIn(stack, { vpc: importedVpc(stack) });

    expect(JSON.stringify(synthTemplate(stack))).not.toContain('arn:aws:');
  });

  test('two clusters in one stack share neither role, bucket nor prefix', () => {
    clusterIn(stack);
    new HyperPodCluster(stack, 'Serving', { instanceGroups: [group('workers')] });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::Bucket', 2);
    const uploads = Object.values(template.findResources('Custom::CDKBucketDeployment'));
    expect(new Set(uploads.map(upload => upload.Properties.DestinationBucketKeyPrefix.split('/')[0])).size).toBe(2);
    expect(uploads).toHaveLength(2);
  });
});

describe('attributes', () => {
  test('ARN and id are those of the deployed cluster', () => {
    const cluster = clusterIn(stack, { clusterName: 'training' });
    new CfnOutput(stack, 'Arn', { value: cluster.clusterArn });
    new CfnOutput(stack, 'Id', { value: cluster.clusterId });
    new CfnOutput(stack, 'Ref', { value: cluster.clusterRef.clusterArn });

    const { logicalId } = onlyResource(stack, 'AWS::SageMaker::Cluster');
    const arn = { 'Fn::GetAtt': [logicalId, 'ClusterArn'] };
    expect(synthTemplate(stack).Outputs).toEqual({
      Arn: { Value: arn },
      Id: { Value: { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] }] }] } },
      Ref: { Value: arn },
    });
    expect(cluster.clusterName).toBe('training');
  });

  test('the name of a cluster that CloudFormation names is not known', () => {
    expect(clusterIn(stack).clusterName).toBeUndefined();
  });

  test('has no name that is known if CDK is to make one where it is needed', () => {
    const cluster = clusterIn(stack, { clusterName: PhysicalName.GENERATE_IF_NEEDED });

    expect(cluster.clusterName).toBeUndefined();
    expect(clusterProperties(stack).ClusterName).toBeUndefined();
  });

  test('connections are those of the security group', () => {
    const cluster = clusterIn(stack, { vpc: importedVpc(stack) });
    const peer = SecurityGroup.fromSecurityGroupId(stack, 'Peer', 'sg-22222222');
    cluster.connections.allowFrom(peer, Port.tcp(22));

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-22222222', FromPort: 22 });
  });

  test('fails to give connections without a VPC', () => {
    expect(() => clusterIn(stack).connections).toThrow('connections of this HyperPod cluster are not known');
  });

  test('the bucket is the one made, the one given, or none', () => {
    const given = new Bucket(stack, 'Given');

    expect(clusterIn(stack).lifecycleBucket?.node.path).toBe('Stack/Training/LifecycleBucket');
    expect(new HyperPodCluster(stack, 'B', { lifecycleBucket: given }).lifecycleBucket).toBe(given);
    const none = new HyperPodCluster(stack, 'C', { lifecycleScripts: LifecycleScripts.none(), instanceGroups: [group('workers')] });
    expect(none.lifecycleBucket).toBeUndefined();
  });
});

describe('imports', () => {
  const ARN = 'arn:aws-cn:sagemaker:cn-north-1:111122223333:cluster/abcdefghijkl';

  test('by ARN: id and environment come from it, and nothing is rendered', () => {
    const cluster = HyperPodCluster.fromHyperPodClusterArn(stack, 'Imported', ARN);

    expect(cluster.clusterArn).toBe(ARN);
    expect(cluster.clusterRef).toEqual({ clusterArn: ARN });
    expect(cluster.clusterId).toBe('abcdefghijkl');
    expect(cluster.env).toMatchObject({ account: '111122223333', region: 'cn-north-1' });
    expect(cluster.clusterName).toBeUndefined();
    expect(() => cluster.connections).toThrow('import it with its securityGroups');
    new Bucket(stack, 'SomethingElse');
    Template.fromStack(stack).resourceCountIs('AWS::SageMaker::Cluster', 0);
  });

  test('by attributes: name and security groups are as given', () => {
    const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-11111111');
    const cluster = HyperPodCluster.fromHyperPodClusterAttributes(stack, 'Imported', {
      clusterArn: ARN, clusterName: 'training', securityGroups: [securityGroup],
    });

    expect(cluster.clusterName).toBe('training');
    expect(cluster.connections.securityGroups).toEqual([securityGroup]);
  });

  test('by an ARN known at deployment', () => {
    const arn = new CfnParameter(stack, 'ClusterArn').valueAsString;
    const cluster = HyperPodCluster.fromHyperPodClusterArn(stack, 'Imported', arn);

    expect(stack.resolve(cluster.clusterId)).toEqual({
      'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'ClusterArn' }] }] }] }],
    });
  });

  test('isHyperPodCluster knows a defined cluster from anything else', () => {
    expect(HyperPodCluster.isHyperPodCluster(clusterIn(stack))).toBe(true);
    expect(HyperPodCluster.isHyperPodCluster(HyperPodCluster.fromHyperPodClusterArn(stack, 'Imported', ARN))).toBe(false);
    expect([undefined, null, 'cluster', {}, stack].map(x => HyperPodCluster.isHyperPodCluster(x))).not.toContain(true);
  });
});

test('property injectors of an organization apply', () => {
  const app: App = testApp();
  PropertyInjectors.of(app).add({
    constructUniqueId: HyperPodCluster.PROPERTY_INJECTION_ID,
    inject: (props: HyperPodClusterProps) => ({ nodeRecovery: NodeRecovery.AUTOMATIC, ...props }),
  });
  const injected = new Stack(app, 'Stack');
  clusterIn(injected);

  expect(clusterProperties(injected).NodeRecovery).toBe('Automatic');
});

describe('the preflight check, which every cluster brings', () => {
  const findings = () => [...Annotations.fromStack(stack).findWarning('*', Match.anyValue()), ...Annotations.fromStack(stack).findError('*', Match.anyValue())];

  test.each<[string, () => HyperPodClusterProps]>([
    ['of its own', () => ({ vpc: importedVpc(stack) })],
    ['in a bucket of the app', () => ({ lifecycleBucket: new Bucket(stack, 'Given') })],
    ['in a named bucket', () => ({ lifecycleScripts: LifecycleScripts.fromBucket(Bucket.fromBucketName(stack, 'Named', 'scripts'), 'a', { onCreate: 'b.sh' }) })],
    ['not at all', () => ({ lifecycleScripts: LifecycleScripts.none() })],
  ])('finds nothing on a cluster with scripts %s', (_, props) => {
    clusterIn(stack, props());

    expect(findings()).toEqual([]);
  });

  test('finds what an escape hatch breaks', () => {
    const cluster = clusterIn(stack);
    (cluster.node.defaultChild as CfnCluster).addPropertyOverride('InstanceGroups.0.LifeCycleConfig.SourceS3Uri', 's3://other-bucket/config/');

    expect(findings()).not.toEqual([]);
  });
});
