/**
 * `npm run bench`: how long the library takes, next to what an app does without it. Prints tables, and writes them to bench/results/latest.json
 * and docs/performance.md.
 *
 * BENCH_SECTIONS, as `import,shapes`, measures only these, and leaves the others in the tables as they are.
 * BENCH_SIZES, as `1000,5000`, leaves out large apps.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import * as path from 'node:path';
import { WITHOUT_CDK_VALIDATION } from './apps';
import { memoryAdded, type SynthTimes, synthTimes, timeAddedOnce } from './large-apps';
import { compare, compareInPairs, outputOf, timeOf } from './measure';
import { withTables } from './page';
import type { Figure, Machine, Results, Section } from './results';
import { SHAPES } from './shapes';
import { byHand, describe, withHyperPodClusters, writeDescription } from './twins';

/** Each synthesis leaves files behind, gigabytes in all, where CDK finds the directory for what is temporary. */
const directory = mkdtempSync(path.join(tmpdir(), 'cdk-hyperpod-bench-'));
process.env.TMPDIR = directory;
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const SIZES = (process.env.BENCH_SIZES ?? '1000,5000,20000').split(',').map(Number);
const CLUSTERS = [1, 10, 100];

/** What `require('cdk-hyperpod')` costs a fresh process that has loaded what a HyperPod stack needs anyway. */
function importTime(): Figure[] {
  const script = `
    for (const name of ['', '/aws-ec2', '/aws-iam', '/aws-s3', '/aws-s3-deployment', '/aws-sagemaker', '/aws-s3-assets', '/aws-kms']) {
      Object.values(require('aws-cdk-lib' + name));
    }
    const before = process.hrtime.bigint();
    require('cdk-hyperpod').HyperPodCluster;
    const time = Number(process.hrtime.bigint() - before) / 1e6;
    console.log(JSON.stringify({ time, nag: Object.keys(require.cache).some(file => file.includes('cdk-nag')) }));`;
  let loadsNag = false;
  const { time } = compare(9, {
    time: () => {
      const measured = outputOf(['-e', script]);
      loadsNag ||= measured.nag;
      return measured.time;
    },
  });
  return [
    { figure: 'import: ms beyond aws-cdk-lib', value: time, limit: 25 },
    { figure: 'import: loads cdk-nag (0: no)', value: Number(loadsNag), limit: 0 },
  ];
}

function constructTime(): Figure[] {
  const description = describe(withHyperPodClusters(1, WITHOUT_CDK_VALIDATION));
  const file = path.join(directory, 'description.json');
  writeDescription(description, file);
  const app = path.join(__dirname, 'twins.js');
  const cold = compare(7, {
    library: () => timeOf(() => outputOf([app, 'library'])),
    byHand: () => timeOf(() => outputOf([app, 'by-hand', file])),
  });
  const warm = compare(25, {
    library: () => timeOf(() => withHyperPodClusters(1, WITHOUT_CDK_VALIDATION).synth()),
    byHand: () => timeOf(() => byHand(description, WITHOUT_CDK_VALIDATION).synth()),
  });
  const many = compare(7, {
    10: () => timeOf(() => withHyperPodClusters(10, WITHOUT_CDK_VALIDATION).synth()),
    40: () => timeOf(() => withHyperPodClusters(40, WITHOUT_CDK_VALIDATION).synth()),
  });
  console.table({ 'one app, in a process of its own (ms)': cold, 'one app of many in a process (ms)': warm });
  return [
    { figure: 'construct: an app in a process of its own, times the same by hand', value: cold.library / cold.byHand, limit: 1.25 },
    { figure: 'construct: one app of many in a process, times the same by hand', value: warm.library / warm.byHand },
    { figure: 'construct: ms for each of 40 clusters in one app', value: many[40] / 40 },
    growth('construct: growth from 10 to 40 clusters in one app', many[10], many[40], 4),
  ];
}

