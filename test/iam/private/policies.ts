import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { type PolicyDocument, readPolicyDocument } from '../../../src/iam/policy/document';
import type { PolicySet } from '../../../src/iam/policy/evaluate';
import { type AccessRequest, accessRequest } from '../../../src/iam/policy/request';
import { Symbolizer } from '../../../src/template/symbolizer';
import { Template } from '../../../src/template/template';
import type { World } from '../../../src/template/world';
import { symbolic } from '../../template/private/strings';

export const ACCOUNT = '111111111111';
export const OTHER_ACCOUNT = '222222222222';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/path/Node`;

/** The way of deployment in which every question has its first answer: conditions hold. */
export const FIRST_WORLD: World = { is: () => true };

export function symbolizerOf(stack: Stack, world = FIRST_WORLD): Symbolizer {
  return new Symbolizer(Template.of(stack), world);
}

/** A document as it would stand in a template with the parameter `P`. */
export function documentOf(json: any): PolicyDocument {
  const stack = new Stack(new App(), 'Stack');
  new CfnParameter(stack, 'P');
  return readPolicyDocument(json, 'policy', stack, symbolizerOf(stack));
}

export function policySet(...statements: object[]): PolicySet {
  return { documents: [documentOf({ Version: '2012-10-17', Statement: statements })], unseen: [] };
}

export const UNSEEN: PolicySet = { documents: [], unseen: ['a policy is not seen'] };

/** A role's request for an object, of its own account unless told otherwise. */
export function objectRequest(options: { resource?: string; resourceAccount?: string; context?: Record<string, string[]> } = {}): AccessRequest {
  const { resource = 'arn:aws:s3:::bucket/a/b', resourceAccount = ACCOUNT, context = {} } = options;
  return accessRequest({ arn: symbolic(ROLE_ARN), account: symbolic(ACCOUNT) }, 's3:GetObject', symbolic(resource), symbolic(resourceAccount),
    Object.fromEntries(Object.entries(context).map(([key, values]) => [key, values.map(symbolic)])));
}
