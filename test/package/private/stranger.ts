import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

export const ROOT = join(__dirname, '..', '..', '..');

const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

export interface Packed {
  /** The tarball's file name. */
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly files: { readonly path: string }[];
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Makes the tarball that would be published, and says what npm put into it. */
export function pack(directory: string): Packed {
  const { exitCode, output } = run('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', directory], ROOT);
  if (exitCode !== 0) throw new Error(output);
  // A list, and since npm 12 an object by name.
  return Object.values<Packed>(JSON.parse(output))[0];
}

/** A directory outside of the project, so that nothing is found there but what is installed there. */
export class StrangersApp {
  readonly directory = mkdtempSync(join(realpathSync(tmpdir()), 'cdk-hyperpod-package-'));

  /** Installs the tarball next to the peers at their floors, as `npm install` does for a user. */
  install(): void {
    const { filename } = pack(this.directory);
    this.write('package.json', JSON.stringify({ name: 'strangers-app', version: '1.0.0', private: true }));
    const peers = Object.entries<string>(MANIFEST.peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`);
    const { exitCode, output } = run('npm', [
      'install', '--no-audit', '--no-fund', '--save-exact', `./${filename}`, ...peers, `aws-cdk@${MANIFEST.devDependencies['aws-cdk']}`,
    ], this.directory);
    if (exitCode !== 0) throw new Error(output);
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.directory, file), content);
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  run(command: string, ...args: string[]): Outcome {
    return run(command, args, this.directory);
  }

  /** Runs JavaScript in the app, and returns the value that it passes to `print`. */
  evaluate<T>(program: string): T {
    const { exitCode, output } = this.run('node', '-e', `const print = value => console.log(JSON.stringify(value)); ${program}`);
    if (exitCode !== 0) throw new Error(output);
    return JSON.parse(output);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], cwd: string): Outcome {
  // Nothing that Jest or npm set for this process may reach a stranger's.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|NODE_|JEST_|CDK_)/.test(name));
  const env = { ...Object.fromEntries(inherited), CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw error;
  return { exitCode: status, output: status === 0 ? stdout : stdout + stderr };
}
