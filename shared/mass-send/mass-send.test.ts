import { describe, expect, test } from '@jest/globals';
import { actions, type MassSendInvocation } from '../../functions/mass-send/index.ts';
import {
  type AccountFixtureOptions,
  createAccountFixture,
} from '../../scripts/testing/account-fixture.ts';
import { followerJobs } from '../app/followers.ts';
import { massSendsOf } from '../app/mass-send.ts';
import { blockCollection, unpack } from '../followers/block.ts';
import type { ActionResult } from '../kernel/action.ts';
import type { Transition } from '../kernel/state-table.ts';
import { jpg, mp4 } from '../material/samples.test-data.ts';
import { invokable } from '../scf/invoke.ts';
import type { Store } from '../store/store.ts';
import type { PushFields } from '../wechat/fields.ts';
import { readMessage } from '../wechat/message/message.ts';
import { type Broadcast, broadcastCollection } from './broadcast-document.ts';
import { moved } from './change.ts';
import { createMassSendJob, massSendCollections, recordResult } from './index.ts';
import { invalidSubmissions } from './invalid-submissions.test-data.ts';
import type { Limits } from './limits.ts';
import { sliceCollection } from './slices.ts';
import { type BroadcastMove, type BroadcastState, broadcastStates, moves } from './states.ts';

const HOUR_MS = 3_600_000;
const seeded = (n: number) => `oSeeded${String(n).padStart(21, '0')}`;
const hello = { msgtype: 'text', text: { content: '你好' } } as const;
const everyone = { subscribedFrom: '2020-01-01' };

interface SetUp extends AccountFixtureOptions {
  readonly followers?: number;
  readonly limits?: Partial<Limits>;
}

async function setUp({ followers: count = 5, limits: some = {}, ...options }: SetUp = {}) {
  let isDeaf = false;
  const fixture = await createAccountFixture({
    ...options,
    onEvent: async (event) => {
      if (!isDeaf) await hear(event);
    },
  });
  /** What our callback does with an event of WeChat's. */
  async function hear(event: object): Promise<void> {
    const fields = { ToUserName: 'gh_1', FromUserName: 'oHelper', CreateTime: '1' };
    const message = readMessage({
      ...fields,
      MsgType: 'event',
      ...(textsOf(event) as PushFields),
    } as PushFields);
    if (message.type === 'event' && message.event === 'MASSSENDJOBFINISH') {
      await recordResult(fixture, message);
    }
  }
  const limits: Limits = {
    perDay: 4,
    perMonth: 4,
    gapMinutes: 60,
    callsPerDay: 100,
    quietHours: undefined,
    ...some,
  };
  const { followers: room, control, clock } = fixture;
  const world = { ...fixture, book: room.book, limits };
  const massSends = massSendsOf(world);
  const main = invokable(actions, () => ({
    clock,
    log: fixture.log,
    massSends,
  }));
  const outcomes: ActionResult[] = [];
  const invoke = async (event: MassSendInvocation) => {
    // As the platform hands it over: a field without a value is not there.
    const outcome = await main(JSON.parse(JSON.stringify(event)), { request_id: 'r' });
    outcomes.push(outcome);
    return outcome;
  };
  const data = async (event: MassSendInvocation) => {
    const outcome = await invoke(event);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.data as { id: string } & Record<string, unknown>;
  };
  const jobs = [createMassSendJob(world)];
  if (count > 0) {
    await control('POST', 'followers', { count });
    await room.syncs.start();
    await fixture.shift(followerJobs(fixture));
    fixture.calls();
  }

  /** How often each of the emulator's followers received a message. */
  async function received(): Promise<Record<string, number>> {
    const { jobs: sends } = (await control('GET', 'mass-sends')) as { jobs: { msgId: number }[] };
    const counts: Record<string, number> = {};
    for (const { msgId } of sends) {
      const { deliveredTo } = (await control('GET', `mass-sends/${msgId}`)) as {
        deliveredTo: string[];
      };
      for (const openid of deliveredTo) counts[openid] = (counts[openid] ?? 0) + 1;
    }
    return counts;
  }

  return {
    ...fixture,
    world,
    outcomes,
    invoke,
    data,
    received,
    submit: (change: object = {}) =>
      invoke({
        action: 'submit',
        payload: { requestId: 'r1', audience: { filter: everyone }, content: hello, ...change },
      }),
    work: () => fixture.shift(jobs),
    /** What the log says of broadcasts that did not go out as they were planned. */
    warnings: () =>
      fixture.lines
        .map((line) => JSON.parse(line) as { event: string })
        .filter(({ event }) => /^mass send (?:stopped|partly failed)$/.test(event)),
    hear,
    /** No event reaches us any more. */
    deafen: () => {
      isDeaf = true;
    },
    workWith: (store: Store) => fixture.shift([createMassSendJob({ ...world, store })], { store }),
    marks: async () =>
      (await fixture.store.query(blockCollection, { filter: 'all', limit: 1_000 })).flatMap(
        ({ doc }) => unpack(doc).flatMap(({ sent = [] }) => sent),
      ).length,
  };
}

