import type { AppProps } from 'aws-cdk-lib';
import { type Check, largeApp, WHOLE, WITHOUT_CDK_VALIDATION } from './apps';
import { compare, heapAfter, outputOf, synth, timeOf } from './measure';

/*
 * What the check costs large apps. CDK keeps the tokens of all apps that a process has made, so that each size has a process of its own.
 *
 * usage: large-apps.js times <resources> <clusters> | once <resources> <clusters> <check> | memory <resources> <clusters> <check>
 */

/** Milliseconds. */
export interface SynthTimes {
  readonly wholeIdle: number;
  readonly wholePreflight: number;
  readonly idle: number;
  readonly preflight: number;
  readonly awsSolutions: number;
}

/** How long it takes to synthesize an app, with what may run over it. */
export function synthTimes(resources: number, clusters: number): SynthTimes {
  return inOwnProcess('times', resources, clusters);
}

/** The milliseconds that the check adds to the only synthesis of a process, which compiles and optimizes all of its code. */
export function timeAddedOnce(resources: number, clusters: number): number {
  const time = (check: Check) => (): number => inOwnProcess('once', resources, clusters, check);
  const { idle, preflight } = compare(7, { idle: time('an Aspect that does nothing'), preflight: time('HyperPodPreflight') });
  return preflight - idle;
}

/** The megabytes that are in use after a synthesis, in addition to those without the check. */
export function memoryAdded(resources: number, clusters: number): number {
  const memoryWith = (check: Check): number => inOwnProcess('memory', resources, clusters, check);
  return memoryWith('HyperPodPreflight') - memoryWith('an Aspect that does nothing');
}

function inOwnProcess(...args: readonly (string | number)[]): any {
  return outputOf(['--expose-gc', '--max-old-space-size=8192', __filename, ...args.map(String)]);
}

/** From this size on, the collector takes longer than the compiler: whom it interrupts is chance, unless it is made to run before. */
const VERY_LARGE = 20_000;

function timeWith(resources: number, clusters: number, check: Check, props: AppProps): number {
  const app = largeApp(resources, clusters, check, props);
  if (resources >= VERY_LARGE) { global.gc?.(); }
  return timeOf(() => synth(app));
}

function measureTimes(resources: number, clusters: number): SynthTimes {
  const time = (check: Check, props: AppProps) => () => timeWith(resources, clusters, check, props);
  // The shorter it takes, the more chance has to do with it.
  return compare(Math.max(4, Math.min(15, Math.round(60_000 / resources))), {
    wholeIdle: time('an Aspect that does nothing', WHOLE),
    wholePreflight: time('HyperPodPreflight', WHOLE),
    idle: time('an Aspect that does nothing', WITHOUT_CDK_VALIDATION),
    preflight: time('HyperPodPreflight', WITHOUT_CDK_VALIDATION),
    awsSolutions: time('AwsSolutions', WITHOUT_CDK_VALIDATION),
  });
}

function measure(what: string, resources: number, clusters: number, check: Check): SynthTimes | number {
  switch (what) {
    case 'once': return timeWith(resources, clusters, check, WITHOUT_CDK_VALIDATION);
    case 'memory': return heapAfter(largeApp(resources, clusters, check, WITHOUT_CDK_VALIDATION));
    default: return measureTimes(resources, clusters);
  }
}

if (require.main === module) {
  const [what, resources, clusters, check] = process.argv.slice(2);
  console.log(JSON.stringify(measure(what, Number(resources), Number(clusters), check as Check)));
}
