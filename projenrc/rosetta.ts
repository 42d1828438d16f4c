import { Component, cdk } from 'projen';

/**
 * Compiles every `ts` block of README.md and every `@example` against the library, with `rosetta/default.ts-fixture` around it.
 */
export class Rosetta extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    const extract = project.addTask('rosetta:extract', {
      description: 'Compile the examples in README.md and in doc comments',
      exec: 'jsii-rosetta extract --strict',
    });
    project.postCompileTask.spawn(extract);
    project.gitignore.exclude('.jsii.tabl.json');
  }
}
