/**
 * `npm run bench`: how long the library takes, next to what an app does without it. Prints tables, and writes them to bench/results/latest.json
 * and docs/performance.md.
 *
 * BENCH_SIZES, as `1000,5000`, leaves out large apps.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import * as path from 'node:path';
import { APP_PROPS, type Check, largeApp } from './apps';
import { compare, heapAfter, outputOf, synth, timeOf } from './measure';
import { withTables } from './page';
import type { Figure, Results } from './results';
import { byHand, describe, withHyperPodCluster, writeDescription } from './twins';

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
  const description = describe(withHyperPodCluster(APP_PROPS));
  const directory = mkdtempSync(path.join(tmpdir(), 'cdk-hyperpod-bench-'));
  try {
    const file = path.join(directory, 'description.json');
    writeDescription(description, file);
    const app = path.join(__dirname, 'twins.js');
    const cold = compare(7, {
      library: () => timeOf(() => outputOf([app, 'library'])),
      byHand: () => timeOf(() => outputOf([app, 'by-hand', file])),
    });
    const warm = compare(25, {
      library: () => timeOf(() => withHyperPodCluster(APP_PROPS).synth()),
      byHand: () => timeOf(() => byHand(description, APP_PROPS).synth()),
    });
    console.table({ 'one app, in a process of its own (ms)': cold, 'one app of many in a process (ms)': warm });
    return [
      { figure: 'construct: an app in a process of its own, times the same by hand', value: cold.library / cold.byHand, limit: 1.25 },
      { figure: 'construct: one app of many in a process, times the same by hand', value: warm.library / warm.byHand },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function preflightTimes(): Figure[] {
  const rows = SIZES.flatMap(resources => CLUSTERS.map(clusters => {
    const synthWith = (check: Check) => () => {
      const app = largeApp(resources, clusters, check);
      return timeOf(() => synth(app));
    };
    const times = compare(resources > 5000 ? 3 : 7, {
      idle: synthWith('an Aspect that does nothing'), preflight: synthWith('HyperPodPreflight'), awsSolutions: synthWith('AwsSolutions'),
    });
    return { resources, clusters, ...times };
  }));
  console.table(rows.map(({ idle, preflight, awsSolutions, ...row }) => ({
    ...row, 'idle (ms)': round(idle), 'HyperPodPreflight (ms)': round(preflight), 'AwsSolutions (ms)': round(awsSolutions),
  })));
  return rows.flatMap(({ resources, clusters, idle, preflight, awsSolutions }) => {
    const app = `preflight: ${resources} resources, ${clusters} clusters`;
    return [
      { figure: `${app}: synth, times idle`, value: preflight / idle, limit: clusters === 1 ? 1.1 : 1.3 },
      { figure: `${app}: added, of what AwsSolutions adds`, value: Math.max(0, preflight - idle) / (awsSolutions - idle), limit: 0.2 },
    ];
  });
}

function memory(): Figure[] {
  const resources = Math.max(...SIZES);
  const idle = heapAfter(largeApp(resources, 10, 'an Aspect that does nothing'));
  const preflight = heapAfter(largeApp(resources, 10, 'HyperPodPreflight'));
  return [{ figure: `preflight: MB added at ${resources} resources`, value: preflight - idle, limit: 50 }];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const figures = [...importTime(), ...constructTime(), ...memory(), ...preflightTimes()].map(({ figure, value, limit }) => ({
  figure, value: round(value), limit, holds: limit === undefined ? undefined : round(value) <= limit,
}));
console.table(figures);

const [{ model = 'unknown' } = {}] = cpus();
const memoryInGiB = Math.round(totalmem() / 2 ** 30);
const machine = { node: process.version, platform: process.platform, processors: cpus().length, model, memoryInGiB };
const results: Results = { date: new Date().toISOString().slice(0, 10), machine, figures };
const root = path.join(__dirname, '..', '..');
mkdirSync(path.join(root, 'bench', 'results'), { recursive: true });
writeFileSync(path.join(root, 'bench', 'results', 'latest.json'), `${JSON.stringify(results, undefined, 2)}\n`);
const page = path.join(root, 'docs', 'performance.md');
writeFileSync(page, withTables(readFileSync(page, 'utf8'), results));
