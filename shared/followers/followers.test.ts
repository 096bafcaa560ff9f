import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { actions, type FollowersInvocation } from '../../functions/followers/index.ts';
import {
  type AccountFixture,
  createAccountFixture,
} from '../../scripts/testing/account-fixture.ts';
import { followerJobs } from '../app/followers.ts';
import type { ActionResult } from '../kernel/action.ts';
import { invokable } from '../scf/invoke.ts';
import { followerCollections } from './index.ts';

const seeded = (n: number, prefix = 'oSeeded') =>
  prefix + String(n).padStart(28 - prefix.length, '0');

async function setUp() {
  const fixture = await createAccountFixture();
  const main = invokable(actions, () => fixture);
  const outcomes: ActionResult[] = [];
  const invoke = async (event: FollowersInvocation) => {
    const outcome = await main(event, { request_id: 'r' });
    outcomes.push(outcome);
    return outcome;
  };
  const jobs = followerJobs(fixture);
  return {
    ...fixture,
    outcomes,
    invoke,
    data: async (event: FollowersInvocation) => {
      const outcome = await invoke(event);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.data as Record<string, unknown>;
    },
    work: () => fixture.shift(jobs),
    sync: async () => {
      await invoke({ action: 'sync' });
      await fixture.shift(jobs);
    },
    seed: (count: number, more: object = {}) =>
      fixture.control('POST', 'followers', { count, ...more }),
  };
}

/** Everything that our documents say. */
async function documents({ store }: Pick<AccountFixture, 'store'>): Promise<string> {
  const all = await Promise.all(
    followerCollections.map(({ name, schema, indexes }) =>
      store.query({ name, schema, indexes } as (typeof followerCollections)[0], {
        filter: 'all',
        limit: 1_000,
      }),
    ),
  );
  return JSON.stringify(all);
}

describe('sync', () => {
  test('copies all followers with the fewest calls, and says how far it is', async () => {
    const { seed, control, sync, calls, data, counts } = await setUp();
    await seed(250);
    await control('PUT', `followers/${seeded(3)}`, { isBlacklisted: true, tagIds: [2] });
    expect(await data({ action: 'status' })).toMatchObject({ phase: 'never' });

    await sync();

    expect(calls()).toEqual({
      '/cgi-bin/user/get': 1,
      '/cgi-bin/user/info/batchget': 3,
      '/cgi-bin/tags/members/getblacklist': 1,
    });
    expect(await data({ action: 'status' })).toMatchObject({
      phase: 'done',
      pages: 1,
      pagesLeft: 0,
      listed: 250,
    });
    expect(await data({ action: 'count' })).toEqual({ followers: 250, chosen: 250 });
    expect(await data({ action: 'count', payload: { filter: { tagIds: [2] } } })).toEqual({
      followers: 250,
      chosen: 1,
    });
    expect(counts.writes).toBeLessThan(25);
  });

  test('started twice is one sync', async () => {
    const { seed, invoke, work, calls } = await setUp();
    await seed(10);

    const [first, second] = await Promise.all([
      invoke({ action: 'sync' }),
      invoke({ action: 'sync' }),
    ]);
    await work();

    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(calls()['/cgi-bin/user/get']).toBe(1);
  });

  test('again, takes in who came, drops who left, and keeps what was imported', async () => {
    const fixture = await setUp();
    const { seed, control, sync, data, clock } = fixture;
    await seed(120);
    await sync();
    await data({
      action: 'import',
      payload: { rows: [{ openid: seeded(7), city: '广州', level: 'gold' }] },
    });
    await control('PUT', `followers/${seeded(100)}`, { isFollowing: false });
    await control('PUT', 'followers/oNewcomer', { isFollowing: true, tagIds: [2] });
    await control('PUT', `followers/${seeded(7)}`, { tagIds: [2] });
    await clock.advance(60_000);

    await sync();

    expect(await data({ action: 'count' })).toMatchObject({ followers: 120 });
    const filter = { tagIds: [2], city: '广州', custom: { level: 'gold' } };
    expect(await data({ action: 'count', payload: { filter } })).toMatchObject({ chosen: 1 });
    expect(await documents(fixture)).not.toContain(seeded(100));
  });
});

