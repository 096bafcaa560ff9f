/** `fuwuhao/testing`: what the tests of a bot alone import. Its types stand beside it. */
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

export async function faultsOfAccount() {
  const [{ faultsOf }, { ownAccount, ownRoot }] = await Promise.all([
    import('./callback/smoke.ts'),
    import('../project/root.ts'),
  ]);
  return faultsOf({ root: ownRoot, account: ownAccount(ownRoot) });
}
