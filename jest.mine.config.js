import everything from './jest.config.js';

/**
 * `npm test -- --mine`: the tests that stand beside the account, and nothing else. Such tests talk to the
 * account in their own process, so that nothing has to be built or started before the first of them.
 */
export default {
  ...everything,
  testMatch: ['<rootDir>/functions/callback/**/*.test.ts'],
  // It starts the whole emulation, as `npm test` does.
  testPathIgnorePatterns: [...everything.testPathIgnorePatterns, '/account\\.smoke\\.test\\.ts$'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
