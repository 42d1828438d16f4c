import type { CfnResource, Stack } from 'aws-cdk-lib';
import { accountOf, partitionOf, regionOf } from '../../template/environment';
import { Alphabet, SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';
import { fromBoolean, type Ternary } from '../../template/ternary';
import { isTransformed } from '../../template/transform';
import { documentOf, type PolicyDocument } from '../policy/document';
import type { PolicySet } from '../policy/evaluate';

/** What the app says about a KMS key. */
export interface EncryptionKey {
  readonly arn: SymbolicString;
  readonly account: SymbolicString;
  /** A key that AWS manages: everyone in its account may use it through its service, nobody else. */
  readonly awsManaged: boolean;
  /** A disabled key decrypts nothing. A key that the app does not define is taken to be enabled. */
  readonly isEnabled: Ternary;
  readonly policy: PolicySet;
}

/** Finds a key by an ARN, a key id or an alias, as `KMSMasterKeyID` has them. */
export function findKey(reference: SymbolicString, stack: Stack, symbolizer: Symbolizer): EncryptionKey {
  const resource = keyResource(reference, stack, symbolizer);
  if (resource) {
    const { Properties } = symbolizer.template.render(resource);
    const origin = `key policy of ${resource.node.path}`;
    const document = Properties.KeyPolicy || isTransformed(Properties) ? documentOf(resource, origin, symbolizer, 'KeyPolicy') : defaultPolicy(resource.stack);
    return {
      arn: symbolizer.attributeOf(resource, 'Arn'),
      account: accountOf(resource.stack.account),
      awsManaged: false,
      isEnabled: isEnabled(resource, symbolizer),
      policy: { documents: [document], unseen: [] },
    };
  }
  const arn = asArn(reference, stack);
  const segments = arn.split(':', 6);
  return {
    arn: keyOfAlias(arn),
    account: segments.length === 6 ? segments[4] : accountOf(stack.account),
    awsManaged: segments[5]?.literalPrefix.startsWith('alias/aws/') === true,
    isEnabled: 'yes',
    // Taken to let its account's IAM policies decide, as the policy does that KMS gives to a new key; it may let others in, too.
    policy: { documents: [defaultPolicy(stack, segments[4])], unseen: [`the key policy of ${arn} is not defined in this app`] },
  };
}

/** A replica has a policy of its own (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html). */
const KEY_TYPES = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

function isEnabled(key: CfnResource, symbolizer: Symbolizer): Ternary {
  const { Enabled } = symbolizer.template.render(key).Properties;
  if (Enabled === undefined) { return 'yes'; }
  const value = symbolizer.string(Enabled, key.stack)?.literal?.toLowerCase();
  return value === undefined ? 'unknown' : fromBoolean(value === 'true');
}

function keyResource(reference: SymbolicString, stack: Stack, symbolizer: Symbolizer): CfnResource | undefined {
  const keys = KEY_TYPES.flatMap(type => symbolizer.template.resources(type));
  const is = (key: CfnResource, attribute: string, name: SymbolicString) =>
    symbolizer.attributeOf(key, attribute).equals(name) && symbolizer.exists(key);
  // An id is that of a key and of its replicas, and means the one that lies where it is used.
  const named = (name: SymbolicString) => keys.find(key => is(key, 'Arn', name))
    ?? keys.find(key => isBeside(key.stack, stack) && is(key, 'Ref', name)) ?? keys.find(key => is(key, 'Ref', name));
  // An alias is one of an account and a region: two stacks may have the same.
  const alias = symbolizer.template.resources('AWS::KMS::Alias').find(one =>
    asArn(symbolizer.attributeOf(one, 'Ref'), one.stack).equals(asArn(reference, stack)) && symbolizer.exists(one));
  const target = alias && symbolizer.property(alias, 'TargetKeyId');
  return named(target ?? reference);
}

function isBeside(one: Stack, other: Stack): boolean {
  return accountOf(one.account).equals(accountOf(other.account)) && regionOf(one.region).equals(regionOf(other.region));
}

function asArn(reference: SymbolicString, stack: Stack): SymbolicString {
  const isAlias = reference.literalPrefix.startsWith('alias/');
  if (!isAlias && (reference.literalPrefix.startsWith('arn:') || reference.literal === undefined)) { return reference; }
  const name = isAlias ? reference : SymbolicString.concat('key/', reference);
  return SymbolicString.concat('arn:', partitionOf(stack), ':kms:', regionOf(stack.region), ':', accountOf(stack.account), ':', name);
}

/**
 * The ARN of the key that an alias stands for: some key of the alias's account and Region. Requests and policies name the key, never
 * its alias (https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html).
 */
function keyOfAlias(arn: SymbolicString): SymbolicString {
  const [partition, service, region, account, name] = arn.split(':', 6).slice(1);
  if (!name?.literalPrefix.startsWith('alias/')) { return arn; }
  const key = { id: `key of ${arn.key}`, placeholder: `key of ${name}`, alphabet: Alphabet.keyId, minLength: 32 };
  return SymbolicString.concat('arn:', partition, ':', service, ':', region, ':', account, ':key/', key);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy(stack: Stack, account = accountOf(stack.account)): PolicyDocument {
  const one = (value: SymbolicString) => ({ values: [value], complete: true });
  const root = SymbolicString.concat('arn:', partitionOf(stack), ':iam::', account, ':root');
  return {
    origin: 'default key policy',
    hasVariables: true,
    statements: [{
      effect: 'Allow',
      actions: one(SymbolicString.literal('kms:*')),
      resources: one(SymbolicString.literal('*')),
      principals: new Map([['AWS', one(root)]]),
      conditions: [],
    }],
  };
}
