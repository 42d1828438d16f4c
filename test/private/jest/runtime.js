const { createRequire, isBuiltin } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');
const { instrumenter } = require('./coverage');

/**
 * Jest's runtime, but for packages, which Node loads, once a process: docs/decisions/0013-packages-are-loaded-once-for-each-test-process.md
 *
 * What is imported by a path, the modules of the project, is fresh for each test file, as ever. To load aws-cdk-lib takes longer than the tests of
 * most files.
 */
class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    // For the realm of the process, where the packages are: arrays and errors of theirs are arrays and errors of the tests'.
    const { executor } = this;
    executor.compile = (source, filename) => compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModule(from, name, options, isRequireActual) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModule(from, name, options, isRequireActual);
  }

  async collectV8Coverage() {
    Object.assign(this.v8Coverage, { instrumenter, sources: new Map() });
    await instrumenter.startInstrumenting();
  }
}

function isPackage(name) {
  return name !== undefined && !/^[./]/.test(name) && !isBuiltin(name);
}

module.exports = SharedPackagesRuntime;
