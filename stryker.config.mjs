/**
 * `npm run test:mutants [-- --mutate engine/step/gate.ts]`: which mistakes in step, routing and conversation the engine's
 * tests let pass. What came out: docs/mutants.md; why it is run as it is: decision 0045.
 */
export default {
  mutate: ['engine/step/**/*.ts', 'engine/routing/**/*.ts', 'engine/conversation/**/*.ts'],
  plugins: ['./test/engine/mutants/runner.mjs', './test/engine/mutants/no-logic.mjs'],
  ignorers: ['no-logic'],
  testRunner: 'kept',
  testRunnerNodeArgs: ['--import', 'tsx'],
  keptTests: {
    folders: ['step', 'conversation', 'routing', 'kinds', 'simulate', 'why'].map((each) => `test/engine/${each}`),
    // They come through nearly every line, and take as long as all others together.
    except: [
      'test/engine/step/differential.test.ts',
      'test/engine/simulate/of-log.test.ts',
      'test/engine/simulate/laws.test.ts',
      'test/engine/routing/promise.test.ts',
      'test/engine/routing/staffing/simulated.test.ts',
    ],
  },
  coverageAnalysis: 'perTest',
  // What runs only while a file is loaded, such as a schema, would need a process for each mutant.
  ignoreStatic: true,
  concurrency: 1,
  dryRunTimeoutMinutes: 20,
  // A copy of what the tests read, without the configurations that Stryker would rewrite with an interface TypeScript 7 lost.
  ignorePatterns: [
    '*',
    '!engine/**',
    '!flows/**',
    '!test/**',
    '!server/top-folder.ts',
    '!package.json',
    'tsconfig.json',
  ],
  tempDirName: '.scratch/mutants',
  incremental: true,
  incrementalFile: '.scratch/mutants.json',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { logTests: false },
  jsonReporter: { fileName: '.scratch/mutants-report.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
