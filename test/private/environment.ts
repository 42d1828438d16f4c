import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Node, with one engine of CDK's CloudFormation validation for all the test files of a process.
 *
 * Jest gives every test file fresh modules. To make the engine anew takes longer than the tests of most files, and it keeps nothing
 * from one validation to the next.
 */
export default class Environment extends TestEnvironment {
  public async setup(): Promise<void> {
    await super.setup();
    Object.defineProperty(this.global, 'cloudFormationValidate', { get: () => SHARED });
  }
}

// Outside of Jest's registry of modules, so that it is loaded once.
const original = createRequire(require.resolve('aws-cdk-lib/package.json'))('@aws/cloudformation-validate');

const engines = new Map<string, unknown>();

const SHARED = {
  ...original,
  CompositeEngine: function (config: unknown) {
    const key = JSON.stringify(config);
    if (!engines.has(key)) { engines.set(key, shared(new original.CompositeEngine(structuredClone(config)))); }
    return engines.get(key);
  },
};

function shared(engine: any): unknown {
  const validateTemplate = engine.validateTemplate.bind(engine);
  return Object.assign(engine, {
    // CDK frees its engine when a process ends.
    free: () => {},
    // Since 1.14.0 (aws-cdk-lib 2.276.0) the engine refuses objects whose prototype is not its own `Object.prototype`, as of those made in a test file.
    validateTemplate: (template: unknown, config: unknown) => validateTemplate(template, structuredClone(config)),
  });
}
