import { App, CfnParameter, type Environment, Stack } from 'aws-cdk-lib';
import { clusterName } from '../../../src/preflight/properties/cluster-name';
import { clusterWith } from '../private/roles';
import { findingsOf, testRule } from '../private/rule-tester';

const NODES = 'arn:aws:iam::111122223333:role/nodes';
const HERE = { env: { account: '111122223333', region: 'us-west-2' } };
const ELSEWHERE: Environment = { account: '111122223333', region: 'us-east-1' };

function named(stack: Stack, name?: string, id = 'Cluster'): void {
  clusterWith(stack, NODES, { clusterName: name }, {}, id);
}

/** A second stack of the app, with a cluster of the same name. */
function beside(env?: Environment, name = 'training'): (stack: Stack) => void {
  return stack => {
    named(stack, 'training');
    named(new Stack(App.of(stack), 'Second', { env }), name);
  };
}

function ofOneName(stack: Stack): void {
  const name = new CfnParameter(stack, 'Name').valueAsString;
  named(stack, name);
  named(stack, name, 'Other');
}

testRule(clusterName, {
  silent: [
    ['two clusters without a name', stack => { named(stack); named(stack, undefined, 'Other'); }],
    ['two names', beside(HERE.env, 'inference'), HERE],
    ['one name in two Regions', beside(ELSEWHERE), HERE],
  ],
  finds: [],
  tokens: [['two parameters', stack => ['A', 'B'].forEach(id => named(stack, new CfnParameter(stack, `${id}Name`).valueAsString, id)), HERE]],
  findsSeveral: [
    ['one name in one place', beside(HERE.env), ['error ClusterName', 'error ClusterName'], HERE],
    ['one name in stacks that are deployed to wherever the command line points', beside(), ['warning ClusterName', 'warning ClusterName']],
    ['one parameter', ofOneName, ['error ClusterName', 'error ClusterName'], HERE],
  ],
});

test('each finding names the other cluster and the name, and where that stands', () => {
  const [first, second] = findingsOf(clusterName, beside(HERE.env), HERE);
  expect([first, second].map(({ description }) => description.split('\n')[0]).sort())
    .toEqual(['Second/Cluster has the same name, training.', 'Training/Cluster has the same name, training.']);
  expect([first, second].map(({ violatingResources: [{ locations }] }) => locations)).toEqual([['Properties.ClusterName'], ['Properties.ClusterName']]);
  expect(findingsOf(clusterName, ofOneName, HERE)[0].description).toContain('${Name}');
});
