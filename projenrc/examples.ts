import { Component, cdk } from 'projen';
import { tsNode } from './ts-node';

/**
 * The commands that synthesize the apps under examples/ with the real CDK CLI.
 */
export class Examples extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    project.addTask('example', {
      description: 'Synthesize examples/quickstart and say what came out',
      exec: tsNode('scripts/example.ts quickstart'),
    });
    project.addTask('example:mismatch', {
      description: 'Synthesize examples/mismatch, which must be stopped with an error',
      exec: tsNode('scripts/example.ts mismatch'),
    });
  }
}
