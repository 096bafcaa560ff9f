import { describe, expect, test } from '@jest/globals';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { followerJobs } from '../app/followers.ts';
import { massSendsOf } from '../app/mass-send.ts';
import { createMassSendJob } from '../mass-send/index.ts';
import { jpg } from '../material/samples.test-data.ts';
import { proposalCollection } from './proposal-document.ts';
import { createProposals } from './proposals.ts';
import type { ProposeRequest } from './requests.ts';

const DAY_MS = 86_400_000;
const seeded = (n: number) => `oSeeded${String(n).padStart(21, '0')}`;
const id = 'p'.repeat(22);
const hello = { msgtype: 'text', text: { content: '你好' } } as const;

async function setUp({ needsSecond = true } = {}) {
  const fixture = await createAccountFixture();
  const { followers: room, control, clock, store } = fixture;
  const limits = {
    ...{ perDay: 4, perMonth: 4, gapMinutes: 60, callsPerDay: 100 },
    quietHours: undefined,
  };
  const world = { ...fixture, book: room.book, limits };
  const massSends = massSendsOf(world);
  await control('POST', 'followers', { count: 3 });
  await room.syncs.start();
  await fixture.shift(followerJobs(fixture));
  const proposals = createProposals({ api: fixture.api, store, massSends, clock, needsSecond });
  return {
    ...fixture,
    ...{ massSends, proposals },
    propose: (change: Partial<ProposeRequest> = {}) =>
      proposals.propose(
        {
          ...{ id, name: '新年', audience: { filter: { subscribedFrom: 0 } }, content: hello },
          ...{ at: undefined, ignoreReprint: false },
          ...change,
        },
        '小李',
      ),
    work: () => fixture.shift([createMassSendJob(world)]),
    /** How often each of the emulator's followers received a message. */
    async received(): Promise<Record<string, number>> {
      const { jobs } = (await control('GET', 'mass-sends')) as { jobs: { msgId: number }[] };
      const counts: Record<string, number> = {};
      for (const { msgId } of jobs) {
        const sent = (await control('GET', `mass-sends/${msgId}`)) as { deliveredTo: string[] };
        for (const openid of sent.deliveredTo) counts[openid] = (counts[openid] ?? 0) + 1;
      }
      return counts;
    },
  };
}

const onceEach = Object.fromEntries([0, 1, 2].map((n) => [seeded(n), 1]));

