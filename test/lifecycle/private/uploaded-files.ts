import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';

/** Objects by their key. */
export type Objects = Map<string, Buffer>;

/** The files that the only upload of a stack writes, by their path under its prefix. */
export function uploadedFiles(stack: Stack, values: Record<string, string> = {}): Objects {
  const assembly = (stack.node.root as App).synth({ force: true });
  const { template } = assembly.getStackByName(stack.stackName);
  const [upload] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'Custom::CDKBucketDeployment');
  return deployedObjects(upload.Properties, assembly.directory, expression => evaluated(expression, values));
}

/**
 * What a `BucketDeployment` writes under its prefix: the files of its archives, with deploy-time values in place of their markers.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html#data-with-deploy-time-values
 */
export function deployedObjects(upload: any, assembly: string, evaluate: (expression: any) => string): Objects {
  const objects: Objects = new Map();
  upload.SourceObjectKeys.forEach((key: string, index: number) => {
    const directory = join(assembly, `asset.${key.replace(/\.zip$/, '')}`);
    for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
      if (statSync(join(directory, path)).isDirectory()) { continue; }
      const bytes = readFileSync(join(directory, path));
      const markers = Object.entries(upload.SourceMarkers?.[index] ?? {});
      objects.set(path, markers.length === 0 ? bytes
        : Buffer.from(markers.reduce((text, [marker, value]) => text.replaceAll(marker, () => evaluate(value)), bytes.toString())));
    }
  });
  return objects;
}

/** The value of a CloudFormation expression at deployment, of the kinds that text is made of. */
export function evaluated(expression: any, values: Record<string, string>): string {
  if (typeof expression === 'string') { return expression; }
  const [[name, argument]] = Object.entries<any>(expression);
  switch (name) {
    case 'Ref': return known(argument, values);
    case 'Fn::GetAtt': return known(argument.join('.'), values);
    case 'Fn::Join': return argument[1].map((part: any) => evaluated(part, values)).join(argument[0]);
    default: throw new Error(`cannot evaluate ${JSON.stringify(expression)}`);
  }
}

function known(name: string, values: Record<string, string>): string {
  if (!(name in values)) { throw new Error(`no value for ${name}`); }
  return values[name];
}
