import { App, CfnResource } from 'aws-cdk-lib';
import { SHAPES } from '../../bench/shapes';
import { HyperPodPreflight } from '../../src/preflight/hyperpod-preflight';
import { testApp } from '../private/app';

/*
 * What is found in the apps that the bench measures.
 */

/** For more conditions, or a thousand values, CDK's own validation takes minutes: these differ from the others in number only. */
const CDK_CAN_VALIDATE = ['10 groups, a condition on the image of each', 'ten nested stacks, fourteen conditions, parameters open'];

interface Printed {
  readonly level: string;
  readonly id: string;
  readonly message: string;
}

function findingsIn(shape: string, change: (app: App) => void = () => {}): Printed[] {
  const app = testApp({ builtinCloudFormationValidation: CDK_CAN_VALIDATE.includes(shape) });
  SHAPES[shape].build(app);
  change(app);
  app.node.children.forEach(stack => HyperPodPreflight.applyTo(stack));
  return app.synth().stacksRecursively.flatMap(({ messages }) => messages)
    .filter(({ level }) => level === 'error' || level === 'warning')
    .map(({ level, entry }) => ({ level, id: /Acknowledge with '([^']*)'/.exec(String(entry.data))![1], message: String(entry.data) }));
}

const NESTED = 'ten nested stacks, fourteen conditions, parameters open';

test.each(Object.keys(SHAPES).filter(shape => shape !== NESTED))('%s: nothing is wrong, and nothing is left out', shape => {
  expect(findingsIn(shape)).toEqual([]);
});

test(`${NESTED}: of a role that is handed in, it is not known what it may do, and nothing else is wrong`, () => {
  const findings = findingsIn(NESTED);

  expect(findings.length).toBeGreaterThan(0);
  expect(findings.length).toBeLessThanOrEqual(6);
  for (const { level, message } of findings) {
    expect(level).toBe('warning');
    expect(message).toContain('which role ${GivenRoleArn} stands for is not known at synth');
    expect(message).toContain('MakeRole is false');
  }
});

test.each([
  ['10 groups, a condition on the image of each', 'error', 'cannot read the lifecycle scripts of instance groups "workers-0", "workers-1"'],
  ['12 optional groups, with parameters for names', 'error', 'cannot read the lifecycle scripts of instance group'],
  ['ten conditions in the policy of a role', 'error', 'cannot read the lifecycle scripts of instance group "workers"'],
  ['a bucket of 1000 allowed names', 'warning', 's3:GetObject on arn:aws:s3:::${ScriptsBucket}/config/*'],
  [NESTED, 'warning', 'cannot read the lifecycle scripts of instance group "${GroupName}" in s3://${Bucket}/config/'],
])('%s, without the policies: the role cannot read the scripts', (shape, level, text) => {
  const findings = findingsIn(shape, app => {
    for (const resource of app.node.findAll().filter(CfnResource.isCfnResource)) {
      if (resource.cfnResourceType === 'AWS::IAM::Role') { resource.addPropertyDeletionOverride('Policies'); }
      if (resource.cfnResourceType === 'AWS::IAM::Policy') {
        resource.addPropertyOverride('PolicyDocument.Statement', [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }]);
      }
    }
  });

  expect(findings).toContainEqual({ level, id: expect.stringMatching(/^HyperPod-LifecycleBucketAccess\[/), message: expect.stringContaining(text) });
});
