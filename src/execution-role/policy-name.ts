import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { topStack } from '../template/dependencies';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const MAX_LENGTH = 128;
const HASH_LENGTH = 12;

/** Of a Region that is known only at deployment. Names of Regions, such as `ap-southeast-1`, have about 14 characters. */
const MAX_REGION_LENGTH = 24;

/**
 * A name for an inline policy that no other policy of the role has, not even one of the same app that is deployed as another stack or to
 * another Region.
 *
 * An inline policy replaces the one of the same name on the same role, and whichever stack is deleted first deletes it. CDK's name for a
 * policy is its logical id, which is the same in every stack that is built alike.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
export function policyNameFor(scope: IConstruct, id: string): string {
  const { region } = Stack.of(scope);
  // The name of a nested stack is known only at deployment; its place in the stack around it is known now.
  const outer = topStack(scope);
  const place = [outer.stackName, ...scope.node.scopes.slice(outer.node.scopes.length).map(({ node }) => node.id), id];
  const hash = createHash('sha256').update(place.join('/')).digest('hex').slice(0, HASH_LENGTH);
  const regionLength = Token.isUnresolved(region) ? MAX_REGION_LENGTH : region.length;
  const readable = place.join('-').replace(/[^\w+=,.@-]+/g, '-').slice(0, MAX_LENGTH - HASH_LENGTH - regionLength - 2);
  return `${readable}-${hash}-${region}`;
}
