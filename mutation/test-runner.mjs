import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import { resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { JestGlobals } from './jest-globals.mjs';
import { TestChoice } from './test-choice.mjs';

/** The tests of what is mutated. Others reach it too, but are slow or about something else. */
const FOLDERS = ['test/template', 'test/iam', 'test/shell', 'test/preflight', 'test/corpus'];

/** Of the random cases of a property, one in so many is tried. */
const FEWER_CASES = 20;

/**
 * Runs the tests in a process that stays. Jest loads the tests and the project for each run anew, which takes longer than the tests themselves; with
 * thousands of mutants that is days. Here they are loaded once, and a mutant is only switched on. The project's modules alone are loaded again,
 * for a mutant that acts while they load.
 *
 * How Stryker counts and switches: https://stryker-mutator.io/docs/mutation-testing-elements/mutant-schemata
 */
class HotTestRunner {
  #require = createRequire(resolve('package.json'));
  #tests = new Map();
  #choice;
  #isCounting;
  #stryker = globalThis.__stryker__ ??= {};

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // CDK's own validation is not what is tested here, and takes most of the time.
    process.env.CDK_VALIDATION = 'false';
    const fc = this.#require('fast-check');
    const { assert } = fc;
    fc.assert = (property, options) => assert(property, { ...options, numRuns: Math.ceil(options.numRuns / FEWER_CASES), seed: 1 });

    // To count what a test reaches takes longer than to run it, and is of use in the first run only.
    const { _compile } = Module.prototype;
    const isCounting = () => this.#isCounting;
    Module.prototype._compile = function (content, file, ...rest) {
      return _compile.call(this, isCounting() ? content : content.replace('function cover() {', 'function cover() { return;'), file, ...rest);
    };
  }

  async dryRun({ files = [] }) {
    this.#load(true);
    // Of what knows nothing of HyperPod, the tests of the rules say little.
    const isNeeded = ({ fileName }) => !isIn('test/preflight', fileName) || files.some(file => isIn('src/preflight', file));
    const tests = await this.#run([...this.#tests.values()].filter(isNeeded), { disableBail: true });
    const { mutantCoverage } = this.#stryker;
    TestChoice.save(tests, mutantCoverage.perTest);
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit, disableBail, sandboxFileName }) {
    Object.assign(this.#stryker, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    this.#stryker.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    try {
      if (reloadEnvironment || this.#isCounting !== false) { this.#load(false); }
    } catch (error) {
      return toMutantRunResult({ status: DryRunStatus.Complete, tests: [failed({ id: 'load', name: 'the modules load' }, 0, error)] });
    }
    this.#stryker.activeMutant = activeMutant.id;
    this.#choice ??= new TestChoice();
    const covering = testFilter ? testFilter.map(id => this.#tests.get(id)).filter(Boolean) : [...this.#tests.values()];
    const tests = await this.#run(this.#choice.of(covering, sandboxFileName), { disableBail });
    const killer = tests.find(({ status }) => status === TestStatus.Failed);
    if (killer) { this.#choice.killed(killer, sandboxFileName); }
    return toMutantRunResult(determineHitLimitReached(this.#stryker.hitCount, this.#stryker.hitLimit) ?? { status: DryRunStatus.Complete, tests });
  }

  /** Loads the tests and what they test, but not what they depend on. */
  #load(isCounting) {
    this.#isCounting = isCounting;
    // What was counted is large, and Stryker has it by now.
    if (!isCounting) { delete this.#stryker.mutantCoverage; }
    for (const file of Object.keys(this.#require.cache)) {
      if (!file.startsWith(process.cwd() + sep) || file.includes(`${sep}node_modules${sep}`)) { continue; }
      // Whoever loaded a module first keeps it, and with it all that it loaded.
      const { parent } = this.#require.cache[file];
      if (parent) { parent.children.length = 0; }
      delete this.#require.cache[file];
    }
    const globals = new JestGlobals();
    for (const folder of FOLDERS) {
      const files = fs.readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.test.js')).sort();
      for (const file of files) { globals.collect(resolve(folder, file.replace(/js$/, 'ts')), () => this.#require(resolve(folder, file))); }
    }
    this.#tests = new Map(globals.collected.map(test => [test.id, test]));
  }

  async #run(tests, { disableBail }) {
    const results = [];
    for (const test of tests) {
      this.#stryker.currentTestId = test.id;
      const before = process.cpuUsage();
      const result = await withoutLeftovers(() => outcome(test));
      result.cpu = process.cpuUsage(before).user / 1000;
      this.#stryker.currentTestId = undefined;
      results.push(result);
      if (result.status === TestStatus.Failed && !disableBail) { break; }
    }
    return results;
  }
}

function isIn(folder, file) {
  return resolve(file).startsWith(resolve(folder) + sep);
}

async function outcome(test) {
  const started = performance.now();
  try {
    await test.run();
    return { ...described(test, performance.now() - started), status: TestStatus.Success };
  } catch (error) {
    return failed(test, performance.now() - started, error);
  }
}

function failed(test, timeSpentMs, error) {
  return { ...described(test, timeSpentMs), status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
}

function described({ id, name, fileName }, timeSpentMs) {
  return { id, name, fileName, timeSpentMs };
}

/** Removes the directories that a test makes: CDK would keep its assemblies until the process ends, which is many thousands. */
async function withoutLeftovers(run) {
  const { mkdtempSync } = fs;
  const made = [];
  fs.mkdtempSync = (...args) => {
    const directory = mkdtempSync(...args);
    made.push(directory);
    return directory;
  };
  try {
    return await run();
  } finally {
    fs.mkdtempSync = mkdtempSync;
    made.forEach(directory => fs.rmSync(directory, { recursive: true, force: true }));
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'hot', Object.assign(() => new HotTestRunner(), { inject: [] }))];
