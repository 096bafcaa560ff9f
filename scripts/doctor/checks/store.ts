import { driverFrom } from '../../build/sdk-bundle.ts';
import { provisionPostgres } from '../../provision/postgres/provision-postgres.ts';
import type { Step } from '../../provision/provision.ts';
import { provisionDocuments } from '../../provision/provision-documents.ts';
import { type Check, failure, ok, warning } from '../check.ts';

export const storeChecks: readonly Check[] = [
  {
    name: 'collections',
    async run(deployment) {
      const steps =
        driverFrom(deployment.env) === 'postgres'
          ? await provisionPostgres({ env: deployment.env, check: true })
          : await provisionDocuments(
              deployment.cloud(),
              deployment.config('cloudbaseEnvId').cloudbaseEnvId,
              {
                check: true,
                replace: false,
                enableDocuments: false,
                createCollection: () => Promise.reject(new Error('The doctor changes nothing.')),
              },
            );
      const inState = (...states: Step['state'][]) =>
        steps.filter(({ state }) => states.includes(state)).map(({ what }) => what);
      const wrong = inState('missing', 'conflict');
      if (wrong.length > 0) {
        return failure(`Not as expected: ${wrong.join('; ')}.`, 'npm run provision');
      }
      const without = inState('unavailable');
      if (without.length > 0) {
        return warning(
          `This environment cannot have: ${without.join('; ')}. The functions work without.`,
          'npm run provision -- --check says what each costs; docs/environments.md compares environments.',
        );
      }
      return ok(
        `Collections, indexes and rules are as the functions expect (${steps.length} checked).`,
      );
    },
  },
];
