import { spawnSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Transpiled } from '../../private/transpiled';

const ROOT = join(__dirname, '..', '..', '..');

/** What the CDK CLI made of an example. */
export interface SynthesizedExample {
  /** The copy of the example. */
  readonly directory: string;
  /** Its cloud assembly. */
  readonly assembly: string;
  readonly template: any;
  readonly assets: any;
}

/** A copy of an example, for a test to change. */
export function copyOfExample(name: string): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  cpSync(join(ROOT, 'examples', name), directory, { recursive: true, filter: path => !path.endsWith('cdk.out') });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  return directory;
}

/** CDK's own validation takes longer to start than all the rest. Once for each example is enough, not for each change of one. */
export const WITHOUT_VALIDATION = { CDK_VALIDATION: 'false' };

/** Runs the real `cdk synth` on a copy of an example, with the library as it is in the sources. */
export function synthesizeExample(directory: string, stackName: string, library: Transpiled, variables: NodeJS.ProcessEnv = {}): SynthesizedExample {
  const app = ['node', '--require', 'ts-node/register/transpile-only', '--require', join(__dirname, 'library-from-sources.ts'), 'app.ts'].join(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), 'synth', '--quiet', '--no-notices', '--no-version-reporting', '--app', app,
  ], {
    cwd: directory,
    encoding: 'utf8',
    // CDK takes an app for one under test where NODE_ENV says so, and then reports what it finds in another way.
    env: {
      ...process.env,
      NODE_ENV: undefined,
      TS_NODE_PROJECT: join(ROOT, 'tsconfig.dev.json'),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      LIBRARY: library.path('src/index.ts'),
      ...variables,
    },
  });
  if (status !== 0) { throw new Error(`cdk synth failed (${status}):\n${stdout}\n${stderr}`); }
  const assembly = join(directory, 'cdk.out');
  const read = (file: string) => JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  return { directory, assembly, template: read(`${stackName}.template.json`), assets: read(`${stackName}.assets.json`) };
}
