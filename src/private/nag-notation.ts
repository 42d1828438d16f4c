/**
 * A resolved value as cdk-nag writes it into the ids of its findings: `<Bucket.Arn>/*`, `arn:<AWS::Partition>:s3:::scripts/*`.
 * https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 */
export function inNagNotation(value: any): string {
  if (typeof value === 'string') { return value.replaceAll('${', '<').replaceAll('}', '>'); }
  const [[name, argument]] = Object.entries<any>(value);
  switch (name) {
    case 'Ref': return `<${argument}>`;
    case 'Fn::GetAtt': return `<${argument.join('.')}>`;
    case 'Fn::Join': return argument[1].map(inNagNotation).join(argument[0]);
    case 'Fn::Sub':
    case 'Fn::ImportValue': return inNagNotation(argument);
    default: return JSON.stringify(value);
  }
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/**
 * Whether CDK accepts an id: it throws on brackets that do not match. cdk-nag writes a dynamic reference as `{{resolve:ssm:/name>>`, so a
 * finding about one cannot be acknowledged by its id.
 *
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/validation/private/validation-id.ts
 */
export function isAcceptedId(id: string): boolean {
  const open: string[] = [];
  for (const character of id) {
    if (character in CLOSING) {
      open.push(CLOSING[character]);
    } else if (Object.values(CLOSING).includes(character) && open.pop() !== character) {
      return false;
    }
  }
  return true;
}
