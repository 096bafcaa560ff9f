import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { createLog } from '../kernel/log.ts';
import type { Message } from '../wechat/message/message.ts';
import { readMessage } from '../wechat/message/message.ts';
import { transfer } from '../wechat/reply.ts';
import { answer } from './answer.ts';
import { defer, withoutRerun } from './defer.ts';
import { createRerun, type Progress } from './rerun.ts';
import { Router } from './router.ts';
import { talk } from './talk.ts';

const SEND = '/cgi-bin/message/custom/send';
const log = createLog({ write: () => {}, now: () => 0 });
const START = Date.UTC(2026, 0, 1);
const said = (content: string): Message =>
  readMessage({
    ToUserName: 'gh_test',
    FromUserName: 'oUser',
    CreateTime: String(START / 1000),
    MsgType: 'text',
    Content: content,
    MsgId: '1',
  });
const tapped = readMessage({
  ToUserName: 'gh_test',
  FromUserName: 'oUser',
  CreateTime: String(START / 1000),
  MsgType: 'event',
  Event: 'CLICK',
  EventKey: 'K',
});

function setUp(account: Router, atMs = 0) {
  const { api, requests } = createFakeWechat({ [SEND]: { errcode: 0, errmsg: 'ok' } });
  const clock = createFakeClock(START + atMs);
  const rerun = createRerun({ handle: account.middleware(), api, clock });
  const saved: Progress[] = [];
  return {
    requests,
    saved,
    clock,
    ask: (message: Message, later: (message: Message) => Promise<void>) =>
      answer(message, {
        handle: account.middleware(),
        api,
        clock,
        log,
        startedAt: clock.now(),
        later,
      }),
    work: (message: Message, progress: Progress = {}) =>
      rerun(message, {
        progress,
        signal: new AbortController().signal,
        log,
        assertHeld() {},
        save: async (one) => void saved.push(one),
      }),
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
  const stored: Message[] = [];

  const reply = await setUp(account).ask(said('slow'), async (one) => void stored.push(one));

  expect(reply).toEqual({ type: 'text', content: 'One moment' });
  expect(stored.map(({ openid }) => openid)).toEqual(['oUser']);
  expect(runs).toBe(0);
});

test('no interim is promised for a message that could not be stored', async () => {
  const account = new Router().text(
    'slow',
    defer(() => {}, { interim: 'One moment' }),
  );

  const reply = await setUp(account).ask(said('slow'), () => Promise.reject(new Error('down')));

  expect(reply).toBeUndefined();
});

test('an overrun is stored, unless the handler must not run twice', async () => {
  const never = () => new Promise<void>(() => {});
  const account = new Router().text('again', never).text('once', withoutRerun(never));
  const { ask, clock } = setUp(account);
  const stored: string[] = [];
  const later = async (message: Message) => void stored.push(String(message.raw.Content));

  const both = Promise.all([ask(said('again'), later), ask(said('once'), later)]);
  await clock.advance(4_500);

  expect(await both).toEqual([undefined, undefined]);
  expect(stored).toEqual(['again']);
});

test('the worker saves the reply, then sends it; after a crash it sends the saved one', async () => {
  const account = new Router().text(
    'slow',
    defer((ctx) => ctx.reply('done')),
  );
  const { work, saved, requests } = setUp(account);

  await work(said('slow'));
  await work(said('slow'), { reply: { type: 'text', content: 'saved' } });

  expect(saved).toEqual([{ reply: { type: 'text', content: 'done' } }]);
  expect(requests.map(({ json }) => json)).toMatchObject([
    { touser: 'oUser', text: { content: 'done' } },
    { touser: 'oUser', text: { content: 'saved' } },
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
  ['a tap', tapped, 60_000, 3],
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

test('in a test of an account the handler runs at once', async () => {
  const account = new Router().text(
    /^report (\d+)/,
    defer((ctx) => ctx.reply(ctx.match[1] ?? '')),
  );

  expect(await talk(account, { type: 'text', content: 'report 7' })).toEqual({
    type: 'text',
    content: '7',
  });
});