/** As XML has them. */
function textsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textsOf);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, textsOf(each)]));
}

const idOf = (outcome: ActionResult) => (outcome.ok ? (outcome.data as { id: string }).id : '');
const refused = (rule: string) => ({ ok: false, error: { details: { rule } } });

describe('a broadcast', () => {
  test('reaches everyone who is meant once, and ends with what WeChat says', async () => {
    const { submit, work, data, received, calls, control, marks, store } = await setUp();
    await control('PUT', `followers/${seeded(4)}`, { refusesMessages: true });

    const id = idOf(await submit());
    expect(calls()).toEqual({});
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      isOver: true,
      progress: 1,
      batches: { done: 1 },
      followers: { taken: 5, accepted: 5, sent: 4, afterFilter: 4, failed: 0 },
      results: [{ batch: 0, state: 'done', status: 'send success', copyright: 1 }],
    });
    expect(await received()).toEqual(Object.fromEntries([0, 1, 2, 3].map((n) => [seeded(n), 1])));
    expect(calls()).toEqual({ '/cgi-bin/message/mass/send': 1 });
    expect(await marks()).toBe(5);
    expect(await store.count(sliceCollection, 'all')).toBe(0);
  });

  test('whose end is told before its call returned is closed all the same', async () => {
    const { submit, work, data } = await setUp({ switches: { massSendEvent: 'before-answer' } });

    const id = idOf(await submit());
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      followers: { sent: 5 },
    });
  });

  test('whose end is never told is asked about after half an hour', async () => {
    const { submit, work, data, calls, clock, deafen } = await setUp();
    deafen();

    const id = idOf(await submit());
    await work();
    for (let n = 0; n < 10; n += 1) {
      await clock.advance(5 * 60_000);
      await work();
    }

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      results: [{ status: 'send success' }],
    });
    expect(calls()).toEqual({ '/cgi-bin/message/mass/send': 1, '/cgi-bin/message/mass/get': 1 });
  });

  test('of 10 001 has no last batch of one, and a copy of the draft for each further batch', async () => {
    const { submit, work, data, received, calls, api } = await setUp({ followers: 10_001 });
    const media = { fileName: 'a.jpg', contentType: 'image/jpeg', data: jpg() };
    const { media_id: thumb_media_id } = await api.material.add({ type: 'image', media });
    const articles = [{ title: '标题', content: '<p>正文</p>', thumb_media_id }];
    const { media_id } = await api.draft.add({ articles });
    calls();

    const id = idOf(await submit({ content: { msgtype: 'mpnews', mpnews: { media_id } } }));
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      followers: { taken: 10_001, sent: 10_001 },
      results: [{ size: 9_999 }, { size: 2 }],
    });
    const counts = Object.values(await received());
    expect([counts.length, Math.max(...counts)]).toEqual([10_001, 1]);
    expect(calls()).toEqual({
      '/cgi-bin/message/mass/send': 2,
      // Once to see whether it is there, and once to copy it.
      '/cgi-bin/draft/get': 2,
      '/cgi-bin/draft/add': 1,
    });
  });

  test.each(Object.keys(moves))('%s leads on from its own states only', (name) => {
    const move = name as BroadcastMove;
    const { from, to } = moves[move] as Transition<BroadcastState>;
    for (const state of broadcastStates) {
      const next = () => moved({ state } as Broadcast, move).state;
      if (from.includes(state)) expect(next()).toBe(to);
      else expect(next).toThrow(`The mass send is ${state}; it cannot ${move} now.`);
    }
  });
});

