export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
  test,
} from '@jest/globals';

/**
 * Sends one of everything that WeChat can push to the account, in the emulation of `npm start`, and tells
 * for what the follower would have seen WeChat's fault notice. The account's variables get sample texts.
 */
export function faultsOfAccount(): Promise<{
  readonly sent: number;
  readonly faults: readonly string[];
}>;