function preflightTimes(): Figure[] {
  const rows = SIZES.flatMap(resources => CLUSTERS.map(clusters => ({ resources, clusters, ...synthTimes(resources, clusters) })));
  console.table(rows.map(({ resources, clusters, ...times }) => ({ resources, clusters, ...mapValues(times, round) })));
  const added = (resources: number, clusters: number) => {
    const { idle, preflight } = rows.find(row => row.resources === resources && row.clusters === clusters)!;
    // Less than a millisecond is chance.
    return Math.max(1, preflight - idle);
  };
  const [smallest, largest] = [Math.min(...SIZES), Math.max(...SIZES)];
  // Nobody has a cluster for every ten resources.
  const atMost = (limit: number, resources: number, clusters: number) => clusters * 50 <= resources ? limit : undefined;
  const figures = rows.flatMap(({ resources, clusters, wholeIdle, wholePreflight, idle, awsSolutions, preflight }) => {
    const app = `preflight: ${resources} resources, ${clusters} clusters`;
    return [
      { figure: `${app}: whole synth, times idle`, value: wholePreflight / wholeIdle, limit: atMost(clusters === 1 ? 1.1 : 1.3, resources, clusters) },
      { figure: `${app}: added, of what AwsSolutions adds`, value: added(resources, clusters) / (awsSolutions - idle), limit: atMost(0.2, resources, clusters) },
      { figure: `${app}: synth without CDK's own validation, times idle`, value: preflight / idle },
      { figure: `${app}: ms added`, value: added(resources, clusters) },
    ];
  });
  return [
    ...figures,
    ...CLUSTERS.map(clusters => ({
      figure: `preflight: ${smallest} resources, ${clusters} clusters, the only synth of a process: ms added`, value: timeAddedOnce(smallest, clusters),
    })),
    ...SIZES.map(resources => growth(`preflight: growth from 10 to 100 clusters at ${resources} resources`, added(resources, 10), added(resources, 100), 10)),
    ...SIZES.slice(0, -1).map(resources => growth(
      `preflight: growth from ${resources} to ${largest} resources with 100 clusters`, added(resources, 100), added(largest, 100), largest / resources)),
  ];
}

/** Whole processes, as templates that people write make them, with the check and without. */
function shapeTimes(): Figure[] {
  const app = path.join(__dirname, 'shape-app.js');
  const cpuOf = (shape: string, check: string) => (): number => outputOf([app, shape, check]);
  const plain = compareInPairs(25, cpuOf('100', 'preflight'), cpuOf('100', 'idle'));
  return [
    { figure: '100 resources, a cluster, a Region: ms of CPU added', value: plain.added, limit: 60 },
    { figure: '100 resources, a cluster, a Region: times idle', value: plain.ratio },
    ...Object.entries(SHAPES).map(([shape, { limit }]) => ({
      figure: `${shape}: times idle`, value: compareInPairs(7, cpuOf(shape, 'preflight'), cpuOf(shape, 'idle')).ratio, limit,
    })),
  ];
}

/** How much more something takes for so many times as much: 1 is linear. */
function growth(figure: string, little: number, much: number, times: number): Figure {
  return { figure: `${figure}, times linear`, value: much / (little * times), limit: 1.1 };
}

function memory(): Figure[] {
  const resources = Math.max(...SIZES);
  return [{ figure: `preflight: MB added at ${resources} resources`, value: memoryAdded(resources, 10), limit: 50 }];
}

function mapValues(times: SynthTimes, change: (time: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(times).map(([name, time]) => [name, change(time)]));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function machine(): Machine {
  const [{ model = 'unknown' } = {}] = cpus();
  return { node: process.version, platform: process.platform, processors: cpus().length, model, memoryInGiB: Math.round(totalmem() / 2 ** 30) };
}

function section(figures: readonly Figure[]): Section {
  const judged = figures.map(({ figure, value, limit }) => ({
    figure, value: round(value), limit, holds: limit === undefined ? undefined : round(value) <= limit,
  }));
  console.table(judged);
  return { date: new Date().toISOString().slice(0, 10), machine: machine(), figures: judged };
}

const SECTIONS: Readonly<Record<string, () => Figure[]>> = {
  shapes: shapeTimes, import: importTime, construct: constructTime, preflight: preflightTimes, memory,
};

const asked = process.env.BENCH_SECTIONS?.split(',') ?? Object.keys(SECTIONS);
const unknown = asked.filter(name => !(name in SECTIONS));
if (unknown.length > 0) { throw new Error(`BENCH_SECTIONS names ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`); }

const root = path.join(__dirname, '..', '..');
const file = path.join(root, 'bench', 'results', 'latest.json');
const before: Results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const results: Results = Object.fromEntries(Object.entries(SECTIONS)
  .map(([name, measure]) => [name, asked.includes(name) ? section(measure()) : before[name]])
  .filter(([, found]) => found !== undefined));
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
const page = path.join(root, 'docs', 'performance.md');
writeFileSync(page, withTables(readFileSync(page, 'utf8'), results));