describe('a worker that dies', () => {
  test('at any operation of the store changes nothing in who receives what', async () => {
    let isSurvived = false;
    let deaths = 0;
    for (let survives = 0; !isSurvived; survives += 1) {
      const fixture = await setUp({ followers: 3 });
      const { submit, work, workWith, clock, received, data, marks } = fixture;
      const id = idOf(await submit());
      const dying = dyingStore(fixture.store, survives);

      // What the dead one had in hand is free when its lease is over.
      await workWith(dying.store).catch(() => {});
      isSurvived = !dying.isDead();
      deaths += isSurvived ? 0 : 1;
      for (let n = 0; n < 3; n += 1) {
        await clock.advance(3 * 60_000);
        await work();
      }

      expect([survives, Object.values(await received())]).toEqual([survives, [1, 1, 1]]);
      expect(await data({ action: 'status', payload: { id } })).toMatchObject({
        state: 'done',
        followers: { sent: 3 },
      });
      expect(await marks()).toBe(3);
    }
    expect(deaths).toBeGreaterThan(15);
  });
});

describe('guards', () => {
  test('of two operators at the same moment one is told why', async () => {
    const { invoke, work, received } = await setUp();
    const one = (requestId: string) =>
      invoke({
        action: 'submit',
        payload: { requestId, audience: { filter: everyone }, content: hello },
      });

    const outcomes = await Promise.all([one('a'), one('b')]);
    await work();

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      ...refused('one broadcast an hour'),
      error: {
        code: 'rate_limited',
        message: expect.stringContaining('It frees at 2026-01-01 09:00 in China.'),
      },
    });
    expect(new Set(Object.values(await received()))).toEqual(new Set([1]));
  });

  test('the same requestId is the same broadcast, and not another one', async () => {
    const { submit, work, received } = await setUp();

    const [first, second] = await Promise.all([submit(), submit()]);
    await work();
    const third = await submit();
    const other = await submit({ content: { msgtype: 'text', text: { content: 'Other' } } });

    expect(new Set([first, second, third].map(idOf)).size).toBe(1);
    expect(third).toMatchObject({
      data: {
        state: 'done',
        isRepeat: true,
        lines: [expect.stringMatching(/^Nothing new was sent: the requestId "r1" .* in China/)],
      },
    });
    const repeats = [first, second].filter((one) => 'isRepeat' in Object(Object(one).data));
    expect(repeats).toHaveLength(1);
    expect(other).toMatchObject({ error: { code: 'conflict' } });
    expect(new Set(Object.values(await received()))).toEqual(new Set([1]));
  });

  test('nobody gets more than four a day, and the fifth says when it frees', async () => {
    const { submit, work, clock, marks } = await setUp({ limits: { perMonth: 9 } });
    for (const requestId of ['a', 'b', 'c', 'd']) {
      expect(await submit({ requestId })).toMatchObject({ ok: true });
      await work();
      await clock.advance(HOUR_MS);
    }

    expect(await submit({ requestId: 'e' })).toMatchObject({
      ...refused('messages a day'),
      error: { message: expect.stringContaining('It frees at 2026-01-02 00:00 in China.') },
    });
    expect(await marks()).toBe(20);
    await clock.advance(24 * HOUR_MS);
    expect(await submit({ requestId: 'e' })).toMatchObject({ ok: true });
  });

  test('nobody gets more than four a month, also who left and came back', async () => {
    const { submit, work, clock, followers, data } = await setUp();
    for (const requestId of ['a', 'b', 'c', 'd']) {
      await submit({ requestId });
      await work();
      await clock.advance(25 * HOUR_MS);
    }
    await followers.presence.left(seeded(0), clock.now());
    await followers.presence.came(seeded(0), clock.now() + 1_000);

    const dry = await data({
      action: 'submit',
      payload: { requestId: 'e', audience: { filter: everyone }, content: hello, dryRun: true },
    });

    expect(dry).toMatchObject({
      plan: { receivers: 0, leftOut: { month: 5 } },
      refusedBy: [{ rule: 'messages a month', freesAt: Date.parse('2026-02-01T00:00:00+08:00') }],
    });
  });

  test('everyone, and a tag, go out in one call while nobody can be at a limit', async () => {
    const { submit, work, calls, clock, received, control } = await setUp({
      limits: { perMonth: 2 },
    });
    await control('PUT', `followers/${seeded(1)}`, { tagIds: [2] });

    await submit({ requestId: 'a', audience: { all: true } });
    await work();
    await clock.advance(HOUR_MS);
    await submit({ requestId: 'b', audience: { tagId: 2 } });
    await work();
    expect(calls()).toEqual({ '/cgi-bin/message/mass/sendall': 2 });
    await clock.advance(HOUR_MS);
    const third = await submit({ requestId: 'c', audience: { all: true } });
    await work();

    // By openids now.
    expect(third).toMatchObject({ ok: true, data: { delivery: 'batches' } });
    expect(Object.keys(calls())).toEqual(['/cgi-bin/message/mass/send']);
    expect((await received())[seeded(0)]).toBe(2);
  });

  test('the calls of a day are counted, and waited for', async () => {
    const { submit, work, clock, data } = await setUp({ limits: { callsPerDay: 1 } });
    await submit({ requestId: 'a' });
    await work();
    await clock.advance(HOUR_MS);

    expect(await submit({ requestId: 'b' })).toMatchObject(refused('calls a day'));
    expect(await data({ action: 'quota' })).toMatchObject({ callsToday: 1, callsLeftToday: 0 });
  });

  test('in quiet hours nothing is sent, also of what began before', async () => {
    const { submit, work, clock, data, received } = await setUp({
      limits: { quietHours: [22, 8] },
    });
    await clock.advance(Date.parse('2026-01-01T21:59:30+08:00') - clock.now());
    const id = idOf(await submit());
    await clock.advance(60_000);
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'sending',
      waiting: { rule: 'quiet hours', until: Date.parse('2026-01-02T08:00:00+08:00') },
    });
    expect(await received()).toEqual({});
    await clock.advance(10 * HOUR_MS);
    await work();
    expect(await data({ action: 'status', payload: { id } })).toMatchObject({ state: 'done' });
  });
});

