/** Compares what an app synthesizes with what its twin in another language does. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../project';

/** In characters: how much of a value that differs is shown. */
const MOST_OF_A_VALUE = 500;

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
export async function compareTwins(name: string, twin: string, app: string): Promise<void> {
  const [expected, actual] = await Promise.all([
    synthesize(path.join(ROOT, 'examples', name)),
    synthesize(path.join(ROOT, 'examples', twin), app),
  ]);
  for (const [example, { templates, output }] of [[name, expected], [twin, actual]] as const) {
    if (Object.keys(templates).length === 0) throw new Error(`examples/${example} synthesized nothing:\n${output}`);
  }
  const differences = [
    ...difference(actual.templates, expected.templates),
    ...difference(actual.findings, expected.findings, '/findings'),
    ...difference(actual.exitCode, expected.exitCode, '/exit code'),
  ];
  if (differences.length > 0) {
    throw new Error(`examples/${twin} differs from examples/${name}\n${differences.join('\n')}\n${actual.output}`);
  }
}

async function synthesize(directory: string, app?: string): Promise<Synthesis> {
  // What synthesizing writes must neither be mistaken for an earlier result nor be left behind.
  const assembly = path.join(directory, 'cdk.out.twin');
  rmSync(assembly, { recursive: true, force: true });
  try {
    const { exitCode, output } = await cdk(directory, [
      'synth', '**', '--quiet', '--no-notices', '--no-version-reporting', '--no-color', '--output', assembly, ...(app ? ['--app', app] : []),
    ]);
    return {
      exitCode,
      templates: existsSync(assembly) ? templatesIn(assembly) : {},
      findings: [...new Set(output.match(/HyperPod-\w+(\[[^\]]*\])?/g) ?? [])].sort(),
      output,
    };
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function cdk(cwd: string, args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['--no-install', 'cdk', ...args], { cwd, env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' } });
    let output = '';
    child.stdout.on('data', data => output += data);
    child.stderr.on('data', data => output += data);
    child.on('error', reject);
    child.on('close', exitCode => resolve({ exitCode, output }));
  });
}

function templatesIn(assembly: string): Record<string, unknown> {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map(file => [file, JSON.parse(readFileSync(path.join(assembly, file), 'utf8'))]));
}

/** The places where two values differ, as lines. */
function difference(actual: any, expected: any, at = ''): string[] {
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return actual === expected ? [] : [`${at}: ${excerpt(actual)} instead of ${excerpt(expected)}`];
  }
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])].flatMap(key => difference(actual[key], expected[key], `${at}/${key}`));
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MOST_OF_A_VALUE ? `${text.slice(0, MOST_OF_A_VALUE)}...` : text;
}
