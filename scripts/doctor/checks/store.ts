import { collections } from '../../../shared/app/collections.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';
import { openDatabase } from '../../provision/database.ts';
import { provisionPostgres } from '../../provision/postgres/provision-postgres.ts';
import { provision } from '../../provision/provision.ts';
import { type Check, failure, ok } from '../check.ts';
import type { Deployment } from '../deployment.ts';

export const storeChecks: readonly Check[] = [
  {
    name: 'collections',
    async run(deployment) {
      const steps =
        driverFrom(deployment.env) === 'postgres'
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
];

async function compareCollections(deployment: Deployment) {
  const { cloudbaseEnvId } = deployment.config('cloudbaseEnvId');
  const database = await openDatabase(deployment.cloud(), cloudbaseEnvId);
  return provision({ database, collections, check: true });
}
