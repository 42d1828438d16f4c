import { CfnElement, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { type Partition, partitionOfRegion } from './partition';
import { Alphabet, SymbolicString } from './symbolic/symbolic-string';
import { constructAtPath, isReferenceMarker, REFERENCE } from './token-resolver';

/**
 * The pseudo parameters of a stack.
 *
 * Environment-agnostic stacks of one app are taken to be deployed to one account and one region, as CDK itself takes them when it
 * makes references between them, and to be in the partition `aws`.
 */
export function pseudoParameter(name: string, stack: Stack): SymbolicString | undefined {
  switch (name) {
    case 'AWS::AccountId': return accountOf(stack.account);
    case 'AWS::Region': return regionOf(stack.region);
    case 'AWS::Partition': return SymbolicString.literal(partitionOf(stack));
    case 'AWS::URLSuffix': return SymbolicString.literal(partition(stack).urlSuffix);
    case 'AWS::StackName': return stackName(stack);
    case 'AWS::StackId':
    case 'AWS::NotificationARNs':
      return SymbolicString.symbol({ id: `${stack.node.path}:${name}`, placeholder: name });
    default: return undefined;
  }
}

const ACCOUNT = SymbolicString.symbol({
  id: 'AWS::AccountId', placeholder: 'AWS::AccountId', alphabet: Alphabet.digits, minLength: 12, fixedLength: true,
});
const REGION = SymbolicString.symbol({ id: 'AWS::Region', placeholder: 'AWS::Region', alphabet: Alphabet.region, minLength: 9 });

/** An account id that CDK knows, or the symbol of the one that environment-agnostic stacks share. */
export function accountOf(account: string): SymbolicString {
  return Token.isUnresolved(account) ? ACCOUNT : SymbolicString.literal(account);
}

export function regionOf(region: string): SymbolicString {
  return Token.isUnresolved(region) ? REGION : SymbolicString.literal(region);
}

export function partitionOf(stack: Stack): string {
  return partition(stack).name;
}

/** Which Region an environment-agnostic stack comes to is not known; it is taken to be in the partition `aws`. */
function partition({ region }: Stack): Partition {
  return Token.isUnresolved(region) ? { name: 'aws', urlSuffix: 'amazonaws.com' } : partitionOfRegion(region);
}

/** The name of a stack; that of a nested stack begins with its parent's, and that of a product is given when it is launched. */
export function stackName(stack: Stack): SymbolicString {
  if (isProduct(stack)) {
    return SymbolicString.symbol({ id: `${stack.node.path}:AWS::StackName`, placeholder: 'AWS::StackName', alphabet: Alphabet.iamName, minLength: 1 });
  }
  if (!NestedStack.isNestedStack(stack) || !stack.nestedStackParent) { return SymbolicString.literal(stack.stackName); }
  return SymbolicString.concat(stackName(stack.nestedStackParent), '-', {
    id: `${stack.node.path}:AWS::StackName`, placeholder: 'AWS::StackName', alphabet: Alphabet.iamName, minLength: 1,
  });
}

/**
 * Is a stack an asset that another service deploys, under a name of its own: a product of Service Catalog, a stack set? Both have this
 * method of `servicecatalog.ProductStack`, and nothing public tells.
 */
function isProduct(stack: Stack): boolean {
  return '_getTemplateUrl' in stack;
}

/** A symbol for a value that nothing here can compute: the same expression in the same stack has the same value. */
export function opaqueValue(json: unknown, stack: Stack): SymbolicString {
  return SymbolicString.symbol({
    id: `${stack.node.path}:${JSON.stringify(json)}`,
    // Only messages ask for it.
    get placeholder() { return JSON.stringify(asWritten(json, stack)) ?? ''; },
  });
}

/** A value as its template has it: references by logical id. */
function asWritten(json: any, stack: Stack): unknown {
  if (Array.isArray(json)) { return json.map(item => asWritten(item, stack)); }
  if (typeof json !== 'object' || json === null) { return json; }
  if (!isReferenceMarker(json)) { return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asWritten(value, stack)])); }
  const [path, attribute] = json[REFERENCE];
  const target = constructAtPath(stack.node.root, path);
  const name = target && CfnElement.isCfnElement(target) ? stack.resolve(target.logicalId) : attribute;
  return name === attribute || attribute === 'Ref' ? { Ref: name } : { 'Fn::GetAtt': [name, attribute] };
}
