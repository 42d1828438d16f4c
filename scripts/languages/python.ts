/**
 * `npm run test:python`: builds the wheel, installs it in a fresh virtual environment with the peers at their floors, and compares
 * what each app in examples/python synthesizes with its TypeScript twin in examples.
 */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { generate } from './generate';
import { compareTwins } from './twins';
import { has, main, refusal, run, step } from '../check';
import { ROOT, floor, installed } from '../project';

main('python', async (directory, skip) => {
  const code = await generate('python', directory);
  if (!has('python3', '-c', 'import ensurepip, venv')) return skip('the rest', 'there is no python3 with venv');

  const environment = path.join(directory, 'venv');
  const python = path.join(environment, 'bin', 'python');
  run('python3', ['-m', 'venv', environment]);
  // Compiling every module of CDK takes longer than running the apps, which compile those that they import.
  const why = await step('installed the peers', () => refusal(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', ...peers()]));
  if (why !== undefined) return skip('the rest', `pip cannot fetch the peers: ${why}`);

  await step('built and installed the wheel', () => {
    run(python, ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', directory, code]);
    run(python, ['-m', 'pip', 'install', '--quiet', path.join(directory, readdirSync(directory).find(file => file.endsWith('.whl'))!)]);
  });

  const examples = readdirSync(path.join(ROOT, 'examples', 'python'), { withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const { name } of examples) {
    await step(`the same as its twin: ${name}`, () => compareTwins(name, path.join('python', name), `${python} app.py`));
  }
});

/** Peers at their floors, and the assets that aws-cdk-lib brings along at the versions of node_modules, for their hashes are in the templates. */
function peers(): string[] {
  return [
    ...['aws-cdk-lib', 'constructs', 'cdk-nag'].map(name => `${name}==${floor(name)}`),
    ...['asset-awscli-v1', 'asset-node-proxy-agent-v6'].map(name => `aws-cdk.${name}==${installed(`@aws-cdk/${name}`)}`),
  ];
}
