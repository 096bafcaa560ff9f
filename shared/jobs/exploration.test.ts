import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explore } from '../../scripts/testing/jobs/job-exploration.ts';
import { onPostgres } from '../../scripts/testing/store/played-store.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../scripts/testing/store/postgres-server.ts';
import { jobCollection } from './job-document.ts';

const url = await testServer();

const choices = (maxLength: number) =>
  fc.array(fc.nat({ max: 9_999 }), { minLength: 30, maxLength, size: 'max' });

describe('three instances that share jobs, in any order of events', () => {
  test('undisturbed, do every page of every job once', async () => {
    await fc.assert(
      fc.asyncProperty(choices(300), async (list) => {
        const { violations, acts, final } = await explore({
          choices: list,
          maxAttempts: 1,
          isCalm: true,
        });

        expect(violations).toEqual([]);
        expect(final.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
        expect(Object.values(acts)).toEqual(Array(12).fill(1));
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
  });

  test('frozen, killed and cut off, finish every job, and nobody works on what another holds', async () => {
    let [takeovers, refused, repeats] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(choices(700), async (list) => {
        const played = await explore({ choices: list, maxAttempts: 1_000, isCalm: false });

        expect(played.violations).toEqual([]);
        expect(played.final.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
        expect(Object.keys(played.acts)).toHaveLength(12);
        takeovers += played.takeovers;
        refused += played.refused;
        repeats += Object.values(played.acts).filter((n) => n > 1).length;
      }),
      { numRuns: 150, interruptAfterTimeLimit: 20_000 },
    );
    // It must have been hard.
    expect(Math.min(takeovers, refused, repeats)).toBeGreaterThan(10);
  });

  test('bury what fails too often, and finish the rest', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(choices(700), async (list) => {
        const { violations, final } = await explore({
          choices: list,
          maxAttempts: 2,
          isCalm: false,
        });

        expect(violations).toEqual([]);
        for (const { state } of final) ends.add(state);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
    expect([...ends].sort()).toEqual(['dead', 'done']);
  });
});

(url === undefined ? describe.skip : describe)(
  'three instances that share jobs, on PostgreSQL',
  () => {
    let fixture: PostgresFixture;
    beforeAll(async () => {
      fixture = await openPostgresFixture(url ?? '', [jobCollection]);
    });
    afterAll(() => fixture?.close());

    test.each([
      ['undisturbed', true],
      ['frozen, killed and cut off', false],
    ])('%s, finish every job', async (_, isCalm) => {
      const open = onPostgres(fixture, [jobCollection]);
      await fc.assert(
        fc.asyncProperty(choices(300), async (list) => {
          const scenario = { choices: list, maxAttempts: 1_000, isCalm };
          const { violations, acts, final } = await explore(scenario, open);

          expect(violations).toEqual([]);
          expect(final.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
          expect(Object.keys(acts)).toHaveLength(12);
        }),
        { numRuns: 15, interruptAfterTimeLimit: 20_000 },
      );
    });
  },
);
