import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { followerJobs } from '../app/followers.ts';
import type { FollowerRow } from './search.ts';
import { wantedOf, wordsOf } from './words.ts';

const OPENID = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';
const seeded = (n: number) => `oSeeded${String(n).padStart(21, '0')}`;

async function setUp(count: number) {
  const fixture = await createAccountFixture();
  const { followers, clock, counts } = fixture;
  const now = clock.now();
  for (let at = 0; at < count; at += 100) {
    const openids = Array.from({ length: 100 }, (_, n) => seeded(at + n));
    await followers.book.add(openids.map((openid) => ({ openid, since: now, seen: now })));
  }
  const texts = async (text: string) =>
    (await followers.search({ text })).found.map(({ openid }: FollowerRow) => openid);
  /** The queries of the store that some work makes. */
  async function queriesOf(work: () => Promise<unknown>): Promise<number> {
    const before = counts.queries;
    await work();
    return counts.queries - before;
  }
  return { ...fixture, texts, queriesOf };
}

describe('a search', () => {
  test('finds by openid, unionid, remark, imported data and code, in one query of an index', async () => {
    const { followers, clock, texts, queriesOf } = await setUp(100_000);
    await followers.presence.came(OPENID, clock.now(), 'shop-12');
    await followers.import({
      rows: [
        { openid: OPENID, city: '广州', name: '欧阳小明', phone: '13800138000', points: 4711 },
      ],
    });
    await followers.book.editEach([OPENID], (one) => ({
      ...one,
      remark: 'ＶＩＰ王阿姨 (南京路)',
      unionid: 'oUnion-1_of4he6Account00000x',
    }));

    for (const text of [
      ...[OPENID, OPENID.slice(0, 12), OPENID.toUpperCase(), 'oUnion-1_of4he6Account00000x'],
      ...['vip', 'Vip 南京', '王阿姨', '阿姨', '王', '欧阳', '小明', '13800138000', '4711'],
      ...['shop-12', '广州', '广州 欧阳小明 vip'],
    ]) {
      expect([text, await texts(text)]).toEqual([text, [OPENID]]);
    }
    for (const text of ['1380013800', '阿姨王', 'vip 北京', '姨', 'o6_bmj', '!?', '%', '.*']) {
      expect([text, await texts(text)]).toEqual([text, []]);
    }
    expect(await queriesOf(() => texts('王阿姨'))).toBe(1);
    const { looked } = await followers.search({ text: '王阿姨' });
    expect(looked).toBeLessThanOrEqual(100);
  });

  test('gives everybody page by page, each once, and a filter as far as it has read', async () => {
    const { followers, queriesOf, clock } = await setUp(20_000);
    await followers.presence.came(OPENID, clock.now(), 'shop-12');
    const all: string[] = [];
    let pages = 0;
    for (let after: string | undefined = ''; after !== undefined; pages += 1) {
      const page = await followers.search(after === '' ? {} : { after });
      all.push(...page.found.map(({ openid }: FollowerRow) => openid));
      after = page.next;
    }
    expect([all.length, new Set(all).size]).toEqual([20_001, 20_001]);
    expect(pages).toBeGreaterThan(199);

    const filter = { qrcode: 'shop-12' };
    const found: string[] = [];
    let looked = 0;
    const queries = await queriesOf(async () => {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await followers.search({ filter, ...(after === '' ? {} : { after }) });
        found.push(...page.found.map(({ openid }: FollowerRow) => openid));
        looked += page.looked;
        after = page.next;
      }
    });
    expect([found, looked]).toEqual([[OPENID], 20_001]);
    expect(queries).toBeLessThanOrEqual(10);
  });

  test('finds whoever has the words that are looked for, whatever these are', () => {
    const mixed = fc.string({ unit: fc.constantFrom(...'王小明李a1 -'), maxLength: 30 });
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), mixed);
    fc.assert(
      fc.property(text, fc.nat(29), fc.integer({ min: 1, max: 30 }), (remark, from, length) => {
        const one = { openid: OPENID, since: 0, seen: 0, remark };
        const wanted = wantedOf([...remark].slice(from, from + length).join(''));
        if (!wanted?.isIn(one)) return;
        const words = new Set(wordsOf(one));
        expect(wanted.words.some((word) => words.has(word))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a profile has the notes of consent, which stay through a sync and go with the follower', async () => {
  const fixture = await setUp(0);
  const { followers, clock, shift, control, erase } = fixture;
  await control('PUT', `followers/${OPENID}`, { isFollowing: true, tagIds: [2] });
  await followers.presence.came(OPENID, clock.now(), 'shop-12');
  const consent = { to: '短信营销', isGiven: true, how: '门店登记表' };
  await followers.noteConsent(OPENID, consent);
  await clock.advance(1_000);
  await followers.noteConsent(OPENID, { ...consent, isGiven: false });
  const notedAt = clock.now();
  await clock.advance(1_000);
  await followers.syncs.start();
  await shift(followerJobs(fixture));

  expect(await followers.profile(OPENID)).toMatchObject({
    ...{ openid: OPENID, code: 'shop-12', tags: [2], massMessages: 0 },
    consents: [
      { ...consent, at: notedAt - 1_000 },
      { ...consent, isGiven: false, at: notedAt },
    ],
  });
  await erase(OPENID, clock.now());
  const gone = { code: 'not_found' };
  await expect(followers.profile(OPENID)).rejects.toMatchObject(gone);
  await expect(followers.noteConsent(OPENID, consent)).rejects.toMatchObject(gone);
});
