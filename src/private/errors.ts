/**
 * The one place that touches CDK's error classes, which are exported but marked internal.
 */
export { UnscopedValidationError, ValidationError } from 'aws-cdk-lib';

type ErrorCode = ConstructorParameters<typeof import('aws-cdk-lib').UnscopedValidationError>[0];

/**
 * Marks an error code as a literal, as CDK's error classes demand: a code is part of the contract and never computed.
 */
export function lit(literal: TemplateStringsArray): ErrorCode {
  return literal.join('') as ErrorCode;
}
