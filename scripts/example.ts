/**
 * `npm run example` and `npm run example:mismatch`: build the library if need be, run the CDK CLI's `synth` on an app under
 * examples/, and say in a few lines what came out. Needs neither an AWS account nor a network.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { describeClusters } from './describe-clusters';
import { ROOT, isBuildStale } from './project';

function main(example: string): number {
  const directory = path.join(ROOT, 'examples', example);
  const assembly = path.join(directory, 'cdk.out');

  if (isBuildStale()) {
    console.log('Building the library (jsii) ...');
    if (run(['projen', 'compile'], ROOT, 'only on failure') !== 0) return 1;
  }

  // What an earlier run left must not be taken for the result of this one.
  rmSync(assembly, { recursive: true, force: true });

  console.log(`cdk synth in examples/${example} ...`);
  if (run(['cdk', 'synth', '--quiet', '--no-notices', '--no-version-reporting'], directory, 'always') !== 0) {
    // The CLI writes templates even when a construct carries an error. Nobody should be able to deploy them.
    rmSync(assembly, { recursive: true, force: true });
    console.log(`\ncdk synth stopped at an error, and examples/${example}/cdk.out was removed: there is nothing to deploy.`);
    return 1;
  }

  for (const file of readdirSync(assembly).filter(name => name.endsWith('.template.json'))) {
    console.log(`\nexamples/${example}/cdk.out/${file}, nothing deployed\n`);
    console.log(describeClusters(JSON.parse(readFileSync(path.join(assembly, file), 'utf8'))) || 'no HyperPod cluster');
  }
  return 0;
}

function run(command: string[], cwd: string, output: 'always' | 'only on failure'): number {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', ...command], {
    cwd,
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    shell: process.platform === 'win32',
    stdio: output === 'always' ? 'inherit' : 'pipe',
    encoding: 'utf8',
  });
  if (status !== 0 && output === 'only on failure') console.error(stdout + stderr);
  return status ?? 1;
}

process.exitCode = main(process.argv[2]);
