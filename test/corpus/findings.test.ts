import { Aspects, AspectPriority, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { cfnRole, cluster, clusterOf, documentOf, executionRole, policy, readStatements } from './private/building-blocks';
import { findingsOf, type PrintedFinding, type Scenario, verdictsOf } from './private/harness';
import { HyperPodChecks } from '../../src/preflight/hyperpod-checks';
import { HyperPodPreflight } from '../../src/preflight/hyperpod-preflight';
import { testApp } from '../private/app';

const ACCESS = 'HyperPod-LifecycleBucketAccess';
const HERE = { account: '111122223333', region: 'eu-west-1' };
const THERE = { account: '444455556666', region: 'eu-west-1' };
const SCRIPTS = 's3://our-scripts/config/';

const accessFindings = (scenario: Scenario) => findingsOf(scenario).filter(({ rule }) => rule === ACCESS);

function onlyAccessFinding(scenario: Scenario): PrintedFinding {
  const findings = accessFindings(scenario);
  expect(findings).toHaveLength(1);
  return findings[0];
}

/** The statements that a message prints behind some words. */
function printedStatements(message: string, words: string): any[] {
  const line = message.split('\n').find(one => one.startsWith(words));
  return line ? [JSON.parse(line.slice(line.indexOf(': ') + 2))].flat() : [];
}

/** What a user does with a printed statement: pastes it into a template, placeholders within `Fn::Sub`. */
function pasted(json: any): any {
  if (typeof json === 'string') { return json.includes('${') ? Fn.sub(json) : json; }
  if (Array.isArray(json)) { return json.map(pasted); }
  return typeof json === 'object' ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, pasted(value)])) : json;
}

test('a finding tells the properties to look at, group by group', () => {
  const stack = new Stack(testApp(), 'Training');
  const bucket = new s3.Bucket(stack, 'Scripts');
  new s3deploy.BucketDeployment(stack, 'Upload', { sources: [s3deploy.Source.data('config/on_create.sh', '#!/bin/bash\n')], destinationBucket: bucket });
  const [writer, other] = [executionRole(stack), executionRole(stack, {}, 'Other')];
  bucket.grantReadWrite(writer);
  const source = bucket.s3UrlForObject('config/');
  clusterOf(stack, { workers: [writer, source], controller: [other, source] });
  const found = new HyperPodChecks().validateScope(stack).violations
    .filter(({ ruleName }) => /HyperPod-(Lifecycle|Policy|Script)/.test(ruleName))
    .map(({ ruleName, violatingResources: [{ locations }] }): [string, unknown] => [ruleName, locations]);
  const [first, second] = ['Properties.InstanceGroups.0', 'Properties.InstanceGroups.1'];
  expect(Object.fromEntries(found)).toEqual({
    'HyperPod-LifecycleBucketAccess[controller]': [`${second}.LifeCycleConfig.SourceS3Uri`],
    'HyperPod-LifecycleBucketWritable[workers]': [`${first}.ExecutionRole`],
    'HyperPod-PolicyOrdering[workers]': [`${first}.ExecutionRole`],
    'HyperPod-ScriptOrdering[workers]': [`${first}.LifeCycleConfig.SourceS3Uri`],
    'HyperPod-ScriptOrdering[controller]': [`${second}.LifeCycleConfig.SourceS3Uri`],
  });
});

