import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Alias, CfnAlias, CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { type EncryptionKey, findKey } from '../../../src/iam/resources/key';
import { resolveReferencing } from '../../../src/template/token-resolver';
import { ACCOUNT, OTHER_ACCOUNT, symbolizerOf } from '../private/policies';

const env = { account: ACCOUNT, region: 'eu-west-1' };
const elsewhere = { account: OTHER_ACCOUNT, region: 'us-east-1' };
const HERE = `arn:aws:kms:eu-west-1:${ACCOUNT}`;

function newStack(app = new App(), id = 'Stack', where = env): Stack {
  return new Stack(app, id, { env: where });
}

function key(reference: string, stack: Stack): EncryptionKey {
  const symbolizer = symbolizerOf(stack);
  return findKey(symbolizer.string(resolveReferencing(stack, reference), stack)!, stack, symbolizer);
}

const letsIn = ({ policy }: EncryptionKey) =>
  policy.documents.flatMap(({ statements }) => statements.flatMap(({ principals }) => principals!.get('AWS')!.values.map(String)));

describe('a key of the app', () => {
  test.each<[string, (made: Key, stack: Stack) => string]>([
    ['by its ARN', made => made.keyArn],
    ['by its id', made => made.keyId],
    ['by its alias', made => made.addAlias('alias/mine').aliasName],
    ['by the name of its alias', made => made.addAlias('alias/mine') && 'alias/mine'],
    ['by the ARN of its alias', made => made.addAlias('alias/mine') && `${HERE}:alias/mine`],
    ['by an alias to its id', (made, stack) => new CfnAlias(stack, 'Alias', { aliasName: 'alias/mine', targetKeyId: made.keyId }).ref],
  ])('is found %s', (_, reference) => {
    const stack = newStack();
    const made = new Key(stack, 'Key');
    new Key(stack, 'Other');
    const found = key(reference(made, stack), stack);
    expect([`${found.arn}`, `${found.account}`, found.awsManaged, found.policy.unseen]).toEqual([
      `${HERE}:key/\${${stack.resolve((made.node.defaultChild as CfnKey).logicalId)}}`, ACCOUNT, false, [],
    ]);
    expect(found.policy.documents.map(({ origin }) => origin)).toEqual(['key policy of Stack/Key/Resource']);
  });

  test('without a policy has the one that KMS gives it', () => {
    const stack = newStack();
    const found = key(new CfnKey(stack, 'Key').attrArn, stack);
    expect([found.policy.unseen, letsIn(found)]).toEqual([[], [`arn:aws:iam::${ACCOUNT}:root`]]);
  });

  test('of another stack lies there', () => {
    const app = new App();
    const made = new CfnKey(newStack(app, 'Other', elsewhere), 'Key');
    const found = key(made.attrArn, newStack(app));
    expect([`${found.account}`, letsIn(found)]).toEqual([OTHER_ACCOUNT, [`arn:aws:iam::${OTHER_ACCOUNT}:root`]]);
  });

  test('is not the one of an alias of the same name in another account', () => {
    const app = new App();
    const other = newStack(app, 'Other', elsewhere);
    new Alias(other, 'Alias', { aliasName: 'alias/mine', targetKey: new Key(other, 'Key') });
    expect(`${key('alias/mine', newStack(app)).arn}`).toBe(`${HERE}:key/\${key of alias/mine}`);
  });
});

describe('a key that the app does not define', () => {
  test.each([
    ['abc', `${HERE}:key/abc`, ACCOUNT, false],
    [`arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:key/abc`, `arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:key/abc`, OTHER_ACCOUNT, false],
    ['alias/mine', `${HERE}:key/\${key of alias/mine}`, ACCOUNT, false],
    ['alias/aws/s3', `${HERE}:key/\${key of alias/aws/s3}`, ACCOUNT, true],
    [`arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:alias/mine`, `arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:key/\${key of alias/mine}`, OTHER_ACCOUNT, false],
  ])('%s is %s of the account %s, managed by AWS: %s', (reference, arn, account, awsManaged) => {
    const found = key(reference, newStack());
    expect([`${found.arn}`, `${found.account}`, found.awsManaged]).toEqual([arn, account, awsManaged]);
    expect(letsIn(found)).toEqual([`arn:aws:iam::${account}:root`]);
    expect(found.policy.unseen).toEqual([expect.stringMatching(/^the key policy of .* is not defined in this app$/)]);
  });

  test('and whose reference is a parameter', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'P').valueAsString;
    expect(`${key(parameter, stack).arn}`).toBe('${P}');
    expect(`${key(`alias/${parameter}`, stack).arn}`).toBe(`${HERE}:key/\${key of alias/\${P}}`);
  });
});
