import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { failure } from '../../shared/store/failure.ts';
import type { Collection, Doc, Store } from '../../shared/store/store.ts';
import { watched } from '../testing/jobs/job-fixture.ts';
import { crews, order, orders, seats, sessions } from '../testing/store/contract/fixtures.ts';
import { openPostgresFixture } from '../testing/store/postgres-fixture.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import { openStoreFixture } from '../testing/store/store-fixture.ts';
import { checkpointIn } from './checkpoint.ts';
import { compareStores } from './compare.ts';
import { type CopyOptions, copyStore, verifyCopy } from './copy.ts';

const url = await testServer();
const tables = [orders, seats, crews, sessions];
const collections = tables as unknown as readonly Collection<Doc>[];

/** The emulator of CloudBase, reached by the real SDK over HTTP, and a real PostgreSQL. */
(url === undefined ? describe.skip : describe)('npm run store -- copy', () => {
  async function open() {
    const driver = () => import('../../shared/store/sdk/node-sdk.ts');
    const cloudbase = await openStoreFixture({ driver }, tables);
    const postgres = await openPostgresFixture(url ?? '', tables);
    const folder = mkdtempSync(path.join(tmpdir(), 'copy-'));
    const from = cloudbase.store;
    // Few at a time: the database stands in the same process, and each must be answered in time.
    for (let n = 0; n < 450; n += 5) {
      const some = Array.from({ length: 5 }, (_, at) => n + at);
      await Promise.all(
        some.map((total) =>
          from.create(orders, order({ _id: `o${total}`, total, placedAt: new Date(total) })),
        ),
      );
    }
    await from.create(crews, { _id: 'c', members: ['a', 'b'] });
    await from.create(seats, { _id: 's1', row: 'A', number: 1 });
    await from.create(seats, { _id: 's2', row: 'A', number: 2 });
    const time = { now: 0 };
    return {
      from,
      to: postgres.store,
      time,
      checkpoint: () => checkpointIn(path.join(folder, 'c.json'), 'test', () => time.now),
      async close() {
        rmSync(folder, { recursive: true });
        await cloudbase.close();
        await postgres.close();
      },
    };
  }
  const copy = (from: Store, to: Store, options: Partial<CopyOptions> = {}) =>
    copyStore({ from, to, collections, ...options });
  const areSame = async (from: Store, to: Store) =>
    (await verifyCopy({ from, to, collections })).every(({ isSame }) => isSame);

  test('carries every document over and back, and a second time only what has changed', async () => {
    const { from, to, close } = await open();

    const [first] = await copy(from, to);
    expect(first).toMatchObject({ documents: 450, created: 450, replaced: 0, removed: 0 });
    expect((await to.get(orders, 'o7'))?.doc).toEqual((await from.get(orders, 'o7'))?.doc);
    expect(await areSame(from, to)).toBe(true);

    await to.increment(orders, order({ _id: 'o2' }), { total: 5 });
    await to.create(orders, order({ _id: 'zz' }));
    // What is unique moves to another document.
    await to.remove(crews, 'c');
    await to.create(crews, { _id: 'd', members: ['b', 'c'] });
    expect(await areSame(to, from)).toBe(false);
    const [compared] = await compareStores({ from: to, to: from, collections });
    expect(compared).toMatchObject({ created: 1, replaced: 1, removed: 0 });
    const back = await copy(to, from, { mayRemove: true });
    expect(back).toMatchObject([{ created: 1, replaced: 1 }, {}, { created: 1, removed: 1 }, {}]);

    expect(await areSame(to, from)).toBe(true);
    expect((await from.get(orders, 'o2'))?.doc.total).toBe(7);
    await close();
  });

  test('carries unique values over that two documents have exchanged', async () => {
    const { from, to, close } = await open();
    await copy(from, to);
    await from.replaceIf(seats, { _id: 's1', row: 'B', number: 9 }, await revOf(from, 's1'));
    await from.replaceIf(seats, { _id: 's2', row: 'A', number: 1 }, await revOf(from, 's2'));
    await from.replaceIf(seats, { _id: 's1', row: 'A', number: 2 }, await revOf(from, 's1'));

    expect((await copy(from, to))[1]).toMatchObject({ replaced: 2, created: 0 });

    expect(await areSame(from, to)).toBe(true);
    await close();
  });

  test('is refused from an empty store, and where documents that last would go', async () => {
    const { from, to, close } = await open();

    await expect(copy(to, from)).rejects.toThrow('The source holds no document');
    await to.create(orders, order({ _id: 'o1' }));
    await expect(copy(to, from)).rejects.toThrow('449 of orders, 2 of seats, 1 of crews');

    expect(await areSame(from, from)).toBe(true);
    expect(await from.count(orders, 'all')).toBe(450);
    await close();
  });

  test('removes what expires without being told so', async () => {
    const { from, to, close } = await open();
    await to.create(sessions, { _id: 'old', seenAt: new Date() });

    expect((await copy(from, to))[3]).toMatchObject({ removed: 1 });
    await close();
  });

  test('that breaks off goes on from there, and names no document but by its hash', async () => {
    const { from, to, checkpoint, close } = await open();
    await expect(copy(from, failingAfter(to, 250), { checkpoint: checkpoint() })).rejects.toThrow(
      /^orders\/#[0-9a-f]{12}: /,
    );
    const { store: source, counts } = watched(from);

    const [again] = await copy(source, to, { checkpoint: checkpoint() });

    // The first page of 200 is not read again.
    expect(again).toMatchObject({ documents: 250, created: 200 });
    expect(counts.queries).toBeLessThanOrEqual(7);
    expect(await areSame(from, to)).toBe(true);
    expect(checkpoint().load()).toBeUndefined();
    await close();
  });

  test('that breaks off among exchanged values loses none of them', async () => {
    const { from, to, checkpoint, close } = await open();
    await copy(from, to);
    await from.replaceIf(seats, { _id: 's1', row: 'B', number: 9 }, await revOf(from, 's1'));
    await from.replaceIf(seats, { _id: 's2', row: 'A', number: 1 }, await revOf(from, 's2'));
    await from.replaceIf(seats, { _id: 's1', row: 'A', number: 2 }, await revOf(from, 's1'));
    await expect(copy(from, failingAfter(to, 0), { checkpoint: checkpoint() })).rejects.toThrow(
      /^seats\/#/,
    );
    expect(await to.count(seats, 'all')).toBe(1);

    await copy(from, to, { checkpoint: checkpoint() });

    expect(await areSame(from, to)).toBe(true);
    await close();
  });

  test('does not go on by what was noted a day ago', async () => {
    const { from, to, time, checkpoint, close } = await open();
    await copy(from, failingAfter(to, 250), { checkpoint: checkpoint() }).catch(() => undefined);
    time.now = 25 * 3_600_000;

    const [again] = await copy(from, to, { checkpoint: checkpoint() });

    expect(again).toMatchObject({ documents: 450, created: 200 });
    await close();
  });

  test.each([
    [['copy'], '--from and --to are each one of'],
    [['copy', '--from', 'postgres', '--to', 'postgres'], 'the same store'],
    [['move'], 'is copy'],
  ])('%p: says what is wrong', async (args, words) => {
    const main = path.join(import.meta.dirname, 'main.ts');
    const failed = promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...args]);

    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});

const revOf = async (store: Store, id: string) => (await store.get(seats, id))?.rev ?? 0;

/** A store that goes away after so many documents were created. */
function failingAfter(store: Store, creations: number): Store {
  let left = creations;
  return {
    ...store,
    create(...args) {
      left -= 1;
      if (left >= 0) return store.create(...args);
      return Promise.reject(failure('connection', { operation: 'create' }));
    },
  };
}
