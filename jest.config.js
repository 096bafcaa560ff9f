/** One configuration for every test: plain TypeScript as native ES modules, stripped by swc. */
export default {
  testMatch: ['<rootDir>/{functions,shared,scripts,examples}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.fuwuhao/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.fuwuhao/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  globalSetup: '<rootDir>/scripts/build/jest-global-setup.ts',
  // Listens to every log of the run; at its end no line may hold a secret or an openid.
  setupFilesAfterEnv: ['<rootDir>/scripts/testing/leaks/setup.ts'],
  globalTeardown: '<rootDir>/scripts/testing/leaks/report.ts',
  testEnvironment: 'node',
  testSequencer: '<rootDir>/scripts/testing/sequencer.mjs',
  // The machines that run this have two cores. The third worker has them while the tests of the others
  // wait, for leases and for processes that they have started.
  maxWorkers: 3,
  // A process keeps the modules of each file that it has run, a dozen megabytes: behind a hundred files an
  // exploration would take eight times as long, for collections of a heap that is nobody's any more.
  workerIdleMemoryLimit: '400MB',
  // The one limit of every test, so that a busy machine fails none: explorations are nothing but CPU,
  // and processes wait for each other.
  testTimeout: 300_000,
};