describe('a proposal', () => {
  test('waits with its counts until another operator releases it, and arrives once', async () => {
    const { proposals, propose, work, received } = await setUp();

    const proposed = await propose();
    await work();
    expect(await received()).toEqual({});
    expect(proposed).toMatchObject({
      ...{ state: 'waiting', proposedBy: '小李', plan: { receivers: 3 } },
      broadcast: { content: hello },
    });
    const { massSend } = await proposals.release(proposed, '小王');
    await work();

    expect(await received()).toEqual(onceEach);
    expect(await proposals.get(id)).toMatchObject({
      ...{ state: 'released', decidedBy: '小王', massSend: massSend.id },
    });
  });

  test('is released by nobody himself, unless the setting allows it', async () => {
    const strict = await setUp();
    const proposed = await strict.propose();
    await expect(strict.proposals.release(proposed, '小李')).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await strict.proposals.get(id)).toMatchObject({ state: 'waiting' });

    const free = await setUp({ needsSecond: false });
    await free.proposals.release(await free.propose(), '小李');
    await free.work();

    expect(await free.received()).toEqual(onceEach);
  });

  test('that two release at once goes out once, and the other is told who was first', async () => {
    const { proposals, propose, work, received } = await setUp();
    const proposed = await propose();

    const outcomes = await Promise.allSettled(
      ['小王', '小张', '小赵'].map((by) => proposals.release(proposed, by)),
    );
    await work();

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await received()).toEqual(onceEach);
    const { decidedBy } = await proposals.get(id);
    await expect(proposals.release(proposed, '小周')).rejects.toThrow(
      `${decidedBy} has released it`,
    );
  });

  test('that is released and declined at once is one of both', async () => {
    const { proposals, propose, work, received } = await setUp();
    const proposed = await propose();

    const [released] = await Promise.allSettled([
      proposals.release(proposed, '小王'),
      proposals.decline({ id, reason: '时间不对' }, '小张'),
    ]);
    await work();

    const isReleased = released.status === 'fulfilled';
    expect(await proposals.get(id)).toMatchObject({ state: isReleased ? 'released' : 'declined' });
    expect(await received()).toEqual(isReleased ? onceEach : {});
  });

  test('that was declined is not released any more', async () => {
    const { proposals, propose } = await setUp();
    const proposed = await propose();

    await proposals.decline({ id, reason: '错字' }, '小王');

    expect(await proposals.get(id)).toMatchObject({ state: 'declined', reason: '错字' });
    await expect(proposals.release(proposed, '小张')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is released only as it was seen, and lapses after a week or at its start', async () => {
    const { proposals, propose, clock } = await setUp();
    const proposed = await propose();
    const other = { id, digest: `${proposed.digest.slice(0, -1)}-` };
    await expect(proposals.release(other, '小王')).rejects.toThrow('look again');
    const soon = await propose({ id: 's'.repeat(22), at: clock.now() + DAY_MS });

    await clock.advance(DAY_MS);
    await expect(proposals.release(soon, '小王')).rejects.toThrow('Nobody released it in time');
    await clock.advance(6 * DAY_MS);

    expect(await proposals.get(id)).toMatchObject({ state: 'lapsed' });
    await expect(proposals.release(proposed, '小王')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('whose articles were edited since is refused, and still waits', async () => {
    const { proposals, propose, api, work, received } = await setUp();
    const media = { fileName: 'a.jpg', contentType: 'image/jpeg', data: jpg() };
    const { media_id: thumb_media_id } = await api.material.add({ type: 'image', media });
    const article = { title: '标题', content: '<p>正文</p>', thumb_media_id };
    const { media_id } = await api.draft.add({ articles: [article] });
    const proposed = await propose({ content: { msgtype: 'mpnews', mpnews: { media_id } } });
    await api.draft.update({ media_id, index: 0, articles: { ...article, title: '换了' } });

    for (const refused of [proposals.release(proposed, '小王'), proposals.articlesOf(id)]) {
      await expect(refused).rejects.toMatchObject({ details: { changed: 'articles' } });
    }
    expect(await proposals.get(id)).toMatchObject({ state: 'waiting' });
    await api.draft.update({ media_id, index: 0, articles: article });
    expect(await proposals.articlesOf(id)).toMatchObject([{ title: '标题' }]);
    await proposals.release(proposed, '小王');
    await work();

    expect(await received()).toEqual(onceEach);
  });

  test('of named followers keeps their openids no longer than it waits', async () => {
    const { proposals, propose, store, work, received } = await setUp();
    const openids = [seeded(0), seeded(1), 'oNobody1'];
    const proposed = await propose({ audience: { openids } });
    const before = await store.get(proposalCollection, id);

    await proposals.release(proposed, '小王');
    await work();

    expect(before?.doc.openids).toEqual(openids);
    expect((await store.get(proposalCollection, id))?.doc.openids).toBeUndefined();
    expect(JSON.stringify(await proposals.list(10))).not.toContain('oSeeded');
    expect(proposed).toMatchObject({
      ...{ broadcast: { audience: { named: 3 } } },
      plan: { receivers: 2, leftOut: { unknown: 1 } },
    });
    expect(await received()).toEqual({ [seeded(0)]: 1, [seeded(1)]: 1 });
  });

  test('once more is the same one, and another under its id is refused', async () => {
    const { proposals, propose } = await setUp();

    const [first, again] = [await propose(), await propose()];

    expect(again).toEqual(first);
    await expect(propose({ name: '别的' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await proposals.list(10)).toHaveLength(1);
  });

  test('that nothing could release is not taken; one that only has to wait is', async () => {
    const { propose, massSends, clock } = await setUp();
    await expect(propose({ audience: { filter: { tagIds: [77] } } })).rejects.toMatchObject({
      code: 'conflict',
    });
    const content = { msgtype: 'voice', voice: { media_id: 'NOPE' } } as const;
    await expect(propose({ content })).rejects.toMatchObject({ details: { errcode: 40007 } });
    await massSends.submit({
      ...{ requestId: 'before', audience: { all: true }, content: hello },
      ...{ at: clock.now(), ignoreReprint: false, dryRun: false },
    });

    expect(await propose()).toMatchObject({ state: 'waiting' });
  });

  test('is refused by the rules of mass sends at its release, and waits until they allow it', async () => {
    const { proposals, propose, massSends, clock, work, received } = await setUp();
    const proposed = await propose();
    await massSends.submit({
      ...{ requestId: 'before', audience: { openids: [seeded(0), seeded(1)] }, content: hello },
      ...{ at: undefined, ignoreReprint: false, dryRun: false },
    });
    await work();

    await expect(proposals.release(proposed, '小王')).rejects.toMatchObject({
      details: { rule: 'one broadcast an hour' },
    });
    expect(await proposals.get(id)).toMatchObject({ state: 'waiting' });
    await clock.advance(3_600_000);
    await proposals.release(proposed, '小王');
    await work();

    expect(await received()).toEqual({ [seeded(0)]: 2, [seeded(1)]: 2, [seeded(2)]: 1 });
  });

  test('does not pass for one that somebody has sent under its name by hand', async () => {
    const { proposals, propose, massSends, work, received } = await setUp();
    const proposed = await propose();
    await massSends.submit({
      ...{ requestId: id, audience: { filter: { subscribedFrom: 0 } }, content: hello },
      ...{ at: undefined, ignoreReprint: false, dryRun: false },
    });

    await expect(proposals.release(proposed, '小王')).rejects.toMatchObject({ code: 'conflict' });
    await work();

    expect(await received()).toEqual(onceEach);
  });

  test('is one of ten at most that wait', async () => {
    const { propose } = await setUp();
    for (let n = 0; n < 10; n += 1) await propose({ id: String(n).repeat(22) });

    await expect(propose()).rejects.toThrow('10 broadcasts wait already');
  });
});