describe('what WeChat answers', () => {
  const path = '/cgi-bin/message/mass/send';

  test('45028 stops it, says who was not sent to, and gives them their place back', async () => {
    const { submit, work, data, control, marks, clock, warnings } = await setUp();
    await control('POST', 'faults', { path, errcode: 45028, times: 1 });

    const id = idOf(await submit());
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'stopped',
      reason: expect.stringContaining('WeChat answered 45028'),
      followers: { taken: 5, accepted: 0, notSent: 5, sent: 0 },
      lines: expect.arrayContaining(['Not sent to 5 followers.']),
    });
    expect(await marks()).toBe(0);
    expect(warnings()).toEqual([
      expect.objectContaining({
        level: 'warn',
        event: 'mass send stopped',
        errcode: 45028,
        details: { id, why: expect.stringContaining('WeChat answered 45028') },
      }),
    ]);
    await clock.advance(1_000);
    expect(await submit({ requestId: 'again' })).toMatchObject({ ok: true });
  });

  test.each([
    ['45011', { errcode: 45011, times: 1 }],
    ['45066', { errcode: 45066, times: 1 }],
    ['-1 again and again', { errcode: -1, times: 6 }],
    ['nothing, after it has taken it', { reset: 'after', times: 6 }],
    ['nothing, before it has taken it', { reset: 'before', times: 6 }],
    ['HTTP 502', { status: 502, times: 6 }],
  ])('%s is waited for', async (_, fault) => {
    const { submit, work, data, control, received, clock } = await setUp();
    await control('POST', 'faults', { path, ...fault });

    const id = idOf(await submit());
    for (let n = 0; n < 10; n += 1) {
      await work();
      await clock.advance(2 * 60_000);
    }

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({ state: 'done' });
    expect(Object.values(await received())).toEqual([1, 1, 1, 1, 1]);
  });

  test('nothing for a day: it is not tried again, and said to be unknown', async () => {
    const { submit, work, data, control, calls, clock, marks } = await setUp();
    await control('POST', 'faults', { path, reset: 'before', times: 1_000 });
    const id = idOf(await submit());
    await work();
    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'sending',
      lines: [expect.stringContaining('failed, and it is tried again')],
    });
    await control('DELETE', 'faults');
    calls();

    await clock.advance(24 * HOUR_MS);
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'stopped',
      batches: { unknown: 1 },
      followers: { unknown: 5, notSent: 0 },
      lines: expect.arrayContaining([expect.stringContaining('may have been sent')]),
    });
    expect(calls()).toEqual({});
    expect(await marks()).toBe(5);
  });

  test('that reviewers refused it: nobody got it, and everyone has the place back', async () => {
    const { submit, work, data, control, marks } = await setUp();
    await control('POST', 'outcomes', { job: 'massSend', status: 'err(20001)' });

    const id = idOf(await submit());
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'stopped',
      reason: expect.stringContaining('err(20001)'),
      batches: { failed: 1 },
    });
    expect(await marks()).toBe(0);
  });

  test('that reviewers refused one batch of two is a warning, once', async () => {
    const { submit, work, data, control, warnings } = await setUp({ followers: 10_001 });
    await control('POST', 'outcomes', { job: 'massSend', status: 'err(20001)' });

    const id = idOf(await submit());
    await work();
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      batches: { done: 1, failed: 1 },
    });
    expect(warnings()).toEqual([
      expect.objectContaining({
        event: 'mass send partly failed',
        details: { id, failed: 1, of: 2 },
      }),
    ]);
  });

  test('a word that it does not document counts as sent, to operators as to the worker', async () => {
    const { submit, work, data, deafen, hear, clock, marks } = await setUp();
    deafen();
    const id = idOf(await submit());
    await work();
    const { results } = await data({ action: 'status', payload: { id } });
    const [{ msgId }] = results as [{ msgId: string }];

    await hear({ Event: 'MASSSENDJOBFINISH', MsgID: msgId, Status: 'send partly' });

    const ended = {
      batches: { done: 1 },
      followers: { accepted: 5, notSent: 0 },
      results: [{ state: 'done', status: 'send partly' }],
      lines: [],
    };
    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'closing',
      ...ended,
    });
    await clock.advance(60_000);
    await work();
    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'done',
      ...ended,
    });
    expect(await marks()).toBe(5);
  });
});

