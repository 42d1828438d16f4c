/** Mutation testing: see CONTRIBUTING.md. */
export default {
  // The table is data, which a script copies from AWS.
  mutate: ['src/template/**/*.ts', 'src/iam/**/*.ts', 'src/shell/**/*.ts', 'src/preflight/**/*.ts', '!src/iam/policy/managed-policies-table.ts'],
  // What the tests do not need in the copy that they run in.
  ignorePatterns: ['/bench', '/coverage', '/dist', '/docs', '/examples', '/lib', '/projenrc', '/scripts', '/.projenrc.ts'],
  // Once, before the tests; types are `npm run typecheck`'s to look at.
  buildCommand: 'tsc -p tsconfig.dev.json --noCheck --noEmit false --declaration false --outDir .',
  plugins: ['./mutation/test-runner.mjs', './mutation/ignore-prose.mjs'],
  testRunner: 'hot',
  ignorers: ['prose'],
  coverageAnalysis: 'perTest',
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { reportTests: false, reportMutants: false, skipFull: false },
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  incrementalFile: 'reports/mutation/incremental.json',
};
