import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { CfnPolicy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { policyOrdering } from '../../../src/preflight/access/policy-ordering';
import { cfnRole, cluster, clusterOf, executionRole, policy, readStatements } from '../../corpus/private/building-blocks';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const SCRIPTS = 's3://our-scripts/config/';
const READ = policy(...readStatements('arn:aws:s3:::our-scripts'));
const ROLE = (index: number) => `InstanceGroups.${index}.ExecutionRole`;

/** A role whose default policy lets it read the scripts. */
function reader(stack: Stack): Role {
  const role = executionRole(stack);
  readStatements('arn:aws:s3:::our-scripts').forEach(statement => role.addToPolicy(PolicyStatement.fromJson(statement)));
  return role;
}

testRule(policyOrdering, {
  silent: [
    ['a dependency on the role, and so on all its policies', stack => {
      const role = reader(stack);
      cluster(stack, role, SCRIPTS).node.addDependency(role);
    }],
    ['inline policies of the role', stack => cluster(stack, cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }] }).attrArn, SCRIPTS)],
  ],
  finds: [
    ['a policy that the cluster does not wait for', stack => cluster(stack, reader(stack), SCRIPTS), 'warning', ['workers'],
      ['it does not wait for Training/Role/DefaultPolicy/Resource', 'Add: cluster.node.addDependency(role)'], [ROLE(0)]],
    ['the same for two groups, in one finding', stack => {
      const role = reader(stack);
      clusterOf(stack, { controller: [role, SCRIPTS], workers: [role, SCRIPTS] });
    }, 'warning', ['controller', 'workers'], 'it does not wait for Training/Role/DefaultPolicy/Resource', [ROLE(0), ROLE(1)]],
    ['a needed policy that mentions the cluster', stack => {
      const role = reader(stack);
      const { attrClusterArn } = cluster(stack, role, SCRIPTS);
      role.addToPolicy(new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [attrClusterArn] }));
    }, 'error', ['workers'], ['Training/Role/DefaultPolicy/Resource waits for the cluster', 'Move the statements'], [ROLE(0)]],
    ['a policy that only some deployments have, with which', stack => {
      const role = cfnRole(stack);
      new CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] }).cfnOptions.condition = isYes(stack, 'Private');
      cluster(stack, role.attrArn, SCRIPTS);
    }, 'warning', ['workers'], ['it does not wait for Training/Read', 'This is so when Private is yes.'], [ROLE(0)]],
  ],
  tokens: [
    ['a role that is a parameter', stack => {
      reader(stack);
      cluster(stack, new CfnParameter(stack, 'NodeRole').valueAsString, SCRIPTS);
    }],
    ['scripts in a bucket that is a parameter', stack => {
      const { valueAsString: bucket } = new CfnParameter(stack, 'Bucket');
      const role = executionRole(stack);
      readStatements(`arn:aws:s3:::${bucket}`).forEach(statement => role.addToPolicy(PolicyStatement.fromJson(statement)));
      cluster(stack, role, `s3://${bucket}/config/`);
    }, 'warning', ['workers'], 'it does not wait for Training/Role/DefaultPolicy/Resource', [ROLE(0)]],
  ],
});
