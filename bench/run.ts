/**
 * `npm run bench`: how long the library takes, next to what an app does without it. Prints tables, and writes bench/results/latest.json.
 */
import { execFileSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { cpus } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { HyperPodCluster, HyperPodInstanceType, SlurmNode } from 'cdk-hyperpod';
import { type Check, largeApp, rewrittenByHand } from './apps';
import { compareSynths, heapAfter, median } from './measure';

const SIZES = (process.env.BENCH_SIZES ?? "1000,5000,20000").split(",").map(Number);
const CLUSTERS = [1, 10, 100];
const RUNS = 3;

/** One figure beside the most that it may be. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

/** What `require('cdk-hyperpod')` costs in a fresh process that has loaded what a HyperPod stack needs anyway. */
function importTime(): Figure[] {
  const script = `
    for (const name of ['', '/aws-ec2', '/aws-iam', '/aws-s3', '/aws-s3-deployment', '/aws-sagemaker', '/aws-s3-assets', '/aws-kms']) {
      Object.values(require('aws-cdk-lib' + name));
    }
    const before = process.hrtime.bigint();
    require('cdk-hyperpod').HyperPodCluster;
    const time = Number(process.hrtime.bigint() - before) / 1e6;
    const nag = Object.keys(require.cache).some(file => file.includes('cdk-nag'));
    console.log(JSON.stringify({ time, nag }));`;
  const runs = Array.from({ length: 7 }, () => JSON.parse(execFileSync('node', ['-e', script], { cwd: __dirname, encoding: 'utf8' })));
  return [
    { name: 'import: ms beyond aws-cdk-lib', value: median(runs.map(({ time }) => time)), limit: 25 },
    { name: 'import: loads cdk-nag (0: no)', value: Number(runs.some(({ nag }) => nag)), limit: 0 },
  ];
}

function quickstart(): App {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Quickstart');
  new HyperPodCluster(stack, 'Training', {
    vpc: new Vpc(stack, 'Vpc'),
    instanceGroups: [
      { instanceGroupName: 'controller', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, slurmNode: SlurmNode.controller() },
      { instanceGroupName: 'workers', instanceType: HyperPodInstanceType.G5_8XLARGE, instanceCount: 2, slurmNode: SlurmNode.compute('gpu') },
    ],
  });
  return app;
}

function constructTime(): Figure[] {
  const template = Template.fromStack(quickstart().node.findChild('Quickstart') as Stack).toJSON();
  const { library, byHand } = compareSynths(9, { library: quickstart, byHand: () => rewrittenByHand(template) });
  return [{ name: 'construct: synth, times the same template of L1s', value: library / byHand, limit: 1.25 }];
}

function preflightTimes(): Figure[] {
  const rows = SIZES.flatMap(resources => CLUSTERS.map(clusters => {
    const app = (check: Check) => () => largeApp(resources, clusters, check);
    const times = compareSynths(RUNS, {
      idle: app('an Aspect that does nothing'), preflight: app('HyperPodPreflight'), awsSolutions: app('AwsSolutions'),
    });
    return { resources, clusters, ...times };
  }));
  console.table(rows.map(row => ({ ...row, ratio: (row.preflight / row.idle).toFixed(2) })));
  return rows.flatMap(({ resources, clusters, idle, preflight, awsSolutions }) => [
    {
      name: `preflight: ${resources} resources, ${clusters} clusters, synth, times idle`,
      value: preflight / idle,
      limit: clusters === 100 ? 1.3 : 1.1,
    },
    {
      name: `preflight: ${resources} resources, ${clusters} clusters, time added, of AwsSolutions'`,
      value: Math.max(0, preflight - idle) / (awsSolutions - idle),
      limit: 0.2,
    },
  ]);
}

function memory(): Figure[] {
  const idle = heapAfter(largeApp(20_000, 10, 'an Aspect that does nothing'));
  const preflight = heapAfter(largeApp(20_000, 10, 'HyperPodPreflight'));
  return [{ name: 'preflight: MB added at 20000 resources', value: preflight - idle, limit: 50 }];
}

const figures = [...importTime(), ...constructTime(), ...preflightTimes(), ...memory()];
console.table(figures.map(({ name, value, limit }) => ({ figure: name, value: value.toFixed(2), limit, holds: value <= limit ? 'yes' : 'NO' })));

const results = join(__dirname, 'results');
mkdirSync(results, { recursive: true });
const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model };
writeFileSync(join(results, 'latest.json'), `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
