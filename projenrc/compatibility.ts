import { Component, cdk } from 'projen';
import { tsNode } from './ts-node';

/** The versions of Node that have to work: VERSIONS.md */
export const NODE_VERSIONS = ['20', '22', '24'];

/**
 * The tests of what the library promises to work with, and to keep.
 */
export class Compatibility extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    project.addTask('test:latest', {
      description: 'Compile and test a copy of the project next to the newest peers',
      exec: tsNode('scripts/compatibility/latest.ts'),
      receiveArgs: true,
    });
    project.addTask('test:node', {
      description: 'Run the quickstart and the unit tests under the other versions of Node',
      exec: tsNode(`scripts/compatibility/node.ts ${NODE_VERSIONS.join(',')}`),
      receiveArgs: true,
    });

    // projen's own compares with npm's `latest` only, and lets every change of an experimental API pass.
    const compat = project.tasks.tryFind('compat')!;
    compat.description = 'Compare the API of the build with that of the last release';
    compat.reset(tsNode('scripts/compatibility/release.ts'));
    project.postCompileTask.spawn(compat);
  }
}
