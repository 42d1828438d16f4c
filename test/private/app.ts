import { App, AppProps, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/**
 * An app whose synthesis fails on what CDK's own CloudFormation validation finds.
 */
export function testApp(props: AppProps = {}): App {
  return new App({
    ...props,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true, ...props.context },
  });
}

/**
 * The rendered template of a stack, as plain JSON.
 */
export function synthTemplate(stack: Stack): any {
  return Template.fromStack(stack).toJSON();
}

/**
 * The resources of one type in a rendered template, by logical id.
 */
export function resourcesOfType(stack: Stack, type: string): Record<string, any> {
  return Template.fromStack(stack).findResources(type);
}

/**
 * The only resource of a type; fails if there are none or several.
 */
export function onlyResource(stack: Stack, type: string): { logicalId: string; resource: any } {
  const found = Object.entries(resourcesOfType(stack, type));
  if (found.length !== 1) {
    throw new Error(`expected one ${type}, found ${found.length}`);
  }
  return { logicalId: found[0][0], resource: found[0][1] };
}
