import { createRequire } from 'node:module';
import everything from './jest.config.js';

const { resolve } = createRequire(import.meta.url);
const {
  globalSetup: _,
  setupFilesAfterEnv: __,
  globalTeardown: ___,
  testSequencer: ____,
  ...common
} = everything;

/** `fuwuhao/jest`: the configuration of a bot alone, whose folder is the `rootDir`. */
export default {
  ...common,
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  // jest looks for what transforms in the folder of the bot, where npm need not have put it.
  transform: Object.fromEntries(
    Object.entries(everything.transform).map(([files, [transformer, options]]) => [
      files,
      [resolve(transformer), options],
    ]),
  ),
  // fuwuhao itself is TypeScript, also where it stands among the packages.
  transformIgnorePatterns: ['/node_modules/(?!fuwuhao/)'],
};
