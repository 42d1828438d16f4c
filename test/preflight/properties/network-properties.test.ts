import { CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { eksVpc } from '../../../src/preflight/properties/eks-vpc';
import { overrideVpcConfig } from '../../../src/preflight/properties/override-vpc-config';
import { repeatedNetworkIds } from '../../../src/preflight/properties/repeated-network-ids';
import { trainingPlanLocation } from '../../../src/preflight/properties/training-plan-location';
import { eks, group, slurm, VPC_CONFIG } from '../private/cluster-properties';
import { conditions, groupUnder } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const TWICE = { subnets: ['subnet-11111111', 'subnet-22222222', 'subnet-11111111'], securityGroupIds: ['sg-11111111'] };
const OVERRIDE = { overrideVpcConfig: VPC_CONFIG };
const PLAN = 'arn:aws:sagemaker:us-west-2:111122223333:training-plan/spring-training';
const PLAN_ARN = ['InstanceGroups.0.TrainingPlanArn'];
const ELSEWHERE = { env: { account: '444455556666', region: 'eu-west-1' } };

testRule(eksVpc, {
  silent: [['Slurm without a VPC', slurm()], ['EKS with one', eks()]],
  finds: [
    ['EKS without a VPC', eks({}, { vpcConfig: undefined }), 'error', [], 'it has no VpcConfig, which EKS clusters need', ['VpcConfig']],
    ['EKS without a VPC that a group overrides', eks(OVERRIDE, { vpcConfig: undefined }), 'error', [], 'it has no VpcConfig', ['VpcConfig']],
  ],
  tokens: [['a VPC under a condition', stack => {
    const [condition] = conditions(stack, 1);
    return eks({}, { vpcConfig: Fn.conditionIf(condition, { Subnets: ['subnet-11111111'], SecurityGroupIds: ['sg-11111111'] }, Fn.ref('AWS::NoValue')) });
  }, 'warning', [], 'This is so when P0 is not yes.', ['VpcConfig']]],
});

testRule(overrideVpcConfig, {
  silent: [
    ['a group that overrides the VPC of the cluster', slurm(OVERRIDE, { vpcConfig: VPC_CONFIG })],
    ['EKS without a VPC, which another rule is about', eks(OVERRIDE, { vpcConfig: undefined })],
  ],
  finds: [
    [
      'a group that overrides the VPC of a cluster that has none', slurm(OVERRIDE), 'error', ['workers'], 'overrides nothing: the cluster has no VpcConfig',
      ['InstanceGroups.0.OverrideVpcConfig'],
    ],
    [
      'two of three groups', { instanceGroups: [group('a', OVERRIDE), group('b'), group('c', OVERRIDE)] }, 'error', ['a', 'c'],
      'OverrideVpcConfig of instance groups "a", "c" overrides nothing', ['InstanceGroups.0.OverrideVpcConfig', 'InstanceGroups.2.OverrideVpcConfig'],
    ],
  ],
  tokens: [
    ['a VPC that only the deployment knows', stack =>
      slurm(OVERRIDE, { vpcConfig: { subnets: new CfnParameter(stack, 'Subnets', { type: 'CommaDelimitedList' }).valueAsList, securityGroupIds: ['sg-11111111'] } })],
    ['a group under one of nine conditions, named by a parameter', stack => {
      const name = new CfnParameter(stack, 'Workers').valueAsString;
      return { instanceGroups: [...conditions(stack, 9).map((one, index) => groupUnder(one, index === 7 ? group(name, OVERRIDE) : group(`a${index}`))), group('b')] };
    }, 'warning', ['${Workers}'], 'This is so when P7 is yes.', ['InstanceGroups.7.OverrideVpcConfig']],
  ],
});

testRule(repeatedNetworkIds, {
  silent: [[
    'a subnet of the app twice, and one once',
    stack => {
      const vpc = new CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      const [first, second] = ['10.0.0.0/24', '10.0.1.0/24'].map((cidrBlock, index) => new CfnSubnet(stack, `Subnet${index}`, { vpcId: vpc.ref, cidrBlock }));
      return slurm({}, { vpcConfig: { subnets: [first.ref, second.ref, first.attrSubnetId], securityGroupIds: ['sg-11111111'] } });
    },
  ]],
  finds: [
    ['a subnet twice', slurm({}, { vpcConfig: TWICE }), 'warning', [], 'subnet-11111111 in Subnets', ['VpcConfig.Subnets']],
    [
      'a security group twice in a group',
      slurm({ overrideVpcConfig: { ...VPC_CONFIG, securityGroupIds: ['sg-11111111', 'sg-11111111'] } }, { vpcConfig: VPC_CONFIG }), 'warning', ['workers'],
      'sg-11111111 in SecurityGroupIds', ['InstanceGroups.0.OverrideVpcConfig.SecurityGroupIds'],
    ],
    [
      'one reference twice',
      stack => {
        const { ref } = new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-11111111', cidrBlock: '10.0.0.0/24' });
        return slurm({}, { vpcConfig: { subnets: [ref, ref], securityGroupIds: ['sg-11111111'] } });
      }, 'warning', [], 'in Subnets', ['VpcConfig.Subnets'],
    ],
  ],
  tokens: [['a list that only the deployment knows', stack =>
    slurm({}, { vpcConfig: { subnets: new CfnParameter(stack, 'Subnets', { type: 'CommaDelimitedList' }).valueAsList, securityGroupIds: ['sg-11111111'] } })]],
});

testRule(trainingPlanLocation, {
  silent: [
    ['a training plan of the same Region and account', slurm({ trainingPlanArn: PLAN }), { env: { account: '111122223333', region: 'us-west-2' } }],
    ['a training plan, where it is not known where the stack is deployed', slurm({ trainingPlanArn: PLAN })],
  ],
  finds: [
    [
      'a training plan of another Region', slurm({ trainingPlanArn: PLAN }), 'error', ['workers'], 'is of the Region us-west-2, the cluster of us-east-1',
      PLAN_ARN, { env: { account: '111122223333', region: 'us-east-1' } },
    ],
    [
      'a training plan of another account', slurm({ trainingPlanArn: PLAN }), 'warning', ['workers'],
      'is of the account 111122223333, the cluster of 444455556666', PLAN_ARN, { env: { account: '444455556666', region: 'us-west-2' } },
    ],
  ],
  tokens: [
    ['a plan that only the deployment knows', stack => slurm({ trainingPlanArn: new CfnParameter(stack, 'Plan').valueAsString }), ELSEWHERE],
    ['a Region and an account that only the deployment knows', stack => {
      const [region, account] = ['PlanRegion', 'PlanAccount'].map(id => new CfnParameter(stack, id).valueAsString);
      return slurm({ trainingPlanArn: `arn:aws:sagemaker:${region}:${account}:training-plan/spring` });
    }, ELSEWHERE],
  ],
});
