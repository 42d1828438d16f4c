import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { executionRoleOnEksNodes } from '../../../src/preflight/roles/execution-role-on-eks-nodes';
import { executionRolePath } from '../../../src/preflight/roles/execution-role-path';
import { VPC_CONFIG } from '../private/cluster-properties';
import { clusterWith } from '../private/roles';
import { testRule } from '../private/rule-tester';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const ROLE = ['InstanceGroups.0.ExecutionRole'];

function onEks(stack: Stack, clusterArn: string, { role = NODES, id = 'Cluster' } = {}): CfnCluster {
  return clusterWith(stack, role, { orchestrator: { eks: { clusterArn } }, vpcConfig: VPC_CONFIG }, {}, id);
}

function eksL1(stack: Stack, props: Partial<eks.CfnClusterProps> = {}, id = 'Eks'): eks.CfnCluster {
  return new eks.CfnCluster(stack, id, {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
    accessConfig: { authenticationMode: 'API' },
    ...props,
  });
}

describe('roles of EKS nodes', () => {
  const roles = (stack: Stack) => new Role(stack, 'Shared', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }).roleArn;
  const nodeGroup = (stack: Stack, clusterName: string, nodeRole: string) => new eks.CfnNodegroup(stack, 'EksNodes', {
    clusterName, nodeRole, subnets: VPC_CONFIG.subnets,
  });

  testRule(executionRoleOnEksNodes, {
    silent: [
      ['a role of a node group of another cluster', stack => { nodeGroup(stack, 'other', NODES); onEks(stack, ARN); }],
      ['the same, with clusters of the app', stack => {
        nodeGroup(stack, eksL1(stack, {}, 'Other').ref, NODES);
        onEks(stack, eksL1(stack).attrArn);
      }],
      ['different roles', stack => { nodeGroup(stack, 'team', 'arn:aws:iam::111122223333:role/eks-nodes'); onEks(stack, ARN); }],
      ['a cluster that Slurm orchestrates', stack => { nodeGroup(stack, 'team', NODES); clusterWith(stack, NODES); }],
    ],
    finds: [
      ['a role of the node group of the same cluster', stack => {
        const { attrArn, ref } = eksL1(stack);
        const role = roles(stack);
        nodeGroup(stack, ref, role);
        onEks(stack, attrArn, { role });
      }, 'error', ['workers'], ['is also the role of EKS nodes: Training/EksNodes.'], ROLE],
      ['the same by the name of a cluster that the app does not define', stack => { nodeGroup(stack, 'team', NODES); onEks(stack, ARN); },
        'error', ['workers'], 'is also the role of EKS nodes: Training/EksNodes.', ROLE],
      ['a role of Auto Mode', stack => {
        onEks(stack, eksL1(stack, { computeConfig: { enabled: true, nodePools: ['system'], nodeRoleArn: NODES } }).attrArn);
      }, 'error', ['workers'], ['Training/Eks.'], ROLE],
    ],
    tokens: [
      ['a role of a node group of a cluster that is a parameter', stack => {
        nodeGroup(stack, new CfnParameter(stack, 'Name').valueAsString, NODES);
        onEks(stack, ARN);
      }, 'warning', ['workers'], ['Whether these belong to the same EKS cluster is not known at synth.'], ROLE],
    ],
  });

  testRule(executionRolePath, {
    silent: [
      ['no path', stack => { onEks(stack, ARN); }],
      ['a path on Slurm', stack => { clusterWith(stack, 'arn:aws:iam::111122223333:role/service-role/nodes'); }],
    ],
    finds: [
      ['a path', stack => { onEks(stack, ARN, { role: 'arn:aws:iam::111122223333:role/service-role/nodes' }); },
        'warning', ['workers'], ['has the path "/service-role/"'], ROLE],
      ['the path of a role of the app', stack => {
        onEks(stack, ARN, { role: new Role(stack, 'Nodes', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), path: '/ml/teams/' }).roleArn });
      }, 'warning', ['workers'], 'has the path "/ml/teams/"', ROLE],
    ],
    tokens: [
      ['a role that is a parameter', stack => { onEks(stack, ARN, { role: new CfnParameter(stack, 'Role').valueAsString }); }],
    ],
  });
});
