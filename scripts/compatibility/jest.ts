import { spawnSync } from 'node:child_process';
import { ROOT } from '../project';

/** Runs unit tests and shows what Jest prints; all of them, unless the arguments say otherwise. */
export function jest(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): void {
  const { status } = spawnSync('npx', ['--no-install', 'jest', '--ci', ...args], { cwd: ROOT, stdio: 'inherit', ...options });
  if (status !== 0) throw new Error(`jest ended with exit code ${status}`);
}
