import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Listing, type ListRequest, listItems } from './paging.ts';

interface Item {
  readonly id: string;
  readonly text?: string;
}

const MB = 1024 * 1024;

/** WeChat's side: the newest first, at most 20 at once. */
function createSource(items: Item[]) {
  const calls: [offset: number, count: number][] = [];
  const list = (request: ListRequest): Promise<Listing<Item>> =>
    listItems(request, {
      fetchPage: async (offset, count) => {
        calls.push([offset, count]);
        return { total_count: items.length, item: items.slice(offset, offset + count) };
      },
      idOf: ({ id }) => id,
      shorten: ({ id }) => ({ id }),
    });
  return { list, calls, items };
}

const numbered = (count: number): Item[] =>
  Array.from({ length: count }, (_, at) => ({ id: `${at}` }));

async function listAll(list: (request: ListRequest) => Promise<Listing<Item>>, limit?: number) {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Listing<Item> = await list({ limit, cursor });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

describe('listItems', () => {
  test('asks for 20 at once, and for 100 in all', async () => {
    const { list, calls } = createSource(numbered(250));

    const first = await list({});

    expect(first.items).toHaveLength(100);
    expect(first.total).toBe(250);
    expect(calls).toEqual([0, 20, 40, 60, 80].map((offset) => [offset, 20]));
  });

  test('gives everything once, whatever the number and the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(130), fc.integer({ min: 1, max: 100 }), async (count, limit) => {
        const { list, calls } = createSource(numbered(count));

        expect(await listAll(list, limit)).toEqual(numbered(count));
        expect(calls.every(([, asked]) => asked >= 1 && asked <= 20)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('leaves nothing out when items go away meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.nat(120), { maxLength: 10 }),
        async (limit, deletions) => {
          const { list, items } = createSource(numbered(80));
          const seen = new Set<string>();
          const gone = new Set<string>();
          let cursor: string | undefined;
          for (let round = 0; ; round += 1) {
            const page: Listing<Item> = await list({ limit, cursor });
            for (const { id } of page.items) seen.add(id);
            if (page.cursor === null) break;
            cursor = page.cursor;
            const [deleted] = items.splice(deletions[round] ?? 1_000, 1);
            if (deleted) gone.add(deleted.id);
          }

          const missed = numbered(80).filter(({ id }) => !seen.has(id) && !gone.has(id));
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('stops before an answer becomes too large, and goes on from that very item', async () => {
    const large = numbered(10).map(({ id }) => ({ id, text: 'x'.repeat(MB) }));
    const { list } = createSource(large);

    const first = await list({});

    expect(first.items).toHaveLength(3);
    expect(await listAll(list)).toEqual(large);
  });

  test('shortens an item that no answer has room for, so that the rest can be reached', async () => {
    const { list } = createSource([{ id: 'a', text: 'x'.repeat(5 * MB) }, { id: 'b' }]);

    expect(await listAll(list)).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  test('ends when WeChat gives less than it said', async () => {
    const listing = await listItems<Item>(
      {},
      {
        fetchPage: async () => ({ total_count: 7, item: [] }),
        idOf: ({ id }) => id,
        shorten: (item) => item,
      },
    );

    expect(listing).toEqual({ items: [], total: 7, cursor: null });
  });

  test.each(['', 'x', Buffer.from('{"offset":-1,"total":0}').toString('base64url')])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const { list, calls } = createSource(numbered(1));

      await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid' });
      expect(calls).toEqual([]);
    },
  );
});