describe('What a finding says', () => {
  test('denied: the construct, the group, the role, the bucket with its prefix, each missing action', () => {
    const finding = onlyAccessFinding({ env: HERE, app: stack => cluster(stack, executionRole(stack, { roleName: 'HyperPodRole' }), SCRIPTS) });
    expect(finding).toMatchObject({ level: 'error', path: 'Training/Cluster', id: `${ACCESS}[workers]` });
    for (const part of [
      'Training/Role/Resource', 'arn:aws:iam::111122223333:role/HyperPodRole', '"workers"', SCRIPTS,
      's3:ListBucket on arn:aws:s3:::our-scripts.', 's3:GetObject on arn:aws:s3:::our-scripts/config/*.',
    ]) {
      expect(finding.message).toContain(part);
    }
  });

  test('denied: an action that the role has is not called missing', () => {
    const { message } = onlyAccessFinding({
      app: stack => cluster(stack, executionRole(stack, {
        inlinePolicies: { List: documentOf({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }) },
      }), SCRIPTS),
    });
    expect(message).toContain('s3:GetObject');
    expect(message).not.toContain('s3:ListBucket');
  });

  test('denied: what denies it, where a policy does', () => {
    const { message } = onlyAccessFinding({
      app: stack => cluster(stack, executionRole(stack, {
        inlinePolicies: { NoS3: documentOf({ Sid: 'NoScripts', Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }) },
      }), 's3://sagemaker-scripts/config/'),
    });
    expect(message).toMatch(/s3:GetObject on arn:aws:s3:::sagemaker-scripts\/config\/\* is denied: inline policy NoS3 of Training\/Role\/Resource, statement "NoScripts"/);
    expect(message).not.toContain('Add to the role');
  });

  test('denied: that the account was assumed, where a bucket is known only by its name', () => {
    const { message } = onlyAccessFinding({ env: HERE, app: stack => cluster(stack, executionRole(stack), SCRIPTS) });
    expect(message).toContain('is known only by its name, and is taken to lie in the account 111122223333');
  });

  test('denied: that nothing was assumed, where the bucket is in the app', () => {
    const { message } = onlyAccessFinding({ app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket').s3UrlForObject()) });
    expect(message).not.toContain('known only by its name');
  });

  test.each<[string, RegExp, Scenario['app']]>([
    ['an imported role', /the role is not defined in this app/, stack => cluster(stack, iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole'), SCRIPTS)],
    ['a role from a parameter', /which role \$\{RoleArn\} stands for is not known/, stack => cluster(stack, new CfnParameter(stack, 'RoleArn').valueAsString, SCRIPTS)],
    ['a bucket from a parameter', /A bucket whose name the app gives as text can be checked/,
      stack => cluster(stack, executionRole(stack), `s3://${new CfnParameter(stack, 'BucketName').valueAsString}/`)],
    ['a URI from a parameter', /which bucket \$\{Source\} names is not known/, stack => cluster(stack, executionRole(stack), new CfnParameter(stack, 'Source').valueAsString)],
    ['a managed policy of AWS', /the AWS managed policy AmazonMacieFullAccess is not known to this check/,
      stack => cluster(stack, executionRole(stack, { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonMacieFullAccess')] }), SCRIPTS)],
    ['a managed policy of the customer', /the managed policy arn:aws:iam::111122223333:policy\/Read is not defined in this app/,
      stack => cluster(stack, cfnRole(stack, { managedPolicyArns: ['arn:aws:iam::111122223333:policy/Read'] }).attrArn, SCRIPTS)],
    ['a permissions boundary', /as permissions boundary, the managed policy .* is not defined in this app/,
      stack => cluster(stack, executionRole(stack, { permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary') }), 's3://sagemaker-scripts/')],
    ['a condition', /statement 0: the condition StringEquals on aws:PrincipalTag\/team cannot be decided at synth/,
      stack => cluster(stack, executionRole(stack, {
        inlinePolicies: { Read: documentOf({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'training' } } }) },
      }), SCRIPTS)],
    ['a bucket of another account', /the policy of the bucket, which lies in another account, is not defined in this app/, stack => {
      const role = executionRole(stack);
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'their-scripts', account: THERE.account });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject());
    }],
  ])('unknown: the fact that is missing, for %s', (_, missing, app) => {
    const finding = onlyAccessFinding({ app, env: HERE });
    expect(finding.level).toBe('warning');
    expect(finding.message).toMatch(missing);
    expect(finding.message).toMatch(/^(If the role lacks them, add to it|To settle it|A bucket whose name)/m);
  });

  test('unknown: under which condition it goes wrong, where the deployment decides', () => {
    const finding = onlyAccessFinding({
      app: stack => cluster(stack, executionRole(stack), `s3://${new CfnParameter(stack, 'BucketName', {
        allowedValues: ['sagemaker-dev', 'production'], default: 'production',
      }).valueAsString}/`),
    });
    expect(finding).toMatchObject({ level: 'warning' });
    expect(finding.message).toContain('This is so when BucketName is production.');
  });
});

describe('The statement that a finding prints settles it', () => {
  const denied: [string, Pick<Scenario, 'env'> & { app: (stack: Stack) => iam.Role }][] = [
    ['a bucket by its name', {
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, SCRIPTS);
        return role;
      },
    }],
    ['a whole bucket', {
      env: HERE,
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, 's3://our-scripts');
        return role;
      },
    }],
    ['a bucket of the app', {
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/'));
        return role;
      },
    }],
    ['a bucket of the app with a key', {
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS }).s3UrlForObject('config/'));
        return role;
      },
    }],
    ['a key alone', {
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, new s3.Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts', encryptionKey: new kms.Key(stack, 'Key') }).s3UrlForObject());
        return role;
      },
    }],
    ['a role in China', {
      env: { ...HERE, region: 'cn-north-1' },
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, SCRIPTS);
        return role;
      },
    }],
  ];
  test.each(denied)('%s', (_, { env, app }) => {
    const { message, level } = onlyAccessFinding({ env, app: stack => { app(stack); } });
    expect(level).toBe('error');
    const statements = printedStatements(message, 'Add to the role');
    expect(statements.length).toBeGreaterThan(0);
    expect(verdictsOf({
      env,
      app: stack => {
        const role = app(stack);
        new iam.CfnPolicy(stack, 'Added', { policyName: 'Added', policyDocument: policy(...statements.map(pasted)), roles: [role.roleName] });
      },
    })).toEqual({ workers: 'allowed' });
  });

  test('for a bucket whose name is computed, the statement with the function', () => {
    const app = (stack: Stack) => {
      const role = executionRole(stack);
      const bucket = s3.Bucket.fromBucketArn(stack, 'Bucket', new CfnParameter(stack, 'BucketArn').valueAsString);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
      return role;
    };
    const { message } = onlyAccessFinding({ app: stack => { app(stack); } });
    expect(message).not.toContain('Fn::Reference');
    const statements = printedStatements(message, 'If the role lacks them, add to it');
    expect(verdictsOf({
      app: stack => {
        new iam.CfnPolicy(stack, 'Added', { policyName: 'Added', policyDocument: policy(...statements.map(pasted)), roles: [app(stack).roleName] });
      },
    })).toEqual({ workers: 'allowed' });
  });

  test('for the role, while the bucket is in the account that it was meant for', () => {
    const { message } = onlyAccessFinding({ env: HERE, app: stack => cluster(stack, executionRole(stack), SCRIPTS) });
    const Condition = { StringEquals: { 'aws:ResourceAccount': '111122223333' } };
    expect(printedStatements(message, 'Add to the role')).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::our-scripts', Condition },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::our-scripts/config/*', Condition },
    ]);
    expect(message).not.toMatch(/^(Allow there|Add to the policy)/m);
  });

  test('for a key, without a condition that KMS does not know', () => {
    const { message } = onlyAccessFinding({
      app: stack => cluster(stack, executionRole(stack),
        new s3.Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts', encryptionKey: new kms.Key(stack, 'Key') }).s3UrlForObject()),
    });
    expect(message).toMatch(/^Add to the role\b.*: \{/m);
    expect(printedStatements(message, 'Add to the role').map(statement => Object.keys(statement))).toEqual([['Effect', 'Action', 'Resource']]);
  });

  test('for a bucket of another account, the statements for the role and for the bucket', () => {
    const app = (stack: Stack) => {
      const storage = new Stack(stack.node.root, 'Storage', { env: THERE });
      const bucket = new s3.Bucket(storage, 'Bucket', { bucketName: 'their-scripts' });
      const role = executionRole(stack, { roleName: 'HyperPodRole' });
      cluster(stack, role, 's3://their-scripts/config/');
      return { bucket, role };
    };
    const forRole = printedStatements(onlyAccessFinding({ env: HERE, app }).message, 'Add to the role');
    const granted = (stack: Stack) => {
      const { bucket, role } = app(stack);
      forRole.forEach(statement => role.addToPolicy(iam.PolicyStatement.fromJson(pasted(statement))));
      return bucket;
    };
    const forBucket = printedStatements(onlyAccessFinding({ env: HERE, app: granted }).message, 'Add to the policy of the bucket or key, in account 444455556666');
    expect(forBucket.map(statement => Object.keys(statement))).toEqual(forBucket.map(() => ['Effect', 'Principal', 'Action', 'Resource']));
    expect(verdictsOf({
      env: HERE,
      app: stack => {
        const bucket = granted(stack);
        forBucket.forEach(statement => bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(pasted(statement))));
      },
    })).toEqual({ workers: 'allowed' });
  });

  test('for a permissions boundary, the statements to allow there', () => {
    const app = (...more: object[]) => (stack: Stack) => {
      cluster(stack, executionRole(stack, {
        inlinePolicies: { Read: documentOf(...readStatements('arn:aws:s3:::our-scripts')) },
        permissionsBoundary: new iam.ManagedPolicy(stack, 'Boundary', { document: documentOf({ Effect: 'Allow', Action: 'logs:*', Resource: '*' }, ...more) }),
      }), SCRIPTS);
    };
    const statements = printedStatements(onlyAccessFinding({ app: app() }).message, 'Allow there');
    expect(verdictsOf({ app: app(...statements.map(pasted)) })).toEqual({ workers: 'allowed' });
  });
});

