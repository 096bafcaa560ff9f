import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createInboxFixture, START, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { defer } from '../account/defer.ts';
import { dialog } from '../account/dialog.ts';
import { Router } from '../account/router.ts';
import { failure } from '../store/failure.ts';
import { text } from '../wechat/reply.ts';
import type { InboxStore } from './inbox-options.ts';

const order = dialog('order', { language: 'en' })
  .ask('what', 'What?')
  .ask(
    'count',
    ({ what }) => `How many ${what}?`,
    v.pipe(v.string(), v.regex(/^\d$/, 'One digit.'), v.transform(Number)),
  )
  .done(async (ctx, { what, count }) => {
    const sum: number = count + 1;
    if (what === 'nothing') throw new Error('fell over');
    ctx.reply(`${what} ${sum - 1}`);
  });

function setUp() {
  const account = new Router()
    .text('order', order.start)
    .use(order)
    .text(
      'later',
      defer(async (ctx) => ctx.reply('late')),
    )
    .on('text', (ctx) => ctx.reply('?'));
  const fixture = createInboxFixture(account);
  let count = 0;
  const next = (content: string) => {
    count += 1;
    return said(content, { MsgId: String(count), CreateTime: String(START / 1_000 + count - 1) });
  };
  const say = async (content: string) =>
    (await fixture.settle(fixture.deliver(next(content)))).reply;
  return { ...fixture, next, say };
}

describe('a dialog', () => {
  test('goes on at any instance, and its repeats change nothing', async () => {
    const { say, deliver, next, clock, settle } = setUp();
    expect(await say('order')).toEqual(text('What?'));
    const answer = next('tea');
    await deliver(answer);
    await clock.advance(5_000);

    expect((await settle(deliver(answer))).reply).toEqual(text('How many tea?'));
    expect(await say('many')).toEqual(text('One digit.\nHow many tea?'));
    expect(await say('2')).toEqual(text('tea 2'));
    expect(await say('2')).toEqual(text('?'));
  });

  test('takes the answer that comes while its first question is on the way', async () => {
    const { deliver, next, settle, clock, store, inbox } = setUp();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slowStore: InboxStore = {
      ...store,
      transaction: async (work) => held.then(() => store.transaction(work)),
    };
    const first = deliver(next('order'), { inbox: inbox(slowStore) });
    await clock.advance(0);
    const second = deliver(next('tea'));
    await clock.advance(500);
    goOn();
    const answers = await settle(Promise.all([first, second]));

    expect(answers.map(({ reply }) => reply)).toEqual([text('What?'), text('How many tea?')]);
  });

  test('waits for the same answer once more when what it is done with has failed', async () => {
    const { say } = setUp();
    await say('order');
    await say('nothing');
    expect(await say('3')).toBeUndefined();

    expect(await say('back')).toEqual(text('What?'));
    await say('tea');
    expect(await say('3')).toEqual(text('tea 3'));
  });

  test('costs a message one read while none is open, and keeps no place for it', async () => {
    const { say, counts, jobs, work, sent } = setUp();

    await say('hi');
    expect(counts).toMatchObject({ reads: 1, writes: 1, transactions: 0 });
    await say('later');
    expect(counts).toMatchObject({ reads: 2, writes: 1, transactions: 1 });
    expect(await jobs()).toHaveLength(1);
    await work();
    expect(sent()).toEqual(['late']);
  });

  test('that may be open leaves a message unanswered while the store is down', async () => {
    const { deliver, next, fails, settle, clock } = setUp();
    const message = next('hi');
    fails.reads = failure('unreachable', { operation: 'read' });
    expect((await settle(deliver(message))).reply).toBeUndefined();
    delete fails.reads;

    await clock.advance(Math.max(0, START + 5_000 - clock.now()));
    expect((await settle(deliver(message))).reply).toEqual(text('?'));
  });

  test('has no two questions of one name, and at least one', () => {
    expect(() => dialog('a').ask('x', '?').ask('x', '?')).toThrow('asks for "x" twice');
    expect(() => dialog('a').done(() => {})).toThrow('asks nothing');
    dialog('a')
      .ask('x', '?')
      // @ts-expect-error there is no such answer
      .done((ctx, { y }) => ctx.reply(String(y)));
  });
});
