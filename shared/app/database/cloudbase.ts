import { createCloudbaseStore, isSdkLoaded } from '../../store/cloudbase.ts';
import { createCloudbaseFiles } from '../../store/cloudbase-files.ts';
import { type Credentials, credentialsFrom } from '../../store/credentials.ts';
import type { Database, DatabaseWorld } from './database.ts';

/** For one call of the SDK, which can only wait for the end of the function. */
const CALL_MS = 2_500;

/** The documents, the storage and the functions of a CloudBase environment, by its SDK. */
export const database: Database<'cloudbaseEnvId'> = {
  settings: ['cloudbaseEnvId'],

  store: (world, { cloudbaseEnvId: envId }, log, pace = {}) => {
    const { clock, keyring } = world;
    const credentials = () => credentialsOf(world);
    return createCloudbaseStore({ ...pace, envId, credentials, keyring, clock, log });
  },

  isLoaded: isSdkLoaded,

  files: (world, { cloudbaseEnvId: envId }) =>
    createCloudbaseFiles({ envId, credentials: () => credentialsOf(world), clock: world.clock }),

  neighbours: (world, { cloudbaseEnvId: envId }) => ({
    // CloudBase runs the functions of an environment in a namespace of its name.
    isHome: world.env.SCF_NAMESPACE === envId,
    async call(name, data) {
      const found = credentialsOf(world);
      if (!found) return;
      const { connectFunctions } = await import('#store-driver');
      const functions = connectFunctions({
        envId,
        secretId: found.secretId,
        secretKey: found.secretKey.reveal(),
        sessionToken: found.sessionToken?.reveal(),
        timeoutMs: CALL_MS,
      });
      await functions.call(name, data);
    },
  }),
};

function credentialsOf({ env, keyring }: DatabaseWorld): Credentials | undefined {
  return keyring ? keyring.current() : credentialsFrom(env);
}
