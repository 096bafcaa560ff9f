import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Choose,
  type Disturbances,
  exploreAll,
  type Option,
  withTurns,
} from '../../scripts/testing/stage.ts';
import { onPostgres } from '../../scripts/testing/store/played-store.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../scripts/testing/store/postgres-server.ts';
import {
  type Exploration,
  explore,
  type Scenario,
} from '../../scripts/testing/token/token-exploration.ts';
import { tokenCollection } from './token-document.ts';

const url = await testServer();
const quiet = { crashes: 0, freezes: 0, faults: 0 };
const one = { crashes: 1, freezes: 1, faults: 1 };
const many = { crashes: 2, freezes: 2, faults: 4 };
/** Three holders, as far apart as the protocol allows. */
const skewsMs = [0, 2_400, -2_400];
const kinds = ['stable', 'classic'] as const;
const starts = ['empty', 'expired', 'revoked', 'revoked silently'] as const;
const scenarios = kinds.flatMap((tokenKind) => starts.map((start) => ({ tokenKind, start })));

/** What must hold in every play; with nothing in the way it took exactly the fetches it needs. */
function problems({ tokenKind, start }: Pick<Scenario, 'tokenKind' | 'start'>) {
  const isForced = tokenKind === 'stable' && start === 'revoked silently';
  const expected = { fetches: isForced ? 2 : 1, renewals: 1, spent: 0 };
  return (exploration: Exploration): readonly string[] => {
    const { violations, isDisturbed, fetches, renewals, spent, gaveUp } = exploration;
    if (gaveUp > 0) return [...violations, `${gaveUp} gave up`];
    if (violations.length > 0 || isDisturbed) return violations;
    const found = JSON.stringify({ fetches, renewals, spent });
    return found === JSON.stringify(expected) ? [] : [`instead of one renewal: ${found}`];
  };
}

