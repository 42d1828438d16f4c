import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

/** What comes out of one run of the command line. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * The executable of aws-cdk, run several times in one process, which takes longer to load it than to run it.
 *
 * A run is over when nothing is left to do, where a process of its own would end.
 */
class CommandLine {
  private readonly load = createRequire(__filename);
  private readonly executable = this.load.resolve('aws-cdk/bin/cdk');
  private readonly variables = { ...process.env };
  private output = '';

  constructor() {
    for (const stream of [process.stdout, process.stderr]) { Object.assign(stream, { write: this.write.bind(this) }); }
  }

  run(args: readonly string[]): Promise<Run> {
    this.output = '';
    Object.assign(process, { argv: [process.argv[0], this.executable, ...args], env: { ...this.variables }, exitCode: undefined });
    const run = new Promise<Run>(resolve => process.once('beforeExit', code => resolve({ exitCode: code, output: this.output })));
    delete this.load.cache[this.executable];
    this.load(this.executable);
    return run;
  }

  private write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    this.output += Buffer.from(chunk as Uint8Array).toString();
    const done = rest.find(argument => typeof argument === 'function');
    if (done) { process.nextTick(done); }
    return true;
  }
}

/** Reads lists of arguments, as JSON, and writes runs. */
async function main(): Promise<void> {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  const waiting: string[][] = JSON.parse(await text(process.stdin));
  const commandLine = new CommandLine();
  const runs: Run[] = [];
  for (const args of waiting) { runs.push(await commandLine.run(args)); }
  process.exitCode = 0;
  write(JSON.stringify(runs));
}

void main();
