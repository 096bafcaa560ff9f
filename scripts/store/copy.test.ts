import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '../../shared/store/memory.ts';
import type { Collection, Doc, Store } from '../../shared/store/store.ts';
import { crews, order, orders, seats } from '../testing/store/contract/fixtures.ts';
import { openPostgresFixture } from '../testing/store/postgres-fixture.ts';
import { testServer } from '../testing/store/postgres-server.ts';
import { copyStore } from './copy.ts';

const url = await testServer();
const collections = [orders, seats, crews] as unknown as readonly Collection<Doc>[];

(url === undefined ? describe.skip : describe)('npm run store -- copy', () => {
  async function open() {
    const fixture = await openPostgresFixture(url ?? '', [orders, seats, crews]);
    const from = createMemoryStore({ now: () => 0 });
    for (let n = 0; n < 450; n += 1) {
      await from.create(orders, order({ _id: `o${n}`, total: n, placedAt: new Date(n) }));
    }
    await from.create(crews, { _id: 'c', members: ['a', 'b'] });
    return { fixture, from, to: fixture.store };
  }
  const run = (from: Store, to: Store, check = false) =>
    copyStore({ from, to, collections, check });

  test('carries every document over, and a second time only what has changed', async () => {
    const { fixture, from, to } = await open();

    const [first] = await run(from, to);
    expect(first).toMatchObject({ documents: 450, created: 450, replaced: 0, removed: 0 });
    const found = await to.query(orders, { filter: { total: { gte: 440 } }, limit: 20 });
    expect(found).toHaveLength(10);
    expect((await to.get(orders, 'o7'))?.doc).toEqual((await from.get(orders, 'o7'))?.doc);

    await from.remove(orders, 'o1');
    await from.increment(orders, order({ _id: 'o2' }), { total: 5 });
    await from.create(orders, order({ _id: 'zz' }));
    // What is unique moves to another document.
    await from.remove(crews, 'c');
    await from.create(crews, { _id: 'd', members: ['b', 'c'] });
    const [checked] = await run(from, to, true);
    expect(checked).toMatchObject({ created: 1, replaced: 1, removed: 1 });
    expect(await to.get(orders, 'zz')).toBeUndefined();
    await run(from, to);
    for (const report of await run(from, to, true)) {
      expect(report).toMatchObject({ created: 0, replaced: 0, removed: 0 });
    }
    await fixture.close();
  });

  test('of an empty store is refused, and removes nothing', async () => {
    const { fixture, from, to } = await open();

    await expect(run(to, from)).rejects.toThrow('The source holds no document');

    expect(await from.get(orders, 'o7')).toBeDefined();
    expect(await run(to, from, true)).toMatchObject([{ removed: 450 }, {}, { removed: 1 }]);
    await fixture.close();
  });

  test('that breaks off goes on from there', async () => {
    const { fixture, from, to } = await open();
    let left = 100;
    const failing: Store = {
      ...to,
      create(...args) {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('gone')) : to.create(...args);
      },
    };

    await expect(run(from, failing)).rejects.toThrow('gone');
    const [again] = await run(from, to);

    expect(again).toMatchObject({ documents: 450, created: 350 });
    await fixture.close();
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
