import { ReleasableCommits, awscdk, javascript, release } from 'projen';
import { Bench } from './projenrc/bench';
import { CiWorkflow } from './projenrc/ci-workflow';
import { Compatibility } from './projenrc/compatibility';
import { Examples } from './projenrc/examples';
import { Languages } from './projenrc/languages';
import { Mutation } from './projenrc/mutation';
import { NpmPackage } from './projenrc/npm-package';
import { Rosetta } from './projenrc/rosetta';
import { RulesPage } from './projenrc/rules-page';

const tsconfigDevFile = 'tsconfig.dev.json';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-hyperpod',
  description: 'AWS CDK constructs for Amazon SageMaker HyperPod: clusters that come up, and proofs at synth that they can',
  author: 'cdk-hyperpod contributors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdk-hyperpod/cdk-hyperpod',
  repositoryUrl: 'https://github.com/cdk-hyperpod/cdk-hyperpod.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-hyperpod contributors',
  stability: 'experimental',
  keywords: [
    'aws', 'aws-cdk', 'sagemaker', 'hyperpod', 'slurm', 'eks', 'ml', 'gpu', 'trainium', 'distributed-training', 'cdk-nag',
  ],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  sampleCode: false,

  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: '2.275.0',
  // docs/decisions/0001-peer-dependency-floors.md
  constructsVersion: '10.5.1',
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',
  peerDeps: ['cdk-nag@^3.0.2'],
  // aws-cdk: the registry's `latest` (3.0.0) cannot read the assemblies that aws-cdk-lib 2.275.0 writes.
  devDeps: [
    '@aws-cdk/aws-service-spec@0.1.216', '@aws-cdk/service-spec-types', 'aws-cdk@^2.1148.1', 'fast-check@^4',
    '@jest/environment@^30', '@jest/fake-timers@^30', 'jest-mock@^30', 'jest-runtime@^30',
  ],
  // package.json's `files` decides what is published; jsii-pacmak writes an .npmignore all the same.
  npmignoreEnabled: false,
  gitignore: ['cdk.out/', 'cdk.out.twin/', 'target/', '.venv/', '/.npmignore'],

  // With them, the package is four times as large, and takes longer to load. What jsii compiles reads like its source.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDevFile,
  tsconfigDev: {
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'bench/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
    exclude: ['node_modules', '**/cdk.out'],
    // Examples name the package as a user does. The compiler reads the sources, Node the build (package.json, exports).
    compilerOptions: { paths: { 'cdk-hyperpod': ['./src/index.ts'] } },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'scripts', 'bench', 'projenrc'],
    // One config knows every folder; the project service would look for a tsconfig.json in each.
    projectService: false,
    tsconfigPath: `./${tsconfigDevFile}`,
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  jestOptions: {
    coverageText: false,
    junitReporting: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      testTimeout: 60_000,
      maxWorkers: '100%',
      // docs/decisions/0013-packages-are-loaded-once-for-each-test-process.md
      testEnvironment: '<rootDir>/test/private/jest/environment.ts',
      runtime: '<rootDir>/test/private/jest/runtime.js',
      // Copies of the project, while mutation tests run.
      modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
      // `npm test` turns coverage on, so that a run of one folder is not held to the threshold.
      collectCoverage: false,
      collectCoverageFrom: ['src/**/*.ts'],
      coverageReporters: ['lcov', 'text-summary'],
      coverageThreshold: { lines: 95 },
    },
  },

  githubOptions: { mergify: false },
  buildWorkflowOptions: { mutableBuild: false },
  depsUpgradeOptions: {
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
  },
  // Version 13 needs Node 22.
  bumpPackage: 'commit-and-tag-version@^12',
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releasableCommits: ReleasableCommits.featuresAndFixes(),

  // The names in each language are a contract: docs/decisions/0003-names-in-each-language.md
  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-hyperpod', module: 'cdk_hyperpod', trustedPublishing: true },
  publishToNuget: { packageId: 'CdkHyperPod', dotNetNamespace: 'CdkHyperPod', trustedPublishing: true },
  // Neither Maven Central nor a git repository knows trusted publishing.
  publishToMaven: { mavenGroupId: 'io.github.cdk-hyperpod', mavenArtifactId: 'cdk-hyperpod', javaPackage: 'io.github.cdkhyperpod' },
  publishToGo: { moduleName: 'github.com/cdk-hyperpod/cdk-hyperpod-go', packageName: 'cdkhyperpod' },
});

// One style of arrow function.
project.eslint!.addRules({ '@stylistic/arrow-parens': ['error', 'as-needed'] });

// projen would have it include every .ts file, lib/ and cdk.out/ among them.
project.tsconfigDev.removeInclude('**/*.ts');

// 1.13.0 names bindings that the registry does not have, and `npm ci` refuses a lock file without them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// Node 20 has to work, though jsii does not list it any more.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// Tests only: a run that changes or lints files is not what `npm test` promises.
// Silent: CDK prints what its validation finds in the apps of tests, which are wrong on purpose.
project.testTask.reset('jest --coverage --silent', { receiveArgs: true });

const typecheck = project.addTask('typecheck', {
  description: 'Type-check sources, tests, examples, scripts and project files',
  exec: `tsc --noEmit -p ${tsconfigDevFile}`,
});

new NpmPackage(project);
new Rosetta(project);
new RulesPage(project);
new Languages(project);
new Examples(project);
new Bench(project);
new Compatibility(project);
new Mutation(project);
new CiWorkflow(project);

project.postCompileTask.spawn(typecheck);
project.postCompileTask.spawn(project.eslint!.eslintTask);

project.synth();
