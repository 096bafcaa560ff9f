import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  exploreOrder,
  type OrderExploration,
  type OrderScenario,
  orderedAtOnce,
  orderedInTurn,
  orderedRoutes,
} from '../../scripts/testing/callback/order-exploration.ts';
import { type Choose, exploreAll, withTurns } from '../../scripts/testing/stage.ts';
import { onPostgres } from '../../scripts/testing/store/played-store.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../scripts/testing/store/postgres-server.ts';
import { jobCollection } from '../jobs/index.ts';
import { inboxCollection } from './inbox-document.ts';
import { sessionCollection } from './session-document.ts';

const url = await testServer();
const quiet = { crashes: 0, freezes: 0, faults: 0 };
const one = { crashes: 1, freezes: 0, faults: 1 };
const frozen = { crashes: 1, freezes: 1, faults: 0 };
const many = { crashes: 2, freezes: 2, faults: 4 };

const scenarios = orderedRoutes.flatMap((route) =>
  [orderedInTurn, orderedAtOnce].map((deliveries) => ({ route, deliveries })),
);
/** The worker takes over before WeChat has brought the messages again. */
const withWorker = scenarios.map((scenario) => ({ ...scenario, workerAtMs: 3_500 }));

/** With nothing in the way both are remembered, in the order in which they were sent if it can be known. */
function problems({ violations, isDisturbed, remembered }: OrderExploration) {
  if (violations.length > 0 || isDisturbed) return violations;
  return remembered.length === 3 ? [] : [`${remembered.join(' ')} is remembered`];
}

describe('two messages of one follower', () => {
  test.each(scenarios)('in every order of events: $route', async (scenario) => {
    const { plays, worst } = await exploreAll(
      (choose) => exploreOrder({ ...scenario, disturbances: quiet }, choose),
      { depth: 2, steps: 12 },
      problems,
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(30);
  });

  test.each(scenarios)('with a crash or a lost answer at every step: $route', async (scenario) => {
    const { plays, worst } = await exploreAll(
      (choose) => exploreOrder({ ...scenario, disturbances: one }, choose),
      { depth: 2, steps: 8 },
      problems,
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(80);
  });

  test.each(scenarios)('with a freeze past the lease at every step: $route', async (scenario) => {
    const { plays, worst } = await exploreAll(
      (choose) => exploreOrder({ ...scenario, disturbances: frozen }, choose),
      { depth: 1, steps: 30 },
      problems,
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(20);
  });

  test.each(withWorker)('beside a worker: $route', async (scenario) => {
    const { plays, worst } = await exploreAll(
      (choose) => exploreOrder({ ...scenario, disturbances: one }, choose),
      { depth: 1, steps: 40 },
      problems,
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(40);
  });

  test('with many disturbances, by chance', async () => {
    const turns = fc.array(fc.tuple(fc.nat(8), fc.nat(20)), { maxLength: 12 });
    const all = fc.constantFrom(...scenarios, ...withWorker);

    await fc.assert(
      fc.asyncProperty(all, turns, async (scenario, list) => {
        const { violations, trace } = await exploreOrder(
          { ...scenario, disturbances: many },
          withTurns(list),
        );

        expect(violations.length > 0 ? [...violations, ...trace] : []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

(url === undefined ? describe.skip : describe)('two messages, on PostgreSQL', () => {
  const collections = [inboxCollection, jobCollection, sessionCollection];
  let fixture: PostgresFixture;
  beforeAll(async () => {
    fixture = await openPostgresFixture(url ?? '', collections);
  });
  afterAll(() => fixture?.close());
  const play = (scenario: OrderScenario, choose: Choose) =>
    exploreOrder(scenario, choose, onPostgres(fixture, collections));

  test.each(scenarios)('in every order of events: $route', async (scenario) => {
    const { worst } = await exploreAll(
      (choose) => play({ ...scenario, disturbances: quiet }, choose),
      { depth: 1, steps: 14 },
      problems,
    );

    expect(worst).toEqual([]);
  });

  test('with many disturbances, by chance', async () => {
    const turns = fc.array(fc.tuple(fc.nat(8), fc.nat(20)), { maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...scenarios), turns, async (scenario, list) => {
        const { violations, trace } = await play(
          { ...scenario, disturbances: many },
          withTurns(list),
        );

        expect(violations.length > 0 ? [...violations, ...trace] : []).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