describe('operators', () => {
  test('see before what would happen', async () => {
    const { data, followers, calls, store } = await setUp();
    await followers.tags.block([seeded(0)]);
    calls();

    const dry = await data({
      action: 'submit',
      payload: {
        requestId: 'a',
        audience: { openids: [seeded(0), seeded(1), seeded(2), 'oNobody1'] },
        content: hello,
        dryRun: true,
      },
    });

    expect(dry).toMatchObject({
      isDryRun: true,
      plan: { receivers: 2, batches: 1, leftOut: { blocked: 1, unknown: 1 } },
      refusedBy: [],
      lines: [
        'It would go to 2 followers in 1 batch.',
        'Left out: 1 on the blacklist.',
        'Left out: 1 not among the followers.',
        expect.stringContaining('take 1 of 100 calls left today'),
      ],
    });
    expect(calls()).toEqual({});
    for (const each of massSendCollections)
      expect(await store.count(each as typeof sliceCollection, 'all')).toBe(0);
  });

  test('send to openids, of which each follower gets one', async () => {
    const { submit, work, received, store } = await setUp();

    await submit({ audience: { openids: [seeded(1), seeded(3), seeded(1), 'oNobody1'] } });
    await work();

    expect(await received()).toEqual({ [seeded(1)]: 1, [seeded(3)]: 1 });
    expect(await store.count(sliceCollection, 'all')).toBe(0);
  });

  test('schedule and cancel, and then another has the hour', async () => {
    const { submit, invoke, data, work, clock, received } = await setUp();
    const at = '2026-01-01T10:00:00+08:00';
    const id = idOf(await submit({ at }));
    await work();
    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'scheduled',
      lines: ['It starts at 2026-01-01 10:00 in China.'],
    });

    expect(await data({ action: 'cancel', payload: { id } })).toMatchObject({ state: 'cancelled' });
    await clock.advance(1_000);
    const next = idOf(await submit({ requestId: 'r2', at }));
    await clock.advance(2 * HOUR_MS);
    await work();

    expect(Object.values(await received())).toEqual([1, 1, 1, 1, 1]);
    expect(await invoke({ action: 'cancel', payload: { id: next } })).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining('nothing left to cancel') },
    });
    expect(await data({ action: 'list' })).toMatchObject({
      massSends: [
        { id: next, state: 'done' },
        { id, state: 'cancelled' },
      ],
    });
  });

  test('cancel while it waits, and who was not sent to has the place back', async () => {
    const { submit, data, work, control, marks, clock, received } = await setUp();
    await control('POST', 'faults', {
      path: '/cgi-bin/message/mass/send',
      errcode: 45011,
      times: 1,
    });
    const id = idOf(await submit());
    await work();
    expect(await marks()).toBe(5);

    await data({ action: 'cancel', payload: { id } });
    await clock.advance(2 * 60_000);
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'cancelled',
      followers: { notSent: 5 },
    });
    expect([await marks(), await received()]).toEqual([0, {}]);
  });

  test('cancel what may have been sent, and nobody has a place back for it', async () => {
    const { submit, data, work, control, marks, clock } = await setUp();
    const path = '/cgi-bin/message/mass/send';
    await control('POST', 'faults', { path, reset: 'after', times: 1 });
    await control('POST', 'faults', { path, errcode: 45011, times: 1 });
    const id = idOf(await submit());
    await work();

    await data({ action: 'cancel', payload: { id } });
    await clock.advance(2 * 60_000);
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({
      state: 'cancelled',
      followers: { notSent: 0, unknown: 5 },
    });
    expect(await marks()).toBe(5);
  });

  test('preview, change the speed and delete within the rules of WeChat', async () => {
    const { submit, invoke, data, work, calls } = await setUp();
    const id = idOf(await submit());
    await work();
    calls();

    await data({ action: 'preview', payload: { openid: seeded(1), content: hello } });
    await data({ action: 'setSpeed', payload: { speed: 3 } });
    expect(await data({ action: 'getSpeed' })).toEqual({ speed: 3, realspeed: 30 });
    expect(await invoke({ action: 'delete', payload: { id } })).toMatchObject({
      error: {
        code: 'conflict',
        message: 'WeChat deletes articles and videos only; this is text.',
      },
    });
    expect(calls()).toEqual({
      '/cgi-bin/message/mass/preview': 1,
      '/cgi-bin/message/mass/speed/set': 1,
      '/cgi-bin/message/mass/speed/get': 1,
    });
  });

  test('are told when the copy of the followers is not complete', async () => {
    const { submit } = await setUp({ followers: 0 });

    expect(await submit()).toMatchObject(refused('followers not synced'));
  });
});

