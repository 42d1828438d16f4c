import { App, CfnParameter, Environment, Stack } from 'aws-cdk-lib';
import { clusterWith, expectRoleFindings, RoleCase } from '../private/role-findings';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const HERE: Environment = { account: '111122223333', region: 'us-west-2' };
const ELSEWHERE: Environment = { account: '111122223333', region: 'us-east-1' };

function named(stack: Stack, clusterName?: string, id = 'Cluster'): void {
  clusterWith(stack, NODES, { clusterName }, {}, id);
}

/** A second stack of the app, with a cluster of the same name. */
function beside(env?: Environment, name = 'training'): (stack: Stack) => void {
  return stack => {
    named(stack, 'training');
    named(new Stack(App.of(stack), 'Second', { env }), name);
  };
}

const BOTH = ['error ClusterName', 'error ClusterName'];

test.each<{ name: string; app: RoleCase[1]; found: string[]; says?: string[]; env?: Environment }>([
  { name: 'two clusters without a name', app: stack => { named(stack); named(stack, undefined, 'Other'); }, found: [] },
  { name: 'two names', app: beside(HERE, 'inference'), found: [], env: HERE },
  { name: 'one name in two Regions', app: beside(ELSEWHERE), found: [], env: HERE },
  { name: 'one name in one place', app: beside(HERE), found: BOTH, says: ['Second/Cluster has the same name, training'], env: HERE },
  {
    name: 'one name in stacks that are deployed to wherever the command line points',
    app: beside(),
    found: ['warning ClusterName', 'warning ClusterName'],
  },
  {
    name: 'one parameter',
    app: stack => {
      const name = new CfnParameter(stack, 'Name').valueAsString;
      named(stack, name);
      named(stack, name, 'Other');
    },
    found: BOTH,
    says: ['${Name}'],
    env: HERE,
  },
  {
    name: 'two parameters',
    app: stack => ['A', 'B'].forEach(id => named(stack, new CfnParameter(stack, `${id}Name`).valueAsString, id)),
    found: [],
    env: HERE,
  },
])('$name', ({ app, found, says, env }) => expectRoleFindings(app, found, says, env));
