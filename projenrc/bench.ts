import { Component, awscdk, javascript } from 'projen';

/**
 * `npm run bench`, which measures the build as plain JavaScript: source maps would count for the library and for what it is compared to.
 */
export class Bench extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    new javascript.TypescriptConfig(project, {
      fileName: 'bench/tsconfig.json',
      include: ['*.ts'],
      compilerOptions: {
        outDir: 'out', rootDir: '.', target: 'ES2022', module: 'node16', moduleResolution: javascript.TypeScriptModuleResolution.NODE16, types: ['node'], skipLibCheck: true, strict: true,
      },
    });
    project.addTask('bench', {
      description: 'Measure the build: import, construct, preflight, memory',
      steps: [
        { exec: 'tsc -p bench' },
        { exec: 'node bench/out/run.js' },
      ],
    });
    project.gitignore.exclude('/bench/out/');
  }
}
