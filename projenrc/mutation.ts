import { Component, cdk } from 'projen';

/**
 * `npm run mutation`: how much of `src/iam` and `src/preflight` can be changed before a test notices. On demand; it takes long.
 */
export class Mutation extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    // Version 10 needs Node 22.
    project.addDevDeps('@stryker-mutator/core@^9.6.1', '@stryker-mutator/api@^9.6.1', 'expect@^30', 'jest-each@^30');
    project.addTask('mutation', {
      description: 'Mutation tests of src/iam and src/preflight; --mutate <glob> takes a part of them',
      exec: 'stryker run mutation/stryker.config.mjs',
      receiveArgs: true,
    });
    project.gitignore.exclude('/.stryker-tmp/', '/reports/');
  }
}