describe('three holders at once', () => {
  test.each(scenarios)('every order of events, one fetch: $tokenKind, $start', async (scenario) => {
    const quietly = { ...scenario, skewsMs, disturbances: quiet };

    const { plays, worst } = await exploreAll(
      (choose) => explore(quietly, choose),
      { depth: 2, steps: 40 },
      problems(scenario),
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(200);
  });

  // With nothing to tell stable from classic, classic is the stricter one.
  const telling = scenarios.filter(
    ({ tokenKind, start }) => tokenKind === 'classic' || start === 'revoked silently',
  );
  test.each(telling)(
    'a crash, a freeze past the lease or a lost commit at every step: $tokenKind, $start',
    async (scenario) => {
      const disturbed = { ...scenario, skewsMs, disturbances: one };

      const { plays, worst } = await exploreAll(
        (choose) => explore(disturbed, choose),
        { depth: 1, steps: 40 },
        problems(scenario),
      );

      expect(worst).toEqual([]);
      expect(plays).toBeGreaterThan(80);
    },
  );

  /** Plays a script: these things in this order, and the dull ones between them. */
  async function perform(
    script: { actor?: number; kind: Option['kind']; at: string }[],
    disturbances: Disturbances,
    setting: Pick<Scenario, 'tokenKind' | 'start'> = { tokenKind: 'classic', start: 'expired' },
  ): Promise<Exploration> {
    const choose: Choose = (options) => {
      const [wanted] = script;
      const found = options.findIndex(
        ({ actor, kind, at }) =>
          kind === wanted?.kind && at === wanted.at && actor === (wanted.actor ?? actor),
      );
      if (found >= 0) script.shift();
      return Math.max(0, found);
    };
    const exploration = await explore({ ...setting, skewsMs, disturbances }, choose);
    expect(script).toEqual([]);
    return exploration;
  }

  test.each([
    ['times out', 'hear the answer'],
    ['has a token', 'begin'],
  ])('woken while another asks, a holder that %s writes nothing', async (_, at) => {
    const exploration = await perform(
      [
        { actor: 0, kind: 'go on', at: 'ask' },
        { actor: 0, kind: 'freeze', at },
        { kind: 'freeze', at: 'ask' },
      ],
      { crashes: 0, freezes: 2, faults: 0 },
    );

    expect(exploration).toMatchObject({ fetches: 2, renewals: 1, violations: [] });
  });

  test('woken after its token has died, with the store failing, a holder does not serve it', async () => {
    const exploration = await perform(
      [
        { actor: 0, kind: 'go on', at: 'ask' },
        { actor: 0, kind: 'freeze', at: 'begin' },
        { actor: 0, kind: 'fail', at: 'begin' },
      ],
      { crashes: 0, freezes: 1, faults: 1 },
    );

    expect(exploration).toMatchObject({ fetches: 2, renewals: 1, violations: [] });
  });

  test('woken after it had counted a forced refresh, a holder does not kill the newer token', async () => {
    const exploration = await perform(
      [
        { actor: 0, kind: 'go on', at: 'hear the answer' },
        { actor: 0, kind: 'freeze', at: 'hear of the commit' },
        // Time passes until it wakes, and another forces one before it goes on.
        { actor: 1, kind: 'go on', at: 'read' },
        { kind: 'time', at: '' },
      ],
      { crashes: 0, freezes: 1, faults: 0 },
      { tokenKind: 'stable', start: 'revoked silently' },
    );

    expect(exploration).toMatchObject({ renewals: 1, violations: [] });
  });

  test('an answer that comes after a look at the store was given up is not heard', async () => {
    const exploration = await perform(
      [
        { actor: 1, kind: 'go on', at: 'read' },
        // Another one renews it meanwhile; what the first look found is too old to be handed out.
        { actor: 1, kind: 'freeze', at: 'hear of the document' },
        { actor: 1, kind: 'go on', at: 'read' },
        { actor: 1, kind: 'freeze', at: 'hear of the document' },
        { actor: 1, kind: 'go on', at: 'hear of the document' },
        { actor: 1, kind: 'fail', at: 'read' },
      ],
      { crashes: 0, freezes: 2, faults: 1 },
      { tokenKind: 'stable', start: 'revoked silently' },
    );

    expect(exploration).toMatchObject({ renewals: 1, violations: [] });
  });

  test('many disturbances at once, by chance', async () => {
    const choices = fc.array(fc.tuple(fc.nat(12), fc.nat(20)), { maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...scenarios), choices, async (scenario, turns) => {
        const exploration = await explore(
          { ...scenario, skewsMs, disturbances: many },
          withTurns(turns),
        );
        // Whoever is met by several in a row may give up; wrong it must never be.
        expect(exploration.violations).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

(url === undefined ? describe.skip : describe)('three holders at once, on PostgreSQL', () => {
  let fixture: PostgresFixture;
  beforeAll(async () => {
    fixture = await openPostgresFixture(url ?? '', [tokenCollection]);
  });
  afterAll(() => fixture?.close());
  const play = (scenario: Scenario, choose: Choose) =>
    explore(scenario, choose, onPostgres(fixture, [tokenCollection]));

  test.each(starts)('every order of events, one fetch: %s', async (start) => {
    const scenario = { tokenKind: 'classic', start, skewsMs, disturbances: quiet } as const;

    const { plays, worst } = await exploreAll(
      (choose) => play(scenario, choose),
      { depth: 1, steps: 40 },
      problems(scenario),
    );

    expect(worst).toEqual([]);
    expect(plays).toBeGreaterThan(20);
  });

  test('many disturbances at once, by chance', async () => {
    const choices = fc.array(fc.tuple(fc.nat(12), fc.nat(20)), { maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...scenarios), choices, async (scenario, turns) => {
        const exploration = await play(
          { ...scenario, skewsMs, disturbances: many },
          withTurns(turns),
        );
        expect(exploration.violations).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
