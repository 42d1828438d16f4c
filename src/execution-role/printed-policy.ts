import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { inSubNotation } from '../private/sub-notation';

/**
 * A policy as JSON to paste: what is unknown until deployment appears as in `Fn::Sub`, `${AWS::AccountId}`.
 */
export function printPolicy(scope: IConstruct, statements: PolicyStatement[]): string {
  const document = Stack.of(scope).resolve(new PolicyDocument({ statements }));
  return JSON.stringify(inSubNotation(document), undefined, 2);
}
