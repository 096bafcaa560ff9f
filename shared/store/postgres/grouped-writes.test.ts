import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../../scripts/testing/store/postgres-server.ts';
import type { Collection } from '../store.ts';
import { disconnect } from './driver.ts';

interface Thing {
  readonly _id: string;
  readonly owner: string;
  readonly state?: string | undefined;
}

const things: Collection<Thing> = {
  name: 'grouped_things',
  schema: v.strictObject({
    _id: v.string(),
    owner: v.string(),
    state: v.optional(v.string()),
  }),
};

const url = await testServer();
let fixture: PostgresFixture;
afterEach(() => fixture?.close());

(url === undefined ? describe.skip : describe)('writes at the same moment', () => {
  test('share requests, and of each document one claim and one change are made', async () => {
    fixture = await openPostgresFixture(url ?? '', [things], { poolSize: 2 });
    const stores = [fixture.store, fixture.another()];
    const ids = Array.from({ length: 150 }, (_, n) => `thing ${n} "'\\ \u0000 你`);

    // Two instances claim each document twice.
    const claims = await Promise.all(
      ids.flatMap((_id) =>
        stores.flatMap((store, at) =>
          [1, 2].map(async (time) => {
            const owner = `${at}.${time}`;
            return { _id, owner, rev: await store.insert(things, { _id, owner, state: 'new' }) };
          }),
        ),
      ),
    );
    const won = claims.filter(({ rev }) => rev !== undefined);
    expect(won.map(({ _id }) => _id).sort()).toEqual([...ids].sort());
    for (const { _id, owner } of won) {
      expect((await fixture.store.get(things, _id))?.doc.owner).toBe(owner);
    }

    // Each change is asked for twice: with the same revision, so that one of them comes too late.
    const changes = await Promise.all(
      won.flatMap(({ _id, rev = 0 }) =>
        ['first', 'second'].map(async (owner) => ({
          _id,
          owner,
          isMade: await fixture.store.patchIf(things, _id, { owner, state: undefined }, rev),
        })),
      ),
    );
    const made = changes.filter(({ isMade }) => isMade);
    expect(made.map(({ _id }) => _id).sort()).toEqual([...ids].sort());
    for (const { _id, owner } of made) {
      expect((await fixture.store.get(things, _id))?.doc).toEqual({ _id, owner });
    }
  });

  test('of two instances never wait for each other, in whatever order they were asked for', async () => {
    fixture = await openPostgresFixture(url ?? '', [things]);
    const [one, other] = [fixture.store, fixture.another()];
    const ids = Array.from({ length: 40 }, (_, n) => `thing ${n}`);
    const deadlocks = async () => {
      const [row] = await fixture.query(
        'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
      );
      return Number(row?.deadlocks);
    };
    /** Those of this test, by what each has asked last. */
    const sessions = () =>
      fixture.query(
        "SELECT FROM pg_stat_activity WHERE application_name = 'fuwuhao' AND strpos(query, $1) > 0",
        [fixture.server.schema],
      );
    const before = await deadlocks();

    for (let round = 0; round < 20; round += 1) {
      const mixed = ids.map((id) => `${id} of ${round}`);
      const insert = (store: typeof one) => async (_id: string) =>
        store.insert(things, { _id, owner: 'nobody' });
      await Promise.all([...mixed.map(insert(one)), ...mixed.toReversed().map(insert(other))]);
      const found = await one.query(things, { filter: { _id: { in: mixed } }, limit: 100 });
      const change =
        (store: typeof one) =>
        async ({ doc: { _id }, rev }: (typeof found)[number]) =>
          store.patchIf(things, _id, { owner: 'somebody' }, rev);
      await Promise.all([...found.map(change(one)), ...found.toReversed().map(change(other))]);
    }
    expect(await sessions()).not.toEqual([]);
    // A session tells what it has counted before it is gone.
    await disconnect();
    while ((await sessions()).length > 0) await sleep(20);

    expect(await deadlocks()).toBe(before);
  });
});
