import { collections } from '../../../shared/app/collections.ts';
import { database } from '../../../shared/app/database/cloudbase.ts';
import { database as postgres } from '../../../shared/app/database/postgres.ts';
import { jobCollection } from '../../../shared/jobs/index.ts';
import type { Store } from '../../../shared/store/store.ts';
import { tokenCollection } from '../../../shared/token/index.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';
import { keysFrom } from '../../cloud/keys.ts';
import { openDatabase } from '../../provision/database.ts';
import { provisionPostgres } from '../../provision/postgres/provision-postgres.ts';
import { provision } from '../../provision/provision.ts';
import { type Check, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';

export const storeChecks: readonly Check[] = [
  {
    name: 'collections',
    async run(deployment) {
      const steps = isPostgres(deployment)
        ? await provisionPostgres({ env: deployment.env, check: true })
        : await compareCollections(deployment);
      const wrong = steps.filter(({ state }) => state !== 'there').map(({ what }) => what);
      if (wrong.length === 0)
        return ok(
          `Collections, indexes and rules are as the functions expect (${steps.length} checked).`,
        );
      return failure(`Not as expected: ${wrong.join('; ')}.`, 'npm run provision');
    },
  },
  {
    name: 'last refresh of the token',
    async run(deployment) {
      const { appid, tokenKind } = deployment.config('appid', 'tokenKind');
      const stored = await openStore(deployment).get(
        tokenCollection,
        `${tokenKind}_token.${appid}`,
      );
      const token = stored?.doc;
      if (token?.expiresAt === undefined || token.issuedAt === undefined) {
        return failure(
          'There is no token yet.',
          'token-refresh makes one every 5 minutes; its log says why not.',
        );
      }
      const now = deployment.clock.now();
      const minutes = Math.round((now - token.issuedAt) / 60_000);
      if (token.failure) {
        return failure(
          `The last refresh failed: ${token.failure.reason} ${token.failure.errmsg ?? ''}`.trim(),
          'See the log of token-refresh.',
        );
      }
      if (token.expiresAt < now) {
        return failure(
          `The token has ended; it was issued ${minutes} minutes ago.`,
          'Check that the timer of token-refresh is on.',
        );
      }
      return ok(`The token was issued ${minutes} minutes ago, as generation ${token.generation}.`);
    },
  },
  {
    name: 'dead letters',
    async run(deployment) {
      const dead = await openStore(deployment).query(jobCollection, {
        filter: { state: { eq: 'dead' } },
        limit: 100,
      });
      if (dead.length === 0) return ok('There is none.');
      const count = dead.length === 100 ? '100 or more' : String(dead.length);
      return warning(
        `${count} jobs have failed for good.`,
        'List them with `worker list`, then retry or drop each.',
      );
    },
  },
];

/** Whether the functions are built for PostgreSQL. */
function isPostgres({ env }: Deployment): boolean {
  return driverFrom(env) === 'postgres';
}

async function compareCollections(deployment: Deployment) {
  const { cloudbaseEnvId } = deployment.config('cloudbaseEnvId');
  const database = await openDatabase(deployment.cloud(), cloudbaseEnvId);
  return provision({ database, collections, check: true });
}

/** Opens the store with the keys of the deploy, under the names that the SDK reads. */
function openStore(deployment: Deployment): Store {
  if (isPostgres(deployment)) {
    const config = deployment.config(...postgres.settings);
    return postgres.store(deployment, config, deployment.log);
  }
  const { secretId, secretKey, sessionToken } = keysFrom(deployment.env);
  const env = {
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: secretKey.reveal(),
    TENCENTCLOUD_SESSIONTOKEN: sessionToken?.reveal(),
  };
  // Otherwise the SDK asks a host that only Tencent's own machines can reach before every call.
  process.env.TENCENTCLOUD = 'true';
  return database.store(
    { env, clock: deployment.clock },
    deployment.config('cloudbaseEnvId'),
    deployment.log,
  );
}
