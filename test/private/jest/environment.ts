import fs from 'node:fs';
import { createContext } from 'node:vm';
import type { JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { linkArchivesOfPackages } from './archives';

/** Globals by which packages, which stay, find their state again: `__cdkTokenMap`, `Symbol.for('@aws-cdk/…')`. */
const OF_PACKAGES = /^(__cdk|@aws-cdk\/|jsii)/;

/** Enough to reach the test from the depths of a synthesis. Jest takes 100, and CDK formats the stack of each acknowledgement. */
const STACK_FRAMES = 25;

linkArchivesOfPackages(fs);

/**
 * Node as it is, in its own realm. Test files run one after another in the globals that the packages have, which `runtime.js` loads once;
 * what a file leaves behind in globals, in the environment or in the working directory goes with it.
 */
export default class Environment implements JestEnvironment {
  public readonly global = globalThis as unknown as JestEnvironment['global'];
  public readonly moduleMocker = new ModuleMocker(globalThis);
  public readonly fakeTimers = null;
  public readonly fakeTimersModern: ModernFakeTimers;

  private readonly globals = Object.getOwnPropertyDescriptors(globalThis);
  private readonly variables = { ...process.env };
  private readonly directory = process.cwd();
  /** Jest puts its own in their place. */
  private readonly ofProcess = { exit: process.exit, getBuiltinModule: process.getBuiltinModule };
  private readonly context = createContext();

  constructor({ projectConfig }: Pick<JestEnvironmentConfig, 'projectConfig'>) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  public async setup(): Promise<void> {
    Error.stackTraceLimit = STACK_FRAMES;
  }

  public async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    for (const key of Reflect.ownKeys(globalThis)) {
      const name = typeof key === 'symbol' ? key.description ?? '' : key;
      if (!(key in this.globals) && !OF_PACKAGES.test(name)) { Reflect.deleteProperty(globalThis, key); }
    }
    Object.defineProperties(globalThis, this.globals);
    for (const name of Object.keys(process.env)) {
      if (!(name in this.variables)) { delete process.env[name]; }
    }
    Object.assign(process.env, this.variables);
    process.chdir(this.directory);
    Object.assign(process, this.ofProcess);
  }

  /** Jest takes an environment without one for torn down. `runtime.js` compiles for the realm of the process. */
  public getVmContext(): ReturnType<typeof createContext> {
    return this.context;
  }

  public exportConditions(): string[] {
    return ['node', 'node-addons'];
  }
}
