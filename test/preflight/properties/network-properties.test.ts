import { CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Case, eks, expectFindings, propertyFindings, slurm, VPC_CONFIG } from '../private/cluster-properties';

const TWICE = { subnets: ['subnet-11111111', 'subnet-22222222', 'subnet-11111111'], securityGroupIds: ['sg-11111111'] };
const PLAN = 'arn:aws:sagemaker:us-west-2:111122223333:training-plan/spring-training';

test.each<Case>([
  ['a group that overrides the VPC of the cluster', slurm({ overrideVpcConfig: VPC_CONFIG }, { vpcConfig: VPC_CONFIG }), []],
  [
    'a group that overrides the VPC of a cluster that has none', slurm({ overrideVpcConfig: VPC_CONFIG }),
    ['error OverrideVpcConfig[workers]'], ['overrides nothing: the cluster has no VpcConfig'],
  ],
  ['the same on EKS, reported once', eks({ overrideVpcConfig: VPC_CONFIG }, { vpcConfig: undefined }), ['error EksVpc']],
  ['a subnet twice', slurm({}, { vpcConfig: TWICE }), ['warning RepeatedNetworkIds'], ['subnet-11111111 in Subnets']],
  [
    'a security group twice in a group', slurm({ overrideVpcConfig: { ...VPC_CONFIG, securityGroupIds: ['sg-11111111', 'sg-11111111'] } }, { vpcConfig: VPC_CONFIG }),
    ['warning RepeatedNetworkIds[workers]'], ['sg-11111111 in SecurityGroupIds'],
  ],
  [
    'a subnet of the app twice, and one once',
    stack => {
      const vpc = new CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      const [first, second] = ['10.0.0.0/24', '10.0.1.0/24'].map((cidrBlock, index) => new CfnSubnet(stack, `Subnet${index}`, { vpcId: vpc.ref, cidrBlock }));
      return slurm({}, { vpcConfig: { subnets: [first.ref, second.ref, first.attrSubnetId], securityGroupIds: ['sg-11111111'] } });
    },
    [],
  ],
  [
    'one reference twice',
    stack => {
      const { ref } = new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-11111111', cidrBlock: '10.0.0.0/24' });
      return slurm({}, { vpcConfig: { subnets: [ref, ref], securityGroupIds: ['sg-11111111'] } });
    },
    ['warning RepeatedNetworkIds'], ['in Subnets'],
  ],
  ['a training plan of the same Region and account', slurm({ trainingPlanArn: PLAN }), [], [], { env: { account: '111122223333', region: 'us-west-2' } }],
  ['a training plan, where it is not known where the stack is deployed', slurm({ trainingPlanArn: PLAN }), []],
  [
    'a training plan of another Region', slurm({ trainingPlanArn: PLAN }), ['error TrainingPlanLocation[workers]'],
    ['is of the Region us-west-2, the cluster of us-east-1'], { env: { account: '111122223333', region: 'us-east-1' } },
  ],
  [
    'a training plan of another account', slurm({ trainingPlanArn: PLAN }), ['warning TrainingPlanLocation[workers]'],
    ['is of the account 111122223333, the cluster of 444455556666'], { env: { account: '444455556666', region: 'us-west-2' } },
  ],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding tells which list repeats an id', () => {
  expect(propertyFindings(slurm({}, { vpcConfig: TWICE }))[0].locations).toEqual(['Properties.VpcConfig.Subnets']);
});