describe('content that is not there', () => {
  const at = '2026-01-02T10:00:00+08:00';
  const mpnews = (media_id: string) => ({ msgtype: 'mpnews', mpnews: { media_id } });
  const images = (...media_ids: string[]) => ({ msgtype: 'image', images: { media_ids } });
  const voice = (media_id: string) => ({ msgtype: 'voice', voice: { media_id } });
  const video = (media_id: string) => ({ msgtype: 'mpvideo', mpvideo: { media_id } });
  const wxcard = (card_id: string) => ({ msgtype: 'wxcard', wxcard: { card_id } });
  const film = { fileName: 'a.mp4', contentType: 'video/mp4', data: mp4() };
  const media = { fileName: 'a.jpg', contentType: 'image/jpeg', data: jpg() };

  test.each([
    ['a draft', mpnews('NOPE'), 40007],
    ['a voice', voice('NOPE'), 40007],
    ['a picture', images('NOPE'), 40007],
    ['a video', video('NOPE'), 40007],
    ['a card', wxcard('NOPE'), 40073],
  ])('%s refuses the plan, and the dry run too', async (_, content, errcode) => {
    const { submit, store } = await setUp();

    for (const dryRun of [true, false]) {
      expect(await submit({ at, content, dryRun })).toMatchObject({
        ok: false,
        error: { code: 'upstream', details: { errcode } },
      });
    }
    expect(await store.count(broadcastCollection, 'all')).toBe(0);
  });

  test('temporary and permanent pictures are found, and one of many that is missing', async () => {
    const { submit, api } = await setUp();
    const { media_id: lasting } = await api.material.add({ type: 'image', media });
    const { media_id: passing = '' } = await api.media.upload({ type: 'image', media });

    expect(await submit({ content: images(lasting, 'NOPE'), dryRun: true })).toMatchObject({
      error: { details: { errcode: 40007 } },
    });
    expect(await submit({ at, content: images(lasting, passing) })).toMatchObject({ ok: true });
  });

  test('temporary media that ends before the start is refused; permanent is not', async () => {
    const { submit, api } = await setUp();
    const { media_id: lasting } = await api.material.add({ type: 'image', media });
    const { media_id: passing = '' } = await api.media.upload({ type: 'image', media });
    const later = '2026-01-05T10:00:00+08:00';

    expect(await submit({ at: later, content: images(passing) })).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining('`material add`') },
    });
    expect(await submit({ at: later, content: images(lasting) })).toMatchObject({ ok: true });
  });

  test('a video made ready for mass sending is found while it lasts, and so is a card', async () => {
    const { submit, api, control } = await setUp();
    const { media_id = '' } = await api.media.upload({ type: 'video', media: film });
    const ready = await api.massSend.uploadVideo({ media_id, title: '片', description: '' });
    await control('PUT', 'cards/pSpring', { card_type: 'CASH', title: '十元券' });

    expect(await submit({ at, content: video(ready.media_id), dryRun: true })).toMatchObject({
      ok: true,
    });
    const later = '2026-01-05T10:00:00+08:00';
    expect(await submit({ at: later, content: video(ready.media_id) })).toMatchObject({
      error: { code: 'conflict' },
    });
    expect(await submit({ at, content: wxcard('pSpring'), dryRun: true })).toMatchObject({
      ok: true,
    });
  });

  test('a temporary picture is no draft', async () => {
    const { submit, api } = await setUp();
    const { media_id = '' } = await api.media.upload({ type: 'image', media });

    expect(await submit({ at, content: mpnews(media_id), dryRun: true })).toMatchObject({
      error: { details: { errcode: 40007 } },
    });
  });

  test('a draft that is deleted after the plan: one warning, and the place is given back', async () => {
    const { submit, work, data, api, clock, marks, warnings } = await setUp();
    const { media_id: thumb_media_id } = await api.material.add({ type: 'image', media });
    const articles = [{ title: '标题', content: '<p>正文</p>', thumb_media_id }];
    const { media_id } = await api.draft.add({ articles });
    const id = idOf(await submit({ at, content: mpnews(media_id) }));
    await api.draft.delete({ media_id });

    await clock.advance(48 * HOUR_MS);
    await work();
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({ state: 'stopped' });
    expect(warnings()).toEqual([
      expect.objectContaining({ event: 'mass send stopped', errcode: 40007 }),
    ]);
    expect(await marks()).toBe(0);
  });
});

