import { describe, expect, test } from '@jest/globals';
import {
  createInboxFixture,
  START,
  said,
  tapped,
} from '../../scripts/testing/callback/inbox-fixture.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { silentLog } from '../../scripts/testing/jobs/job-fixture.ts';
import { testTrace } from '../../scripts/testing/test-account.ts';
import { defer, withoutRerun } from '../account/defer.ts';
import { replay } from '../account/replay.ts';
import { Router } from '../account/router.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Message } from '../wechat/message/message.ts';
import { serializeMessage } from '../wechat/message/message-id.ts';
import { text, transfer } from '../wechat/reply.ts';
import { KeptAnswers } from './kept-answers.ts';
import { createMessageJob } from './message-job.ts';

/** The job alone, as the worker runs it from a checkpoint. */
function setUp(account: Router, atMs = 0) {
  const { api, requests } = createFakeWechat({
    '/cgi-bin/message/custom/send': { errcode: 0, errmsg: 'ok' },
  });
  const clock = createFakeClock(START + atMs);
  const store = createMemoryStore({ now: clock.now });
  const kept = new KeptAnswers({ store, clock, traceOf: testTrace, keptMs: 3_600_000 });
  const right = { isMissing: async () => false, noteRefusal: async () => {} };
  const job = createMessageJob({
    openTurn() {
      throw new Error('no handler here has a session');
    },
    handle: account.middleware({}),
    api,
    clock,
    kept,
    right,
  });
  const { signal } = new AbortController();
  const saved: unknown[] = [];
  return {
    requests,
    saved,
    work: (message: Message, checkpoint?: { readonly reply: string }) =>
      job.run(
        {
          id: 'j',
          attempt: 1,
          checkpoint,
          hurry: signal,
          signal,
          log: silentLog,
          assertHeld() {},
          save: async (one) => void saved.push(one),
        },
        { message: serializeMessage(message) },
      ),
  };
}

test('the callback stores the message and gives the interim; the handler has not run', async () => {
  let runs = 0;
  const account = new Router().text(
    'slow',
    defer(
      () => {
        runs += 1;
      },
      { interim: 'One moment' },
    ),
  );
  const { deliver, jobs } = createInboxFixture(account);

  const { reply } = await deliver(said('slow'));

  expect(reply).toEqual({ type: 'text', content: 'One moment' });
  expect(await jobs()).toHaveLength(1);
  expect(runs).toBe(0);
});

test('no interim is promised for a message that could not be stored', async () => {
  const account = new Router().text(
    'slow',
    defer(() => {}, { interim: 'One moment' }),
  );
  const { deliver, fails, settle } = createInboxFixture(account);
  fails.transactions = new Error('down');

  const { reply } = await settle(deliver(said('slow')));

  expect(reply).toBeUndefined();
});

test('an overrun is left to the worker, unless the handler must not run twice', async () => {
  const never = () => new Promise<void>(() => {});
  const account = new Router().text('again', never).text('once', withoutRerun(never));
  const { deliver, settle, jobs } = createInboxFixture(account);

  const both = [deliver(said('again')), deliver(said('once', { MsgId: '2' }))];

  expect(await settle(Promise.all(both))).toMatchObject([
    { reply: undefined },
    { reply: undefined },
  ]);
  expect(await jobs()).toHaveLength(1);
});

test('the worker saves the reply, then sends it; after a crash it sends the saved one', async () => {
  const account = new Router().text(
    'slow',
    defer((ctx) => ctx.reply('done')),
  );
  const { work, saved, requests } = setUp(account);

  await work(said('slow'));
  await work(said('slow'), { reply: JSON.stringify(text('saved')) });

  expect(saved).toEqual([{ reply: JSON.stringify([text('done')]) }]);
  expect(requests.map(({ json }) => json)).toMatchObject([
    { touser: 'oUser', text: { content: 'done' } },
    { touser: 'oUser', text: { content: 'saved' } },
  ]);
});

