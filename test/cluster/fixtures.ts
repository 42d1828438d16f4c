import { Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, InstanceGroupOptions } from '../../src';
import { onlyResource } from '../private/app';

/** An instance group that is nothing special. */
export function group(instanceGroupName: string, options: Partial<InstanceGroupOptions> = {}): InstanceGroupOptions {
  return { instanceGroupName, instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, ...options };
}

/** A cluster of one instance group, unless told otherwise. */
export function clusterIn(stack: Stack, props: HyperPodClusterProps = {}): HyperPodCluster {
  return new HyperPodCluster(stack, 'Training', { instanceGroups: [group('workers')], ...props });
}

/** A VPC with two private subnets, defined elsewhere. */
export function importedVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-11111111',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-11111111', 'subnet-22222222'],
    privateSubnetRouteTableIds: ['rtb-11111111', 'rtb-22222222'],
  });
}

/** The properties of the only cluster of a stack. */
export function clusterProperties(stack: Stack): any {
  return onlyResource(stack, 'AWS::SageMaker::Cluster').resource.Properties;
}

/** What the only cluster of a stack waits for. */
export function clusterDependsOn(stack: Stack): string[] {
  return onlyResource(stack, 'AWS::SageMaker::Cluster').resource.DependsOn ?? [];
}