describe('articles that somebody has seen', () => {
  const at = '2026-01-02T10:00:00+08:00';
  const media = { fileName: 'a.jpg', contentType: 'image/jpeg', data: jpg() };

  async function withDraft() {
    const fixture = await setUp();
    const { api, submit } = fixture;
    const { media_id: thumb_media_id } = await api.material.add({ type: 'image', media });
    const article = { title: '标题', content: '<p>正文</p>', thumb_media_id };
    const { media_id } = await api.draft.add({ articles: [article] });
    const content = { msgtype: 'mpnews', mpnews: { media_id } };
    const edit = (title: string) =>
      api.draft.update({ media_id, index: 0, articles: { ...article, title } });
    const planned = await submit({ at, content, dryRun: true });
    const { contentDigest } = (planned as { data: { contentDigest: string } }).data;
    return { ...fixture, media_id, content, contentDigest, edit };
  }

  test('are sent if nobody has changed them, and looking at them changes nothing', async () => {
    const { submit, work, data, content, contentDigest, edit, clock } = await withDraft();
    await edit('另一个');
    await edit('标题');

    const id = idOf(await submit({ at, content, contentDigest }));
    await clock.advance(48 * HOUR_MS);
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({ state: 'done' });
  });

  test('that were changed before the submission refuse it', async () => {
    const { submit, content, contentDigest, edit, store } = await withDraft();
    await edit('另一个');

    expect(await submit({ at, content, contentDigest })).toMatchObject({
      error: { code: 'conflict', details: { changed: 'articles' } },
    });
    expect(await store.count(broadcastCollection, 'all')).toBe(0);
  });

  test.each(['edited', 'deleted'])('that are %s before the start stop it', async (how) => {
    const fixture = await withDraft();
    const { submit, work, data, content, contentDigest, api, clock, marks, received } = fixture;
    const id = idOf(await submit({ at, content, contentDigest }));
    if (how === 'edited') await fixture.edit('另一个');
    else await api.draft.delete({ media_id: fixture.media_id });

    await clock.advance(48 * HOUR_MS);
    await work();
    await work();

    expect(await data({ action: 'status', payload: { id } })).toMatchObject({ state: 'stopped' });
    expect(await received()).toEqual({});
    expect(await marks()).toBe(0);
  });
});

