import { createCloudbaseStore, isSdkLoaded } from '../../store/cloudbase.ts';
import { createCloudbaseFiles } from '../../store/cloudbase-files.ts';
import { credentialsFrom } from '../../store/credentials.ts';
import type { Database } from './database.ts';

/** For one call of the SDK, which can only wait for the end of the function. */
const CALL_MS = 2_500;

/** The documents, the storage and the functions of a CloudBase environment, by its SDK. */
export const database: Database<'cloudbaseEnvId'> = {
  settings: ['cloudbaseEnvId'],

  store: ({ env, clock }, { cloudbaseEnvId: envId }, log, pace = {}) =>
    createCloudbaseStore({ ...pace, envId, credentials: () => credentialsFrom(env), clock, log }),

  isLoaded: isSdkLoaded,

  files: ({ env, clock }, { cloudbaseEnvId: envId }) =>
    createCloudbaseFiles({ envId, credentials: () => credentialsFrom(env), clock }),

  neighbours: ({ env }, { cloudbaseEnvId: envId }) => ({
    // CloudBase runs the functions of an environment in a namespace of its name.
    isHome: env.SCF_NAMESPACE === envId,
    async call(name, data) {
      const found = credentialsFrom(env);
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
