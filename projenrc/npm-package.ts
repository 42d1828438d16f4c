import { Component, awscdk } from 'projen';
import { tsNode } from './ts-node';

/**
 * What the npm package holds, what can be imported from it, and the tests that it is so.
 */
export class NpmPackage extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addFields({
      // `import 'cdk-hyperpod'` also resolves inside this repository, to the build: the examples rest on that.
      // https://nodejs.org/api/packages.html#self-referencing-a-package-using-its-name
      exports: {
        '.': { types: './lib/index.d.ts', default: './lib/index.js' },
        './package.json': './package.json',
        './.jsii': './.jsii',
        './API.md': './API.md',
        './RULES.md': './RULES.md',
      },
      // npm adds package.json, README.md and LICENSE by itself.
      files: ['lib', '.jsii', 'API.md', 'RULES.md', 'rosetta'],
    });

    // What an earlier build left of modules that are gone would be taken for modules.
    project.compileTask.prependExec('node -e "fs.rmSync(\'lib\', { recursive: true, force: true })"');
    project.compileTask.exec(tsNode('scripts/lazy-exports.ts'));
    project.compileTask.exec(tsNode('scripts/bundle.ts'));

    // They look at what `compile` made, so that they are no part of `npm test`.
    const directory = 'test/package';
    project.addTask('test:package', {
      description: 'Test the package as it is published: its files, its exports, and an app that installs it',
      exec: `jest --testPathIgnorePatterns /node_modules/ --ci ${directory}`,
      receiveArgs: true,
    });
    project.jest!.addIgnorePattern(`/${directory}/`);
  }
}
