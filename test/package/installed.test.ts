import { mkdirSync } from 'fs';
import { join } from 'path';
import { quickstart } from './private/quickstart';
import { ROOT, StrangersApp } from './private/stranger';

/**
 * What a user gets, who installs the tarball into an empty app.
 */
// npm and the CDK CLI, for real.
jest.setTimeout(300_000);

const app = new StrangersApp();
beforeAll(() => app.install());
afterAll(() => app.remove());

interface JsiiType { readonly kind: string; readonly name: string; readonly namespace?: string }

/** The types of the API that exist when a program runs, by namespace. Interfaces are gone then. */
function namesInApi(namespace: string | undefined): string[] {
  const { types } = JSON.parse(app.read('node_modules/cdk-hyperpod/.jsii')) as { types: Record<string, JsiiType> };
  return Object.values(types).filter(type => type.kind !== 'interface' && type.namespace === namespace).map(({ name }) => name);
}

test('nothing is missing or in conflict, and nothing else comes along', () => {
  expect(app.run('npm', 'ls', '--all')).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(app.read('node_modules/cdk-hyperpod/package.json'))).not.toHaveProperty('dependencies');
});

describe('imports', () => {
  const SUBMODULES = ['mixins'];

  /** What Node adds to the names of a CommonJS module: https://nodejs.org/api/esm.html#commonjs-namespaces */
  const OF_NODE = ['default', 'module.exports', '__esModule'];

  test('`require` and `import` give the names of the API', () => {
    const names = [...namesInApi(undefined), ...SUBMODULES].sort();
    expect(names).toContain('HyperPodCluster');

    expect(app.evaluate<string[]>('print(Object.keys(require("cdk-hyperpod")))').sort()).toEqual(names);
    expect(app.evaluate<string[]>('import("cdk-hyperpod").then(library => print(Object.keys(library)))')
      .filter(name => !OF_NODE.includes(name)).sort()).toEqual(names);
  });

  test.each(SUBMODULES)('so does the submodule %s', submodule => {
    expect(namesInApi(submodule)).not.toEqual([]);
    expect(app.evaluate<string[]>(`print(Object.keys(require("cdk-hyperpod").${submodule}))`).sort()).toEqual(namesInApi(submodule).sort());
  });

  test('cdk-nag is loaded with HyperPodChecks, and with no other name', () => {
    expect(app.evaluate(`
      const isNagLoaded = () => Object.keys(require.cache).some(file => file.includes("/node_modules/cdk-nag/"));
      const library = require("cdk-hyperpod");
      const loaded = Object.keys(library).filter(name => name !== "HyperPodChecks" && (library[name], isNagLoaded()));
      print({ loaded, used: (library.HyperPodChecks, isNagLoaded()) });
    `)).toEqual({ loaded: [], used: true });
  });

  test('to check a cluster that is defined by hand, three files of the library are read, and what is wrong is found', () => {
    const { files, findings } = app.evaluate<{ files: string[]; findings: string[] }>(`
      const { App, Stack } = require("aws-cdk-lib");
      const { CfnCluster } = require("aws-cdk-lib/aws-sagemaker");
      const { HyperPodPreflight } = require("cdk-hyperpod");
      const stack = new Stack(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }), "Stack", { env: { region: "us-west-2" } });
      const cluster = new CfnCluster(stack, "Cluster", { instanceGroups: [
        { instanceGroupName: "a", instanceType: "ml.m5.xlarge", instanceCount: 1, executionRole: "arn:aws:iam::111111111111:role/a" },
        { instanceGroupName: "a", instanceType: "ml.m5.xlarge", instanceCount: 1, executionRole: "arn:aws:iam::111111111111:role/a" },
      ] });
      HyperPodPreflight.applyTo(stack);
      stack.node.root.synth();
      const { dirname, relative } = require("path");
      const library = dirname(require.resolve("cdk-hyperpod"));
      print({
        files: Object.keys(require.cache).filter(file => file.startsWith(library)).map(file => relative(library, file)).sort(),
        findings: cluster.node.metadata.filter(({ type }) => /error|warning/.test(type)).map(({ data }) => /Acknowledge with '([^']*)'/.exec(data)[1]),
      });
    `);

    expect(files).toEqual(['bundle/check.js', 'index.js', 'preflight/hyperpod-preflight.js']);
    expect(findings).toContain('HyperPod-InstanceGroupNames[a]');
  });

  test.each([
    'cdk-hyperpod/lib', 'cdk-hyperpod/lib/index.js', 'cdk-hyperpod/lib/cluster/hyperpod-cluster', 'cdk-hyperpod/mixins', 'cdk-hyperpod/rosetta/default.ts-fixture',
  ])('%s cannot be imported', deep => {
    const code = 'error => print(error.code)';
    expect(app.evaluate(`try { require("${deep}"); print("loaded"); } catch (error) { (${code})(error); }`)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect(app.evaluate(`import("${deep}").then(() => print("loaded"), ${code})`)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test.each(['package.json', '.jsii', 'API.md', 'RULES.md'])('tools find %s', file => {
    expect(app.evaluate(`print(require.resolve("cdk-hyperpod/${file}"))`)).toBe(join(app.directory, 'node_modules', 'cdk-hyperpod', file));
  });
});

describe('the quickstart of README', () => {
  beforeAll(() => {
    app.write('app.ts', quickstart());
    mkdirSync(join(app.directory, 'lifecycle'));
    app.write('lifecycle/on_init_complete.sh', '#!/bin/bash\necho "on_init_complete: $(hostname) is up"\n');
    app.write('cdk.json', JSON.stringify({ app: 'node app.js' }));
    // As `cdk init` sets up an app, but for the types of Node.
    app.write('tsconfig.json', JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, skipLibCheck: true, types: [] },
      files: ['app.ts'],
    }));
  });

  test('compiles against the types in the package, and the real cdk synth makes a cluster of it without a finding', () => {
    expect(app.run('node', join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'))).toEqual({ exitCode: 0, output: '' });

    const synth = app.run('node', 'node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--strict', '--no-notices');
    expect(synth).toMatchObject({ exitCode: 0, output: expect.not.stringContaining('HyperPod-') });

    const { Resources } = JSON.parse(app.read('cdk.out/Quickstart.template.json'));
    expect(Object.values<any>(Resources).map(({ Type }) => Type)).toEqual(expect.arrayContaining(['AWS::SageMaker::Cluster', 'AWS::IAM::Role', 'AWS::S3::Bucket']));
  });
});
