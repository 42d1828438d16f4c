import { existsSync, lstatSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { testApp } from '../app';
import Environment from './environment';

/**
 * What test files share, and what they do not.
 */
function loaded(load: () => unknown): unknown {
  let exports: unknown;
  jest.isolateModules(() => { exports = load(); });
  return exports;
}

test('packages stay loaded, also where a test asks for fresh modules', () => {
  expect(loaded(() => jest.requireActual('aws-cdk-lib'))).toBe(loaded(() => jest.requireActual('aws-cdk-lib')));
});

test('modules of the project are fresh where a test asks for them', () => {
  expect(loaded(() => jest.requireActual('../../../src/private/errors'))).not.toBe(loaded(() => jest.requireActual('../../../src/private/errors')));
});

test('what Node makes is of the same realm as the tests', () => {
  expect(readdirSync(__dirname)).toBeInstanceOf(Array);
  expect(() => statSync(join(__dirname, 'missing'))).toThrow(Error);
});

describe('what a test file leaves behind', () => {
  const directory = process.cwd();
  const globals = globalThis as Record<string | symbol, unknown>;
  const marker = Symbol('left');

  async function afterAFile(run: () => void): Promise<void> {
    const environment = new Environment({ projectConfig: { fakeTimers: {} } as any });
    await environment.setup();
    run();
    await environment.teardown();
  }

  test('new globals go', async () => {
    await afterAFile(() => Object.assign(globals, { left: true, [marker]: true }));

    expect([globals.left, globals[marker]]).toEqual([undefined, undefined]);
  });

  test('globals that were there are as before', async () => {
    const { fetch } = globalThis;
    await afterAFile(() => Object.assign(globals, { fetch: undefined }));

    expect(globalThis.fetch).toBe(fetch);
  });

  test('the environment is as before', async () => {
    const variables = { ...process.env };
    await afterAFile(() => {
      Object.assign(process.env, { LEFT: 'behind', PATH: 'nowhere' });
      delete process.env.HOME;
    });

    expect({ ...process.env }).toEqual(variables);
  });

  test('the working directory is as before', async () => {
    await afterAFile(() => process.chdir(mkdtempSync(join(tmpdir(), 'environment-'))));

    expect(process.cwd()).toBe(directory);
  });

  test('a process that a test must not end can be ended again', async () => {
    const { exit } = process;
    await afterAFile(() => { process.exit = () => { throw new Error('exit'); }; });

    expect(process.exit).toBe(exit);
  });

  test('tokens stay, for packages do', async () => {
    const stack = new Stack(testApp(), 'Stack');
    await afterAFile(() => {});

    expect(stack.resolve(stack.region)).toEqual({ Ref: 'AWS::Region' });
  });
});

test('archives of packages are linked into assemblies, not copied', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  new BucketDeployment(stack, 'Upload', { destinationBucket: new Bucket(stack, 'Bucket'), sources: [Source.data('script.sh', 'true')] });

  const archives = readdirSync(app.outdir).filter(name => name.endsWith('.zip')).map(name => join(app.outdir, name));
  expect(archives.filter(archive => lstatSync(archive).isSymbolicLink())).toHaveLength(1);
  expect(archives.filter(archive => existsSync(archive))).toEqual(archives);
});
