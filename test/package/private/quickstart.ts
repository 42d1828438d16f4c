import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './stranger';

/** What README's quickstart declares, and takes for granted. */
const DECLARED: Record<string, string> = {
  stack: 'new completion.Stack(new completion.App(), "Quickstart")',
  vpc: 'new completion.aws_ec2.Vpc(stack, "Vpc")',
};

/** The first `ts` block below the heading "Start" of README, as an app. */
export function quickstart(): string {
  const [, section] = /^## Start\n([^]*?)(?=^## |$(?![^]))/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  const [, block] = /^```ts\b.*\n([^]*?)^```$/m.exec(section ?? '') ?? [];
  if (block === undefined) throw new Error('README.md has no ts block below "## Start"');

  const declaration = /^declare const (\w+): .*;\n/gm;
  const declared = [...block.matchAll(declaration)].map(([, name]) => name);
  const unknown = declared.filter(name => !(name in DECLARED));
  if (unknown.length > 0) throw new Error(`README's quickstart declares ${unknown.join(', ')}: say in ${__filename} what that is`);

  return [
    'import * as completion from "aws-cdk-lib";',
    ...Object.entries(DECLARED).filter(([name]) => name === 'stack' || declared.includes(name)).map(([name, value]) => `const ${name} = ${value};`),
    block.replace(declaration, ''),
  ].join('\n');
}
