/**
 * A resolved value as cdk-nag writes it into the ids of its findings: `<Bucket.Arn>/*`, `arn:<AWS::Partition>:s3:::scripts/*`.
 * https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 */
export function inNagNotation(value: any): string {
  if (typeof value === 'string') {
    return value.replaceAll('${', '<').replaceAll('}', '>');
  }
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