test('an audience is counted without a content, with who is left out', async () => {
  const { data, calls, followers } = await setUp();
  await followers.tags.block([seeded(1)]);
  calls();

  const count = (audience: object) => data({ action: 'count', payload: { audience } } as never);

  expect(await count({ all: true })).toMatchObject({ receivers: 4, leftOut: { blocked: 1 } });
  expect(await count({ openids: [seeded(0), seeded(1), 'oNobody1'] })).toMatchObject({
    receivers: 1,
    leftOut: { blocked: 1, unknown: 1 },
  });
  expect(calls()).toEqual({});
});

test('a video of the library is made ready to be sent to many', async () => {
  const { data, submit, api } = await setUp();
  const film = { fileName: 'a.mp4', contentType: 'video/mp4', data: mp4() };
  const description = { title: '片', introduction: '' };
  const { media_id } = await api.material.add({ type: 'video', media: film, description });

  const { mediaId } = await data({
    action: 'prepareVideo',
    payload: { mediaId: media_id, title: '片' },
  });

  const content = { msgtype: 'mpvideo', mpvideo: { media_id: mediaId } };
  expect(await submit({ content, dryRun: true })).toMatchObject({ ok: true });
});

describe('an invalid submission', () => {
  test.each(invalidSubmissions)(
    'with %s is refused before any call',
    async (_, change, message) => {
      const { submit, work, calls, store } = await setUp({ limits: { quietHours: [22, 8] } });
      // Another one at 12:00 in China.
      await submit({ requestId: 'other', at: '2026-01-01T12:00:00+08:00' });

      const outcome = await submit(change);
      await work();

      expect(outcome).toMatchObject({
        ok: false,
        error: { message: expect.stringContaining(message) },
      });
      expect(calls()).toEqual({});
      expect(await store.count(broadcastCollection, 'all')).toBe(1);
    },
  );

  test('there are at least 60 of', () => {
    expect(invalidSubmissions.length).toBeGreaterThanOrEqual(60);
  });
});

test('no answer and no log line names a follower', async () => {
  const { submit, work, data, outcomes, lines } = await setUp();
  const id = idOf(await submit({ audience: { openids: [seeded(1), seeded(2)] } }));
  await work();
  await data({ action: 'status', payload: { id } });
  await data({ action: 'list' });

  expect(JSON.stringify([outcomes, lines])).not.toContain('oSeeded');
});

/** The store of a worker that dies: so many operations are carried out, and none after. */
function dyingStore(inner: Store, operations: number) {
  let left = operations;
  let isDead = false;
  const mortal =
    <Args extends unknown[], R>(work: (...args: Args) => Promise<R>) =>
    (...args: Args): Promise<R> => {
      if (left <= 0) isDead = true;
      if (isDead) return Promise.reject(new Error('dead'));
      left -= 1;
      return work(...args);
    };
  const store: Store = {
    get: mortal(inner.get) as Store['get'],
    create: mortal(inner.create) as Store['create'],
    insert: mortal(inner.insert) as Store['insert'],
    replaceIf: mortal(inner.replaceIf) as Store['replaceIf'],
    patchIf: mortal(inner.patchIf) as Store['patchIf'],
    increment: mortal(inner.increment) as Store['increment'],
    remove: mortal(inner.remove) as Store['remove'],
    query: mortal(inner.query) as Store['query'],
    count: mortal(inner.count) as Store['count'],
    removeExpired: mortal(inner.removeExpired) as Store['removeExpired'],
    transaction: mortal(inner.transaction) as Store['transaction'],
  };
  return { store, isDead: () => isDead };
}