describe('How many findings there are', () => {
  test('one for groups that share a role and a source', () => {
    const finding = onlyAccessFinding({
      app: stack => {
        const role = executionRole(stack);
        clusterOf(stack, { controller: [role, SCRIPTS], login: [role, SCRIPTS], workers: [role, SCRIPTS] });
      },
    });
    expect(finding.subjects).toEqual(['controller', 'login', 'workers']);
  });

  test('one for each role or source', () => {
    const findings = accessFindings({
      app: stack => {
        const role = executionRole(stack);
        clusterOf(stack, { controller: [role, SCRIPTS], login: [executionRole(stack, {}, 'Other'), SCRIPTS], workers: [role, 's3://worker-scripts/'] });
      },
    });
    expect(findings.map(({ subjects }) => subjects)).toEqual([['controller'], ['login'], ['workers']]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['the check is applied twice', stack => {
      HyperPodPreflight.applyTo(stack);
      HyperPodPreflight.applyTo(stack);
    }],
    ['the check is applied to the stack and to the cluster', stack => {
      HyperPodPreflight.applyTo(stack);
      HyperPodPreflight.applyTo(stack.node.findChild('Cluster'));
    }],
    ['the check is applied at two priorities', stack => { Aspects.of(stack).add(new HyperPodPreflight(), { priority: AspectPriority.MUTATING }); }],
  ])('one if %s', (_, apply) => {
    expect(accessFindings({
      app: stack => {
        cluster(stack, executionRole(stack), SCRIPTS);
        apply(stack);
      },
    })).toHaveLength(1);
    expect(accessFindings({
      app: stack => {
        cluster(stack, iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole'), SCRIPTS);
        apply(stack);
      },
    })).toHaveLength(1);
  });

  test('one for a cluster whose instance groups are not in the template', () => {
    const [finding, ...others] = accessFindings({
      app: stack => {
        cluster(stack, executionRole(stack), SCRIPTS).addPropertyOverride('InstanceGroups', {
          'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://our-templates/groups.yaml' } },
        });
      },
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ level: 'warning', subjects: [], message: expect.stringContaining('which instance groups there are is not known at synth') });
  });

  test('none for a cluster without instance groups or without scripts', () => {
    expect(accessFindings({
      app: stack => {
        const { instanceGroups } = cluster(stack, executionRole(stack), SCRIPTS);
        delete (instanceGroups as any[])[0].lifeCycleConfig;
      },
    })).toEqual([]);
  });
});
