import { Stack } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, type IKey } from 'aws-cdk-lib/aws-kms';

/**
 * The ARN of a key; of an alias of this app, that of the key behind it.
 */
export function keyArnOf(key: IKey): string {
  const resource = key.node.defaultChild;
  return CfnAlias.isCfnAlias(resource) ? resource.targetKeyId : key.keyArn;
}

/**
 * A statement that allows the use of a key, also of one that is known by its alias alone.
 *
 * An alias is an `IKey` whose `keyArn` is the ARN of the alias. As the resource of a statement, KMS matches that with the alias itself and
 * never with the key behind it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function keyStatement(key: IKey, actions: readonly string[], conditions: Conditions = {}): PolicyStatement {
  if (!isAlias(key) || CfnAlias.isCfnAlias(key.node.defaultChild)) {
    return new PolicyStatement({ actions: [...actions], conditions, resources: [keyArnOf(key)] });
  }
  return new PolicyStatement({
    actions: [...actions],
    // Which key the alias belongs to is for KMS to say, hence any key, limited to the one that has the alias.
    resources: [Stack.of(key).formatArn({ service: 'kms', resource: 'key', resourceName: '*' })],
    conditions: { ...conditions, 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': key.aliasName } },
  });
}

function isAlias(key: IKey): key is IKey & { readonly aliasName: string } {
  return 'aliasName' in key;
}
