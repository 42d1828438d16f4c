import { App, Aspects } from 'aws-cdk-lib';
import { plainApp, SHAPES } from './shapes';
import type * as library from 'cdk-hyperpod';

/*
 * One synthesis, with or without the check, and CDK's own validation off.
 *
 * usage: shape-app.js <shape> | <resources> preflight | idle
 *
 * Prints the CPU time of the process, from its start, in milliseconds.
 */

function build(app: App, shape: string): void {
  if (shape in SHAPES) { SHAPES[shape].build(app); } else { plainApp(app, Number(shape)); }
}

const [shape, check] = process.argv.slice(2);
const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
build(app, shape);
if (check === 'preflight') {
  // Only a process that checks pays for the library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { HyperPodPreflight } = require('cdk-hyperpod') as typeof library;
  app.node.children.forEach(stack => HyperPodPreflight.applyTo(stack));
} else {
  app.node.children.forEach(stack => Aspects.of(stack).add({ visit: () => {} }));
}
app.synth();
const { user, system } = process.cpuUsage();
console.log(JSON.stringify((user + system) / 1000));
