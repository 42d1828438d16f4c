import { execFileSync } from 'node:child_process';
import type { App } from 'aws-cdk-lib';

/** Milliseconds. No collection of garbage is forced before: V8 throws away optimized code with it, and what is measured is the compiler. */
export function timeOf(work: () => unknown): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/** What is measured in turn, so that whatever slows the machine down slows all of it, and each one's median. */
export function compare<Name extends string>(rounds: number, measurements: Record<Name, () => number>): Record<Name, number> {
  const names = Object.keys(measurements) as Name[];
  const times = new Map<Name, number[]>(names.map(name => [name, []]));
  // The first round is for the compiler and the file system to warm up.
  for (let round = 0; round <= rounds; round++) {
    // In another order each time: what comes first pays for the garbage of what was last.
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const time = measurements[name]();
      if (round > 0) { times.get(name)!.push(time); }
    }
  }
  return Object.fromEntries(names.map(name => [name, median(times.get(name)!)])) as Record<Name, number>;
}

/** What one costs next to another: as a quotient, and what is added. */
export interface Difference {
  readonly ratio: number;
  readonly added: number;
}

/** Both are measured one right after the other and compared pair by pair: what slows the machine down slows both. The medians count. */
export function compareInPairs(rounds: number, one: () => number, other: () => number): Difference {
  const pairs: [number, number][] = [];
  // The first round is for the file system to warm up.
  for (let round = 0; round <= rounds; round++) {
    if (round % 2 === 0) { pairs.push([one(), other()]); } else { pairs.push([other(), one()].reverse() as [number, number]); }
  }
  const counted = pairs.slice(1);
  return { ratio: median(counted.map(([left, right]) => left / right)), added: median(counted.map(([left, right]) => left - right)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** What another Node prints that runs a script, as JSON. */
export function outputOf(args: readonly string[]): any {
  return JSON.parse(execFileSync(process.execPath, args, { cwd: __dirname, encoding: 'utf8' }) || 'null');
}

export function synth(app: App): void {
  const { error: print } = console;
  // A pack prints what it finds, thousands of lines of it, and sets the exit code.
  console.error = () => {};
  try {
    app.synth();
  } finally {
    console.error = print;
    process.exitCode = 0;
  }
}

/** Megabytes in use after a synthesis, while the app still is. */
export function heapAfter(app: App): number {
  synth(app);
  global.gc?.();
  const { heapUsed } = process.memoryUsage();
  // Whoever holds the app at this point keeps it from being collected before.
  return app.node.children.length > 0 ? heapUsed / 1024 / 1024 : NaN;
}
