import type { AppProps } from 'aws-cdk-lib';
import { type Check, largeApp, WHOLE, WITHOUT_CDK_VALIDATION } from './apps';
import { compare, heapAfter, outputOf, synth, timeOf } from './measure';

/*
 * What the check costs large apps. CDK keeps the tokens of all apps that a process has made, so that each size has a process of its own.
 *
 * usage: large-apps.js times <resources> <clusters> | memory <resources> <check>
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

/** The megabytes that are in use after a synthesis with ten clusters, in addition to those without the check. */
export function memoryAdded(resources: number): number {
  const memoryWith = (check: Check): number => inOwnProcess('memory', resources, check);
  return memoryWith('HyperPodPreflight') - memoryWith('an Aspect that does nothing');
}

function inOwnProcess(...args: readonly (string | number)[]): any {
  return outputOf(['--expose-gc', '--max-old-space-size=8192', __filename, ...args.map(String)]);
}

function measureTimes(resources: number, clusters: number): SynthTimes {
  const time = (check: Check, props: AppProps) => () => {
    const app = largeApp(resources, clusters, check, props);
    return timeOf(() => synth(app));
  };
  // The shorter it takes, the more chance has to do with it.
  return compare(Math.max(3, Math.min(15, Math.round(40_000 / resources))), {
    wholeIdle: time('an Aspect that does nothing', WHOLE),
    wholePreflight: time('HyperPodPreflight', WHOLE),
    idle: time('an Aspect that does nothing', WITHOUT_CDK_VALIDATION),
    preflight: time('HyperPodPreflight', WITHOUT_CDK_VALIDATION),
    awsSolutions: time('AwsSolutions', WITHOUT_CDK_VALIDATION),
  });
}

if (require.main === module) {
  const [what, resources, more] = process.argv.slice(2);
  console.log(JSON.stringify(what === 'memory'
    ? heapAfter(largeApp(Number(resources), 10, more as Check, WITHOUT_CDK_VALIDATION))
    : measureTimes(Number(resources), Number(more))));
}