describe('a reply that is too long for one message', () => {
  const long = (content: string) =>
    new Router().text(
      'slow',
      defer((ctx) => ctx.reply(content), { interim: 'wait' }),
    );
  const sentBy = ({ requests }: ReturnType<typeof setUp>) =>
    requests.map(({ json }) => (json as { text: { content: string } }).text.content);

  test('reaches the follower whole, as several, each noted before the next', async () => {
    const content = '很'.repeat(2_000);
    const job = setUp(long(content));

    await job.work(said('slow'));

    expect(sentBy(job).join('')).toBe(content);
    expect(sentBy(job).map((each) => Buffer.byteLength(each))).toEqual([2_046, 2_046, 1_908]);
    expect(job.saved).toHaveLength(3);
  });

  test('goes on after a crash with what was not sent', async () => {
    const job = setUp(long('never run again'));

    await job.work(said('slow'), { reply: JSON.stringify([text('two'), text('three')]) });

    expect(sentBy(job)).toEqual(['two', 'three']);
  });

  test.each([
    ['a message', said('slow'), 5],
    ['a tap', tapped('K'), 3],
  ])('ends with … where WeChat takes no more after %s', async (_, message, most) => {
    const account = new Router().use(defer((ctx) => ctx.reply('很'.repeat(9_000))));
    const job = setUp(account);

    await job.work(message);

    expect(sentBy(job)).toHaveLength(most);
    expect(sentBy(job).at(-1)).toMatch(/很…$/);
  });

  test('leaves room for what the handler has sent before', async () => {
    const account = new Router().use(
      defer(async (ctx) => {
        for (const n of [1, 2, 3]) await ctx.send(`part ${n}`);
        ctx.reply('很'.repeat(9_000));
      }),
    );
    const job = setUp(account);

    await job.work(said('slow'));

    expect(sentBy(job)).toHaveLength(5);
  });

  test('is the same when it is replayed', async () => {
    const turn = {
      at: START,
      said: { type: 'text', content: 'slow' },
      reply: null,
      sent: [],
    } as const;

    const { turns } = await replay(long('很'.repeat(2_000)), { turns: [turn] });

    expect(turns[0]?.reply).toMatchObject({ content: 'wait' });
    expect(turns[0]?.sent).toHaveLength(3);
  });
});

test('a poison message is dead after five attempts, and others flow on meanwhile', async () => {
  const account = new Router()
    .text(
      'poison',
      defer(() => {
        throw new Error('cannot be digested');
      }),
    )
    .text(
      'fine',
      defer((ctx) => ctx.reply('fine')),
    );
  const { deliver, work, clock, jobs, sent } = createInboxFixture(account);
  await deliver(said('poison'));
  await work();
  await deliver(said('fine', { MsgId: '2' }));

  for (let shifts = 0; shifts < 5; shifts += 1) {
    await work();
    await clock.advance(60_000);
  }

  expect(sent()).toEqual(['fine']);
  expect((await jobs()).map(({ state, attempts }) => [state, attempts]).sort()).toEqual([
    ['dead', 5],
    ['done', 1],
  ]);
});

test('what exists only in the response is refused in the worker', async () => {
  const account = new Router().text(
    'slow',
    defer((ctx) => ctx.reply(transfer())),
  );

  await expect(setUp(account).work(said('slow'))).rejects.toThrow('not deferred');
});

test.each([
  ['a message', said('slow'), 48 * 3_600_000, 5],
  ['a tap', tapped('K'), 60_000, 3],
])('%s allows so much for so long, and WeChat is not asked for more', async (_, message, ms, n) => {
  const many = new Router().use(async (ctx) => {
    for (let i = 0; i <= n; i += 1) await ctx.send(`message ${i}`);
  });
  const inTime = setUp(many, ms - 1);
  const late = setUp(many, ms);

  await expect(inTime.work(message)).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(late.work(message)).rejects.toMatchObject({ code: 'conflict' });

  expect(inTime.requests).toHaveLength(n);
  expect(late.requests).toHaveLength(0);
});
