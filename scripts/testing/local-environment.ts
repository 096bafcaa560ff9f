import { accountOf, LOCAL_ENV_ID, type LocalEnvironment } from '../start/local-account.ts';
import { newKeys } from '../start/local-keys.ts';

const keys = newKeys();

/** A local account and environment for tests that bring up the emulators one by one. */
export const localAccount = accountOf('safe', keys);
export const localEnvironment: LocalEnvironment = {
  envId: LOCAL_ENV_ID,
  secretId: keys.secretId,
  secretKey: keys.secretKey,
};
