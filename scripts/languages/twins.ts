/** Compares what an app synthesizes with what its twin in another language does. */
import * as assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './project';

interface Synthesis {
  readonly exitCode: number | null;
  /** All templates of the assembly, by file name. */
  readonly templates: Record<string, unknown>;
  /** The ids of the findings that the CLI printed. */
  readonly findings: string[];
  readonly output: string;
}

/**
 * Runs the CDK CLI in both directories. The same templates, asset hashes included, the same findings and the same exit code must come out.
 *
 * @param app the command of the twin's app
 */
export function compareTwins(name: string, twin: string, app: string, env: Record<string, string>): void {
  const expected = synthesize(path.join(ROOT, 'examples', name));
  const actual = synthesize(path.join(ROOT, 'examples', twin), app, env);
  assert.ok(Object.keys(expected.templates).length > 0, `examples/${name} synthesized nothing:\n${expected.output}`);
  try {
    assert.deepStrictEqual(actual.templates, expected.templates, `examples/${twin} and examples/${name} synthesize different templates`);
    assert.deepStrictEqual(actual.findings, expected.findings, `examples/${twin} and examples/${name} have different findings`);
    assert.strictEqual(actual.exitCode, expected.exitCode, `examples/${twin} and examples/${name} end with different exit codes`);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${difference(actual.templates, expected.templates)}\n${actual.output}`);
  }
}

function synthesize(directory: string, app?: string, env: Record<string, string> = {}): Synthesis {
  // What synthesizing writes must neither be mistaken for an earlier result nor be left behind.
  const assembly = path.join(directory, 'cdk.out.twin');
  rmSync(assembly, { recursive: true, force: true });
  try {
    const { status, stdout, stderr } = spawnSync('npx', [
      '--no-install', 'cdk', 'synth', '**', '--quiet', '--no-notices', '--no-version-reporting', '--no-color', '--output', assembly,
      ...(app ? ['--app', app] : []),
    ], { cwd: directory, encoding: 'utf8', env: { ...process.env, ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' } });
    const output = stdout + stderr;
    return {
      exitCode: status,
      templates: existsSync(assembly) ? templatesIn(assembly) : {},
      findings: [...new Set(output.match(/HyperPod-\w+(\[[^\]]*\])?/g) ?? [])].sort(),
      output,
    };
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function templatesIn(assembly: string): Record<string, unknown> {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map(file => [file, JSON.parse(readFileSync(path.join(assembly, file), 'utf8'))]));
}

/** The places where two values differ, as lines. */
function difference(actual: any, expected: any, at = ''): string {
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return actual === expected ? '' : `${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
  }
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    .map(key => difference(actual[key], expected[key], `${at}/${key}`)).filter(line => line !== '').join('\n');
}