describe('events', () => {
  test('keep the list fresh, and nothing is kept of who left', async () => {
    const fixture = await setUp();
    const { followers, data, clock } = fixture;
    const now = clock.now();

    await followers.presence.came('oAlice', now);
    await followers.presence.came('oAlice', now);
    await followers.presence.came('oBob', now);
    await data({ action: 'import', payload: { csv: 'openid,city\noAlice,Lyon\n' } });
    await followers.presence.left('oAlice', now + 1_000);

    expect(await data({ action: 'count' })).toMatchObject({ followers: 1 });
    expect(await documents(fixture)).not.toMatch(/oAlice|Lyon/);
    // The news of her coming, once more and late.
    await followers.presence.came('oAlice', now);
    expect(await data({ action: 'count' })).toMatchObject({ followers: 1 });
  });

  test('in any order and at the same time as a sync, the last word counts', async () => {
    const openids = ['oA', 'oB', 'oC', 'oD'];
    const step = fc.record({ who: fc.constantFrom(...openids), isComing: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (steps, order) => {
          const { followers, control, clock, invoke, work, data } = await setUp();
          for (const who of openids.slice(0, 2)) {
            await control('PUT', `followers/${who}`, { isFollowing: true });
          }
          const last = new Map(openids.slice(0, 2).map((who) => [who, true]));
          const events: { key: number; run: () => Promise<void> }[] = [];
          for (const { who, isComing } of steps) {
            await clock.advance(1_000);
            await control('PUT', `followers/${who}`, { isFollowing: isComing });
            last.set(who, isComing);
            const at = clock.now();
            const run = () => followers.presence[isComing ? 'came' : 'left'](who, at);
            events.push({ key: order.next().value ?? 0, run });
          }
          events.sort((a, b) => a.key - b.key);
          await invoke({ action: 'sync' });

          await Promise.all([work(), ...events.map(({ run }) => run())]);

          const expected = openids.filter((who) => last.get(who)).length;
          expect(await data({ action: 'count' })).toMatchObject({ followers: expected });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('tags and blacklist', () => {
  test('are changed at WeChat in its batches, and in our copy', async () => {
    const { seed, sync, data, calls } = await setUp();
    await seed(130);
    await sync();
    const openids = Array.from({ length: 120 }, (_, n) => seeded(n));
    const { id } = (await data({ action: 'createTag', payload: { name: '会员' } })) as {
      id: number;
    };
    calls();

    const tagged = await data({ action: 'tag', payload: { tagId: id, openids } });
    const blocked = await data({ action: 'block', payload: { openids: openids.slice(0, 21) } });
    await data({ action: 'untag', payload: { tagId: id, openids: openids.slice(0, 2) } });
    await data({ action: 'renameTag', payload: { id, name: 'VIP' } });

    expect(tagged).toEqual({ asked: 120, done: 120, refused: [] });
    expect(blocked).toMatchObject({ done: 21 });
    expect(calls()).toEqual({
      '/cgi-bin/tags/members/batchtagging': 3,
      '/cgi-bin/tags/members/batchblacklist': 2,
      '/cgi-bin/tags/members/batchuntagging': 1,
      '/cgi-bin/tags/update': 1,
    });
    const filter = { tagIds: [id] };
    expect(await data({ action: 'count', payload: { filter } })).toMatchObject({ chosen: 118 });
    expect(await data({ action: 'countBlocked' })).toEqual({ total: 21 });
    expect(await data({ action: 'listTags' })).toMatchObject({
      tags: expect.arrayContaining([{ id, name: 'VIP', count: 118 }]),
    });
  });

  test('that WeChat changes in part are read anew', async () => {
    const { seed, sync, data, control } = await setUp();
    await seed(10);
    await sync();
    const { id } = (await data({ action: 'createTag', payload: { name: 'A' } })) as { id: number };
    await control('PUT', `followers/${seeded(1)}`, { isFollowing: false });
    const openids = [seeded(0), seeded(1)];

    const changed = await data({ action: 'tag', payload: { tagId: id, openids } });

    expect(changed).toMatchObject({ asked: 2, done: 0, refused: [{ openids: 2, errcode: 45171 }] });
    expect(await data({ action: 'count', payload: { filter: { tagIds: [id] } } })).toEqual({
      followers: 9,
      chosen: 1,
    });
  });

  test('a deleted tag is taken from all who had it', async () => {
    const { seed, sync, data, work, control } = await setUp();
    const { id } = (await data({ action: 'createTag', payload: { name: 'A' } })) as { id: number };
    await seed(150, { tagIds: [id] });
    await sync();

    await data({ action: 'deleteTag', payload: { id } });
    await work();

    expect(await data({ action: 'count', payload: { filter: { tagIds: [id] } } })).toEqual({
      followers: 150,
      chosen: 0,
    });
    expect(await control('GET', 'followers')).toEqual({ total: 150 });
  });
});

describe('import', () => {
  const csv = [
    'openid,sex,province,city,points',
    `${seeded(1)},女,广东,"广州, 天河",12`,
    `${seeded(2)},male,广东,,`,
    'oNobody1,2,,,',
  ].join('\r\n');

  /** As Excel saves it in China: only these characters are needed here. */
  function excel(line: string) {
    const gbk: Readonly<Record<string, number[]>> = { 广: [0xb9, 0xe3], 东: [0xb6, 0xab] };
    const bytes = [...`openid,province\r\n${line}`].flatMap(
      (character) => gbk[character] ?? [character.charCodeAt(0)],
    );
    return { base64: Buffer.from(bytes).toString('base64'), name: 'followers.csv' };
  }

  test('reads the file of a Chinese Excel when told so', async () => {
    const { seed, sync, data } = await setUp();
    await seed(1);
    await sync();
    const payload = { file: excel(`${seeded(0)},广东`), encoding: 'gb18030' } as const;

    expect(await data({ action: 'import', payload })).toMatchObject({ rows: 1 });
    const filter = { province: '广东' };
    expect(await data({ action: 'count', payload: { filter } })).toMatchObject({ chosen: 1 });
  });

  test('adds to followers only, from rows, CSV and files, and can be made again', async () => {
    const fixture = await setUp();
    const { seed, sync, data } = fixture;
    await seed(5);
    await sync();
    const file = { base64: Buffer.from(`\ufeff${csv}`).toString('base64'), name: 'a.csv' };

    const first = await data({ action: 'import', payload: { csv } });
    const second = await data({ action: 'import', payload: { file } });
    const rows = [{ openid: seeded(1), country: '中国', vip: true }];
    await data({ action: 'import', payload: { rows } });

    expect([first, second]).toEqual(Array(2).fill({ rows: 3, updated: 2, unknown: 1 }));
    const count = async (filter: object) =>
      (await data({ action: 'count', payload: { filter } })).chosen;
    expect(await count({ province: '广东' })).toBe(2);
    expect(await count({ sex: 'female', city: ['广州, 天河', '深圳'] })).toBe(1);
    expect(await count({ country: '中国', custom: { vip: true, points: '12' } })).toBe(1);
    expect(await count({ sex: 'unknown' })).toBe(3);
    expect(await documents(fixture)).not.toContain('oNobody1');
  });

  test.each([
    ['no rows', { rows: [] }, 'has no rows'],
    ['too many rows', { rows: Array(10_001).fill({}) }, 'at most 10000 are taken at once'],
    ['a row without openid', { rows: [{ city: 'A' }] }, 'rows[0].openid'],
    ['a row that is none', { rows: ['x'] }, 'rows[0] must be an object'],
    ['an openid that is none', { rows: [{ openid: 'a b' }] }, 'rows[0].openid is no openid'],
    ['a sex that is none', { rows: [{ openid: 'oAlice', sex: 'x' }] }, 'rows[0].sex must be male,'],
    [
      'a text too long',
      { rows: [{ openid: 'oAlice', city: 'x'.repeat(101) }] },
      'rows[0].city has more',
    ],
    [
      'a list in a field',
      { rows: [{ openid: 'oAlice', tags: [] }] },
      'rows[0].tags must be a text',
    ],
    ['broken CSV', { csv: 'openid,city\noSecretly1,"A' }, 'cannot be read as CSV at line 2'],
    ['a file of no list', { file: { base64: 'e30=', name: 'a.json' } }, 'holds no JSON list'],
    ['two sources', { rows: [], csv: '' }, 'must be one of {rows: […]}'],
    ['CSV of another encoding', { file: excel('oSecretly1,广东') }, 'it looks like GBK'],
    ['CSV that lost its bytes on the way', { csv: 'openid,city\noAlice1,��' }, 'was not UTF-8'],
    ['another spelling of openid', { csv: 'OpenID,city\noAlice1,A' }, 'one "OpenID"'],
    ['a file of semicolons', { csv: 'openid;city\noAlice1;A' }, 'has one column'],
    ['no column of openids', { csv: 'name,city\nA,B' }, 'name the columns: "name", "city"'],
    ['no heading', { csv: `oSecretly1${'x'.repeat(18)},A` }, 'has no heading'],
  ])('refuses %s, names the place and writes nothing', async (_, payload, message) => {
    const { invoke, counts, outcomes } = await setUp();

    await invoke({ action: 'import', payload: payload as { rows: unknown[] } });

    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'invalid', message: expect.stringContaining(message) } },
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('oSecretly1');
    expect(counts.writes).toBe(0);
  });
});

describe('filters', () => {
  const day = 86_400_000;

  test('choose by the time of subscription, in days of China', async () => {
    const { followers, data, clock } = await setUp();
    const midnight = Date.parse('2026-01-05T00:00:00+08:00');
    await followers.presence.came('oBefore1', midnight - 1);
    await followers.presence.came('oAfter01', midnight);
    await clock.advance(10 * day);
    const count = async (filter: object) =>
      (await data({ action: 'count', payload: { filter } })).chosen;

    expect(await count({ subscribedFrom: '2026-01-05' })).toBe(1);
    expect(await count({ subscribedBefore: '2026-01-05T00:00:00+08:00' })).toBe(1);
    expect(await count({ notTagIds: [5] })).toBe(2);
  });

  test.each([
    ['nothing', {}, 'is empty'],
    ['an unknown field', { age: 3 }, 'age is not known here'],
    ['a tag that is a text', { tagIds: ['vip'] }, 'must be the number of a tag'],
    ['no tags', { tagIds: [] }, 'has no tag'],
    ['an unknown sex', { sex: 'x' }, 'must be one of unknown, male, female'],
    ['a time without offset', { subscribedFrom: '2026-01-05T10:00:00' }, 'a time with its offset'],
    [
      'an end before the beginning',
      { subscribedFrom: '2026-01-05', subscribedBefore: '2026-01-05' },
      'not before its subscribedBefore',
    ],
  ])('of %s are refused', async (_, filter, message) => {
    const { invoke } = await setUp();

    const outcome = await invoke({ action: 'count', payload: { filter } as object });

    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'invalid', message: expect.stringContaining(message) },
    });
  });
});

test('no answer and no log line names a follower', async () => {
  const { seed, sync, data, outcomes, lines } = await setUp();
  await seed(30);
  await sync();
  const openids = [seeded(1), seeded(2)];
  await data({ action: 'tag', payload: { tagId: 2, openids } });
  await data({ action: 'setRemark', payload: { openid: seeded(1), remark: '老王' } });
  await data({ action: 'import', payload: { rows: [{ openid: seeded(1), city: 'A' }] } });
  await data({ action: 'count' });

  expect(JSON.stringify([outcomes, lines])).not.toContain('oSeeded');
});
