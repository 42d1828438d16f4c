import { App, type AppProps, Aspects, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addCluster, addResource, RESOURCES_PER_CLUSTER } from './resources';
import { HyperPodPreflight } from 'cdk-hyperpod';

/** CloudFormation's limit (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
const RESOURCES_PER_STACK = 500;

/** An app as `cdk synth` runs it. */
export const WHOLE: AppProps = {
  analyticsReporting: false,
  // What a pack finds stands in its report, as with the command line.
  context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
};

/** CDK's own validation costs the same in all variants, and hides what differs. */
export const WITHOUT_CDK_VALIDATION: AppProps = { ...WHOLE, builtinCloudFormationValidation: false };

/** What runs over the app besides its synthesis. */
export type Check = 'an Aspect that does nothing' | 'HyperPodPreflight' | 'AwsSolutions';

/** An app of so many resources, a tenth of them policies, with so many clusters among them: not yet synthesized. */
export function largeApp(resources: number, clusters: number, check: Check, props: AppProps): App {
  const app = new App(props);
  const stacks = Math.ceil(resources / RESOURCES_PER_STACK);
  for (let index = 0; index < stacks; index++) {
    const stack = new Stack(app, `Stack${index}`);
    const here = Math.floor((clusters * (index + 1)) / stacks) - Math.floor((clusters * index) / stacks);
    for (let one = 0; one < here; one++) { addCluster(stack, one); }
    for (let one = 0; one < RESOURCES_PER_STACK - here * RESOURCES_PER_CLUSTER; one++) { addResource(stack, one); }
    apply(check, stack);
  }
  if (check === 'AwsSolutions') { Validations.of(app).addPlugins(new AwsSolutionsChecks()); }
  return app;
}

function apply(check: Check, stack: Stack): void {
  if (check === 'HyperPodPreflight') { HyperPodPreflight.applyTo(stack); } else { Aspects.of(stack).add(new Idle()); }
}

class Idle implements IAspect {
  public visit(): void {}
}
