import { expect, test } from '@jest/globals';
import { createInboxFixture, said, tapped } from '../../scripts/testing/callback/inbox-fixture.ts';
import { Router } from '../account/router.ts';
import { talk } from '../account/talk.ts';
import { autoReplies } from './auto-replies.ts';
import { autoReplyCollection } from './document.ts';
import type { AutoReplies } from './rule.ts';
import { keywordRule, plainRule, rulesOf } from './samples.test-data.ts';

/** An account with a route before the auto-replies and one behind them. */
function setUp() {
  const account = new Router()
    .text('code', (ctx) => ctx.reply('by code'))
    .use(autoReplies())
    .on('text', (ctx) => ctx.reply('behind'));
  const fixture = createInboxFixture(account);
  const { store, clock, deliver, counts } = fixture;
  let messages = 0;
  return {
    ...fixture,
    async publish(rules: AutoReplies) {
      const before = await store.get(autoReplyCollection, 'rules');
      const doc = { _id: 'rules', rules, changedAt: clock.now() } as const;
      if (before) await store.replaceIf(autoReplyCollection, doc, before.rev);
      else await store.create(autoReplyCollection, doc);
      Object.assign(counts, { reads: 0, writes: 0 });
    },
    async say(content: string) {
      messages += 1;
      const sent = said(content, {
        MsgId: String(messages),
        CreateTime: String(Math.floor(clock.now() / 1_000)),
      });
      const { reply } = await deliver(sent);
      return reply?.type === 'text' ? reply.content : reply;
    },
  };
}

const hello = rulesOf({ keywords: [keywordRule('hi', 'hello')] });

test('what operators publish answers where the author has placed it', async () => {
  const { publish, say, deliver } = setUp();
  await publish(
    rulesOf({
      keywords: [
        keywordRule('hi', 'hello'),
        keywordRule('code', 'never'),
        keywordRule({ match: 'button', text: 'HELP' }, 'help'),
      ],
    }),
  );

  expect(await say('hi')).toBe('hello');
  expect(await say('code')).toBe('by code');
  expect(await say('else')).toBe('behind');
  expect(await deliver(tapped('HELP'))).toMatchObject({ reply: { content: 'help' } });
});

test('a message costs no write, and the rules one read in ten seconds', async () => {
  const { publish, say, counts, clock } = setUp();
  await publish(hello);

  for (let n = 0; n < 50; n += 1) expect(await say('hi')).toBe('hello');
  expect(counts).toMatchObject({ reads: 1, queries: 0, writes: 0, transactions: 0 });

  await clock.advance(9_999);
  await Promise.all(Array.from({ length: 10 }, () => say('hi')));
  expect(counts.reads).toBe(1);
  await clock.advance(1);
  await Promise.all(Array.from({ length: 10 }, () => say('hi')));
  expect(counts.reads).toBe(2);
});

test('a change counts within ten seconds, also that there are no rules any more', async () => {
  const { publish, say, clock } = setUp();
  expect(await say('hi')).toBe('behind');
  await publish(hello);
  await clock.advance(10_000);
  expect(await say('hi')).toBe('hello');

  await publish(rulesOf({}));
  await clock.advance(10_000);
  expect(await say('hi')).toBe('behind');
});

test('while the store fails the known rules go on, and without any the message goes on', async () => {
  const { publish, say, clock, fails, lines } = setUp();
  await publish(hello);
  fails.reads = new Error('the store is down');
  expect(await say('hi')).toBe('behind');
  delete fails.reads;
  await clock.advance(10_000);
  expect(await say('hi')).toBe('hello');

  fails.reads = new Error('the store is down');
  for (let n = 0; n < 3; n += 1) {
    await clock.advance(10_000);
    expect(await say('hi')).toBe('hello');
  }
  expect(lines.filter((line) => line.includes('auto-replies not read'))).toHaveLength(4);
});

test('the answer of a rule by chance is the same when WeChat brings the message again', async () => {
  const { publish, deliver, clock } = setUp();
  const answers = ['a', 'b', 'c', 'd', 'e'].map((content) => ({ type: 'text' as const, content }));
  await publish(rulesOf({ otherwise: [plainRule('dice', { give: 'random', answers })] }));
  const roll = said('roll');
  const first = await deliver(roll);
  await clock.advance(5_000);

  expect((await deliver(roll)).reply).toEqual(first.reply);
});

test('of several answers the last travels in the response, after the others, once', async () => {
  const { publish, deliver, requests, clock } = setUp();
  const several = plainRule('several', {
    answers: [
      { type: 'text', content: 'one' },
      { type: 'image', mediaId: 'm1' },
      { type: 'transfer_customer_service' },
    ],
  });
  await publish(rulesOf({ otherwise: [several] }));
  const message = said('all');

  expect((await deliver(message)).reply).toEqual({ type: 'transfer_customer_service' });
  await clock.advance(5_000);
  expect((await deliver(message)).reply).toEqual({ type: 'transfer_customer_service' });
  expect(requests.map(({ json }) => json)).toEqual([
    { touser: 'oUser', msgtype: 'text', text: { content: 'one' } },
    { touser: 'oUser', msgtype: 'image', image: { media_id: 'm1' } },
  ]);
});

test('what cannot be sent keeps no follower from the rest', async () => {
  const { publish, say, refuse, lines } = setUp();
  const answers = ['one', 'two'].map((content) => ({ type: 'text' as const, content }));
  await publish(rulesOf({ otherwise: [plainRule('two', { answers })] }));
  refuse({ errcode: 48001, errmsg: 'api unauthorized' });

  expect(await say('all')).toBe('two');
  expect(lines.join()).toContain('an answer of several was not sent');
});

test('the store is not read for events that no rule is about, nor in a test of the account', async () => {
  const { deliver, counts } = setUp();
  await deliver({ ...tapped('x'), event: 'unsubscribe' } as never);
  expect(counts.reads).toBe(0);

  const account = new Router().use(autoReplies()).on('text', (ctx) => ctx.reply('behind'));
  expect(await talk(account, { type: 'text', content: 'hi' })).toMatchObject({ content: 'behind' });
});
