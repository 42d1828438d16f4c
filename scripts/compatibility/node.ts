/**
 * `npm run test:node [-- arguments for jest]`: the quickstart and the unit tests under each version of Node that has to work, but the one at work.
 * npm brings them: https://www.npmjs.com/package/node
 */
import * as assert from 'node:assert';
import * as path from 'node:path';
import { jest } from './jest';
import { main, run, step } from '../check';

const [versions, ...tests] = process.argv.slice(2);

const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

main('node', async (directory, skip) => {
  for (const version of versions.split(',')) {
    if (process.versions.node.startsWith(`${version}.`)) {
      skip(`Node ${version}`, 'npm test runs under it');
      continue;
    }
    let binaries: string;
    try {
      binaries = await step(`fetched Node ${version}`, () => fetch(version, path.join(directory, version)));
    } catch (error) {
      skip(`Node ${version}`, `npm does not bring it\n${(error as Error).message}`);
      continue;
    }
    // First in the path, it runs npm, the CDK CLI, the app and Jest alike.
    const env = { PATH: `${binaries}${path.delimiter}${process.env.PATH}` };
    const actual = run('node', ['--version'], { env }).trim();
    assert.match(actual, new RegExp(`^v${version}\\.`), 'npm brought another version of Node');

    const printed = await step(`synthesized the quickstart under ${actual}`, () => run('npm', ['run', '--silent', 'example'], { env }));
    assert.match(printed, /^Grant /m, printed);
    await step(`ran the tests under ${actual}`, () => jest(tests, { env: { ...process.env, ...env } }));
  }
});

/** The directory of the fetched binary. */
function fetch(version: string, directory: string): string {
  run('npm', ['install', '--prefix', directory, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${PLATFORM}@${version}`]);
  return path.join(directory, 'node_modules', PLATFORM, 'bin');
}
