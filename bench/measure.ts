import type { App } from 'aws-cdk-lib';

/** Milliseconds of processor time: what other programs on the machine do does not count. */
export function processorTime(work: () => unknown): number {
  global.gc?.();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Synthesizes fresh apps in turn, so that whatever slows the machine down slows all of them, and returns each one's median. */
export function compareSynths<Name extends string>(runs: number, apps: Record<Name, () => App>): Record<Name, number> {
  const names = Object.keys(apps) as Name[];
  const times = new Map<Name, number[]>(names.map(name => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const name of names) {
      const app = apps[name]();
      times.get(name)!.push(processorTime(() => synth(app)));
    }
  }
  return Object.fromEntries(names.map(name => [name, median(times.get(name)!)])) as Record<Name, number>;
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

/** Megabytes that are still in use after a synthesis. */
export function heapAfter(app: App): number {
  synth(app);
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
