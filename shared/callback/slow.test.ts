import { describe, expect, test } from '@jest/globals';
import { createInboxFixture, START, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { testTrace } from '../../scripts/testing/test-account.ts';
import { Router } from '../account/router.ts';
import { type SlowOptions, slow } from '../account/slow.ts';
import { sleep } from '../kernel/clock.ts';
import { failure } from '../store/failure.ts';
import type { Store } from '../store/store.ts';
import { weChatError } from '../wechat/errcodes.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { text } from '../wechat/reply.ts';
import { eraseMessages } from './erase.ts';
import { inboxCollection } from './inbox-document.ts';
import { LEASE_MS, REPEATS_OVER_MS } from './timing.ts';

const withoutRight = weChatError({
  endpoint: 'customerService.send',
  errcode: 48_001,
  errmsg: 'api unauthorized',
});

type Fixture = ReturnType<typeof createInboxFixture>;

/** A handler that answers after so many ms; deliveries come as WeChat brings them. */
function setUp(
  ms: number,
  options: SlowOptions = {},
  { answer = 'the answer', goesOn = true } = {},
) {
  const starts: number[] = [];
  let fixture: Fixture;
  const handler = async (ctx: { reply(text: string): void; signal: AbortSignal }) => {
    starts.push(fixture.clock.now() - START);
    await sleep(fixture.clock, ms, ctx.signal);
    ctx.reply(answer);
  };
  const account = new Router()
    .text('hi', slow(handler, options))
    .text('other', (ctx) => ctx.reply('another route'));
  fixture = createInboxFixture(account);
  const { clock, deliver } = fixture;

  /** One delivery, from its arrival; a `comesAgain` that is left out is as WeChat's rule says. */
  const delivery = (content = 'hi', msgId = '1', sentAt = START) => {
    const message = said(content, { MsgId: msgId, CreateTime: String(sentAt / 1000) });
    return deliver(message, { comesAgain: clock.now() - sentAt < 8_000, goesOn });
  };
  /** The three deliveries, and what each was answered; a later one comes only if WeChat has waited 5 s. */
  async function ask(content = 'hi', msgId = '1') {
    const sentAt = clock.now();
    const answers: (string | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      let reply: string | undefined;
      let isOver = false;
      void delivery(content, msgId, sentAt).then((handled) => {
        if (handled.reply?.type === 'text') reply = handled.reply.content;
        isOver = true;
      });
      for (let waited = 0; waited < 5_000 && !isOver; waited += 100) await clock.advance(100);
      if (isOver) return { reply, after: clock.now() - sentAt, turn };
      answers.push(reply);
    }
    return { reply: 'the fault notice of WeChat', after: clock.now() - sentAt, turn: 3 };
  }
  return { ...fixture, starts, delivery, ask };
}

/** The first time that it would commit, a transaction of another instance has the document locked. */
function lockedOnce(store: Fixture['store']): Pick<Store, 'query' | 'transaction'> {
  let isFirst = true;
  return {
    query: store.query.bind(store),
    transaction: (work) =>
      store.transaction(async (tx) => {
        const result = await work(tx);
        if (!isFirst) return result;
        isFirst = false;
        throw failure('busy', { operation: 'commit a transaction' });
      }),
  };
}

/** The table of docs/conversations.md; a repeat's attempt to claim is a write too. */
describe('what a slow answer costs', () => {
  test.each([
    ['in time', 2_000, {}, { writes: 2, transactions: 0, reads: 0 }],
    ['in time, after 4 s', 4_000, {}, { writes: 3, transactions: 1, reads: 1 }],
    ['in time, but long', 2_000, { isLong: true }, { writes: 1, transactions: 1, reads: 1 }],
    ['by the first repeat', 7_000, {}, { writes: 2, transactions: 4, reads: 10 }],
    ['by the second repeat', 12_000, {}, { writes: 2, transactions: 8, reads: 24 }],
    ['later, after 20 s', 20_000, {}, { writes: 2, transactions: 12, reads: 29 }],
    ['when asked', 20_000, { mayNotSend: true }, { writes: 3, transactions: 13, reads: 28 }],
  ])('%s', async (_, ms, account: { isLong?: boolean; mayNotSend?: boolean }, cost) => {
    const answer = account.isLong ? '字'.repeat(1_500) : 'the answer';
    const { ask, clock, counts, right } = setUp(ms, {}, { answer });
    if (account.mayNotSend) await right.noteRefusal(withoutRight);
    await ask();
    await clock.advance(10_000);
    if (account.mayNotSend) await ask('继续', '2');

    expect(counts).toMatchObject({ ...cost, queries: account.mayNotSend ? 1 : 0 });
  });
});

describe('an answer in time', () => {
  test('is in the first response, for what an async handler costs', async () => {
    const { ask, starts, counts } = setUp(2_900);

    expect(await ask()).toMatchObject({ reply: 'the answer', turn: 0 });
    expect(starts).toEqual([0]);
    expect(counts).toMatchObject({ writes: 2, reads: 0, queries: 0, transactions: 0 });
  });

  test('is given again to a repeat, for reads alone', async () => {
    const { ask, delivery, clock, counts, settle } = setUp(2_900);
    await ask();
    await clock.advance(3_000);
    const { writes } = counts;

    expect((await settle(delivery())).reply).toEqual(text('the answer'));
    // It has tried to claim the message.
    expect(counts).toMatchObject({ writes: writes + 1, transactions: 0 });
  });

  test('of a handler that fails is a word of regret', async () => {
    const account = new Router().text(
      'hi',
      slow(() => Promise.reject(new Error('fell over')), { words: { gaveUp: 'Sorry.' } }),
    );
    const { deliver, settle, lines } = createInboxFixture(account);

    expect(await settle(deliver(said('hi')))).toMatchObject({ reply: text('Sorry.') });
    expect(lines.join('')).toContain('handler failed');
  });

  test('in several parts is followed by the rest, from the worker', async () => {
    const { ask, work, sent, clock } = setUp(1_000, {}, { answer: '字'.repeat(1_500) });

    const { reply, turn } = await ask();
    const repliedAt = clock.now();
    await work();

    expect(turn).toBe(0);
    expect([reply, ...sent()].join('')).toBe('字'.repeat(1_500));
    expect(sent()).toHaveLength(2);
    // It stands below what the response brought.
    expect(clock.now() - repliedAt).toBeGreaterThanOrEqual(1_400);
  });
});

describe('an answer while WeChat asks again', () => {
  test.each([
    [4_500, 1],
    [7_000, 1],
    [9_300, 2],
    [13_000, 2],
  ])('after %i ms is in the response to repeat %i, and the handler ran once', async (ms, turn) => {
    const { ask, starts, sent, work } = setUp(ms);

    const asked = await ask();
    await work();

    expect(asked).toMatchObject({ reply: 'the answer', turn });
    expect(asked.after).toBeLessThan(15_000);
    expect(starts).toEqual([0]);
    expect(sent()).toEqual([]);
  });

  test('is no news about the store: a repeat that waits as long as it may finds nothing wrong', async () => {
    const { ask, clock, holds, lines } = setUp(12_000);
    // The last look of the first repeat takes its time.
    clock.after(8_900, () => {
      holds.reads = sleep(clock, 150);
    });
    await ask();

    expect(lines.filter((line) => line.includes('unavailable'))).toEqual([]);
  });

  test('is not sent again by the sweep', async () => {
    const { ask, clock, sweep, work, sent } = setUp(7_000);
    await ask();
    await clock.advance(60_000);

    expect(await sweep()).toBe(0);
    await work();
    expect(sent()).toEqual([]);
  });

  test('of an instance that could not say that it lives is not made again by the sweep', async () => {
    const { claimAndDie, clock, store, sweepOn, sweep } = setUp(3_000);
    await claimAndDie(said('hi'), { isSlow: true });
    await clock.advance(LEASE_MS + REPEATS_OVER_MS);

    expect(await sweepOn(lockedOnce(store))).toBe(0);
    expect(await sweep()).toBe(1);
  });

  test('that no repeat has brought is sent', async () => {
    const { delivery, clock, sweep, work, sent, settle } = setUp(7_000);
    await settle(delivery());
    await clock.advance(REPEATS_OVER_MS + 1_000);

    expect(await sweep()).toBe(1);
    await work();
    expect(sent()).toEqual(['the answer']);
  });

  test('is not given to a delivery that an instance gets when WeChat has hung up: it is sent', async () => {
    const { delivery, deliver, clock, sweep, work, sent, settle } = setUp(7_000);
    await settle(delivery());
    await clock.advance(13_000);

    const late = { comesAgain: false, sentAt: START + 10_000 };
    const { reply } = await settle(deliver(said('hi'), late));
    await clock.advance(REPEATS_OVER_MS);
    await sweep();
    await work();

    expect(clock.now() - START).toBeGreaterThan(20_000);
    expect([reply, sent()]).toEqual([undefined, ['the answer']]);
  });

  test('is not given to a repeat that an instance got so late that WeChat may have hung up: the next brings it', async () => {
    const { claimAndDie, deliver, clock, settle, starts } = setUp(4_400);
    await claimAndDie(said('hi'));
    await clock.advance(7_700);
    const second = deliver(said('hi'), { comesAgain: true, sentAt: START + 7_000 });
    await clock.advance(4_600);
    const third = deliver(said('hi'), { comesAgain: false, sentAt: START + 12_000 });

    expect((await settle(third)).reply).toEqual(text('the answer'));
    expect((await settle(second)).reply).toBeUndefined();
    expect(starts).toHaveLength(1);
  });

  test('is given late, when WeChat itself has held the message back', async () => {
    const { delivery, deliver, clock, settle } = setUp(7_000);
    await settle(delivery());
    await clock.advance(20_000);

    const held = { comesAgain: false, sentAt: clock.now() };
    expect((await settle(deliver(said('hi'), held))).reply).toEqual(text('the answer'));
  });

  test('of an instance that died is given by the one that took over', async () => {
    const { claimAndDie, ask, starts, clock } = setUp(3_000);
    await claimAndDie(said('hi'));
    await clock.advance(5_000);
    const second = ask();

    expect(await second).toMatchObject({ reply: 'the answer' });
    expect(starts).toHaveLength(1);
  });
});

describe('an answer later', () => {
  test.each([600, 1_700, 2_900, 4_500])(
    'is promised before WeChat hangs up, though the instance got the last delivery %i ms late',
    async (lateMs) => {
      const { delivery, deliver, clock, work, sent } = setUp(14_900);
      void delivery();
      // It was still starting when WeChat sent the message a third time.
      await clock.advance(10_000 + lateMs);
      let reply: unknown;
      const last = { comesAgain: false, sentAt: START + 10_000 };
      void deliver(said('hi'), last).then((handled) => {
        reply = handled.reply;
      });

      await clock.advance(14_850 - (clock.now() - START));
      expect(reply).toMatchObject({ type: 'text', content: expect.stringMatching(/^还在处理/) });
      await clock.advance(10_000);
      await work();
      expect(sent()).toEqual(['the answer']);
    },
  );

  test('is sent, if WeChat may have hung up on the last delivery when the instance got it', async () => {
    const { delivery, deliver, clock, sweep, work, sent, settle } = setUp(15_050);
    void delivery();
    await clock.advance(15_100);

    await settle(deliver(said('hi'), { comesAgain: false, sentAt: START + 10_000 }));
    await clock.advance(60_000);
    await sweep();
    await work();

    expect(sent()).toEqual(['the answer']);
  });

  test('is sent, once the last response has said so; the handler ran once', async () => {
    const { ask, starts, clock, work, sent } = setUp(20_000);

    const asked = await ask();
    await clock.advance(10_000);
    await work();

    expect(asked).toMatchObject({ reply: expect.stringMatching(/^还在处理/), turn: 2 });
    expect(asked.after).toBeLessThan(14_500);
    expect(sent()).toEqual(['the answer']);
    expect(starts).toEqual([0]);
  });

  test('that is too long for one message comes whole', async () => {
    const answer = '二'.repeat(2_000);
    const { ask, clock, work, sent } = setUp(20_000, {}, { answer });
    await ask();
    await clock.advance(10_000);
    await work();

    expect(sent().join('')).toBe(answer);
  });

  test('of an instance that died comes from the worker', async () => {
    const { claimAndDie, clock, sweep, work, sent, starts, document } = setUp(3_000);
    await claimAndDie(said('hi'), { isSlow: true });
    await clock.advance(25_000);

    expect(await sweep()).toBe(1);
    await work();

    expect(sent()).toEqual(['the answer']);
    expect(await document(said('hi'))).toMatchObject({ state: 'done' });
    expect(starts).toHaveLength(1);
  });

  test('from the worker is sent once, though the store does not take note of it for a while', async () => {
    const { claimAndDie, clock, sweep, work, sent, fails, document } = setUp(3_000);
    await claimAndDie(said('hi'), { isSlow: true });
    await clock.advance(25_000);
    await sweep();
    const error = failure('unreachable', { operation: 'commit' });
    Object.defineProperty(fails, 'transactions', {
      get: () => (sent().length > 0 && clock.now() < START + 60_000 ? error : undefined),
    });

    await work();
    await clock.advance(60_000);
    await work();

    expect(sent()).toEqual(['the answer']);
    expect(await document(said('hi'))).toMatchObject({ state: 'done' });
  });

  test('of a handler that takes too long is a word of regret', async () => {
    const { ask, clock, work, sent } = setUp(60_000, { limitMs: 30_000, language: 'en' });

    expect(await ask()).toMatchObject({ reply: expect.stringMatching(/^Still working/) });
    await clock.advance(20_000);
    await work();

    expect(sent()).toEqual(['Sorry, this could not be answered. Please send it again later.']);
  });
});

describe('where the handler does not go on while WeChat asks again', () => {
  test('the worker runs it, and the first response brings what is ready in time', async () => {
    const { delivery, clock, work, starts, counts } = setUp(1_000, {}, { goesOn: false });
    const first = delivery();
    await clock.advance(100);
    await work();
    await clock.advance(3_000);

    expect(await first).toMatchObject({ reply: text('the answer') });
    expect(starts).toHaveLength(1);
    expect(counts.transactions).toBeGreaterThan(0);
  });

  test('or says that the answer comes later', async () => {
    const { delivery, settle, clock, work, sent, starts } = setUp(6_000, {}, { goesOn: false });

    const first = await settle(delivery());
    await work();

    expect(first.reply).toMatchObject({ content: expect.stringMatching(/^还在处理/) });
    expect(clock.now() - START).toBeGreaterThan(4_000);
    expect(sent()).toEqual(['the answer']);
    expect(starts).toHaveLength(1);
  });
});

describe('an account that may not send', () => {
  const refused = { errcode: 48001, errmsg: 'api unauthorized' };

  test('keeps the answer until the follower asks, and knows it from then on', async () => {
    const { ask, clock, work, sent, refuse } = setUp(20_000);
    refuse(refused);
    await ask();
    await clock.advance(10_000);
    await work();

    expect(await ask('继续', '2')).toMatchObject({ reply: 'the answer', turn: 0 });
    expect(sent()).toHaveLength(1);

    const second = await ask('hi', '3');
    await clock.advance(10_000);
    await work();
    expect(second).toMatchObject({ reply: expect.stringContaining('请稍后发送“继续”') });
    expect(await ask(' 继续 ', '4')).toMatchObject({ reply: 'the answer' });
    // Nothing was tried that WeChat would have refused.
    expect(sent()).toHaveLength(1);
  });

  test('gives a long answer part by part, whole, and each repeat the same part', async () => {
    const answer = Array.from({ length: 2_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + index),
    );
    const { ask, settle, delivery, clock, right } = setUp(2_000, {}, { answer: answer.join('') });
    await right.noteRefusal(withoutRight);
    const words = '\n（发送“继续”查看后面的内容）';

    const parts = [(await ask()).reply];
    for (let id = 2; parts.at(-1)?.endsWith(words); id += 1) {
      const sentAt = clock.now();
      const { reply } = await ask('继续', String(id));
      parts.push(reply);
      await clock.advance(5_000);
      expect(await settle(delivery('继续', String(id), sentAt))).toMatchObject({
        reply: { content: reply },
      });
    }

    expect(parts.map((part) => part?.replace(words, '')).join('')).toBe(answer.join(''));
    expect(parts.length).toBeGreaterThan(2);
  });

  test('says so when the follower asks too early', async () => {
    const { ask, clock, right, starts } = setUp(30_000);
    await right.noteRefusal(withoutRight);
    await ask();

    const early = await ask('继续', '2');
    await clock.advance(10_000);

    expect(early).toMatchObject({ reply: expect.stringContaining('请稍后发送“继续”') });
    expect(await ask('继续', '3')).toMatchObject({ reply: 'the answer' });
    expect(starts).toHaveLength(1);
  });

  test('the word is an ordinary message while no answer is kept', async () => {
    const account = new Router()
      .text(
        'hi',
        slow(() => {}),
      )
      .text('继续', (ctx) => ctx.reply('of the account'));
    const { deliver, settle, counts } = createInboxFixture(account);

    expect(await settle(deliver(said('继续')))).toMatchObject({ reply: text('of the account') });
    expect(counts).toMatchObject({ queries: 1, reads: 0, writes: 1 });
  });
});

describe('a handler that must not run twice', () => {
  test('is not run again after its instance died, and the follower is told', async () => {
    const { claimAndDie, clock, sweep, work, sent, starts } = setUp(3_000, { rerun: false });
    await claimAndDie(said('hi'), { hasBegun: true, isSlow: true });
    await clock.advance(25_000);
    await sweep();
    await work();

    expect(sent()).toEqual(['抱歉，这次没能回答，请稍后再发一次。']);
    expect(starts).toEqual([]);
  });
});

describe('when the store is down', () => {
  test('the handler runs within the time, in each delivery', async () => {
    const { ask, fails, starts } = setUp(2_000);
    fails.writes = failure('unreachable', { operation: 'write' });

    expect(await ask()).toMatchObject({ reply: 'the answer', turn: 0 });
    expect(starts).toHaveLength(1);
  });

  /** Between these times from now no transaction is carried out. */
  function failBetween(
    { clock, fails }: Pick<Fixture, 'clock' | 'fails'>,
    fromMs: number,
    untilMs: number,
    reason: 'unreachable' | 'busy' = 'unreachable',
  ): void {
    clock.after(fromMs, () => {
      fails.transactions = failure(reason, { operation: 'commit' });
    });
    clock.after(untilMs, () => {
      delete fails.transactions;
    });
  }

  test.each([2_900, 4_000])(
    'for a while after %i ms, the claim is extended as soon as it is back',
    async (from) => {
      const fixture = setUp(7_000);
      const { ask, starts } = fixture;
      failBetween(fixture, from, from + 2_500);

      expect(await ask()).toMatchObject({ reply: 'the answer' });
      expect(starts).toEqual([0]);
    },
  );

  test('for longer than the claim, nobody in the instance that is at work takes the message over', async () => {
    const fixture = setUp(9_000);
    const { deliver, inbox, clock, starts, settle } = fixture;
    const here = { inbox: inbox() };
    failBetween(fixture, 2_900, 8_000);
    void deliver(said('hi'), here);
    await clock.advance(5_000);
    const second = deliver(said('hi'), { ...here, sentAt: START + 5_000 });

    expect((await settle(second)).reply).toEqual(text('the answer'));
    expect(starts).toEqual([0]);
  });

  test('for half a minute after the handler is done, the answer is sent and not made again', async () => {
    const fixture = setUp(18_000);
    const { ask, clock, starts, sweep, work, sent } = fixture;
    failBetween(fixture, 17_000, 45_000, 'busy');

    await ask();
    await clock.advance(START + 46_000 - clock.now());
    for (let times = 0; times < 4; times += 1) {
      await sweep();
      await work();
      await clock.advance(REPEATS_OVER_MS);
    }

    expect([starts, sent()]).toEqual([[0], ['the answer']]);
  });

  /** From now on what the store carries out is heard of so much later. */
  function stall({ clock, holds }: Pick<Fixture, 'clock' | 'holds'>, ms = 3_000): void {
    holds.transactions = sleep(clock, ms);
  }

  test('and notes no promise in time, the last delivery gives it all the same', async () => {
    const fixture = setUp(20_000);
    const { ask, clock, sweep, work, sent } = fixture;
    clock.after(13_800, () => stall(fixture));

    const { reply, after } = await ask();
    await clock.advance(40_000);
    await sweep();
    await work();

    expect(reply).toMatch(/^还在处理/);
    expect(after).toBeLessThan(14_700);
    expect(sent()).toEqual(['the answer']);
  });

  test('and fails while the last delivery would take the answer, it is sent once', async () => {
    const fixture = setUp(13_500);
    const { ask, clock, sweep, work, sent } = fixture;
    failBetween(fixture, 13_550, 16_000, 'busy');

    const { turn } = await ask();
    await clock.advance(60_000);
    await sweep();
    await work();

    expect([turn, sent()]).toEqual([2, ['the answer']]);
  });

  test('and is back within the time of the last delivery, that gives the answer, which is not made again', async () => {
    const fixture = setUp(7_000);
    const { delivery, deliver, clock, starts, settle } = fixture;
    failBetween(fixture, 9_900, 11_500, 'busy');
    void delivery();
    await clock.advance(10_000);
    const last = { comesAgain: false, sentAt: START + 10_000 };

    expect((await settle(deliver(said('hi'), last))).reply).toEqual(text('the answer'));
    expect(starts).toEqual([0]);
  });

  test('for all reads, the last delivery gives again what an earlier one was answered', async () => {
    const { ask, deliver, clock, fails, settle, lines } = setUp(2_900);
    await ask();
    await clock.advance(START + 10_000 - clock.now());
    fails.reads = failure('connection', { operation: 'read' });
    const last = { comesAgain: false, sentAt: START + 10_000 };

    expect((await settle(deliver(said('hi'), last))).reply).toEqual(text('the answer'));
    expect(lines.join()).not.toContain('inbox unavailable');
  });

  test('and does not answer the last delivery, that says so in time, and starts no handler', async () => {
    const fixture = setUp(20_000);
    const { delivery, deliver, clock, starts } = fixture;
    void delivery();
    await clock.advance(10_000);
    stall(fixture, 20_000);
    let reply: unknown;
    const last = { comesAgain: false, sentAt: START + 10_000 };
    void deliver(said('hi'), last).then((handled) => {
      reply = handled.reply;
    });
    await clock.advance(4_600);

    expect(reply).toEqual(text('抱歉，这次没能回答，请稍后再发一次。'));
    expect(starts).toEqual([0]);
  });

  test('and notes nothing at all, the answer comes when it is back', async () => {
    const fixture = setUp(20_000);
    const { ask, clock, sweep, work, sent } = fixture;
    failBetween(fixture, 13_800, 19_000);

    const { reply } = await ask();
    await clock.advance(60_000);
    await sweep();
    await work();

    expect(reply).toMatch(/^还在处理/);
    expect(sent()).toEqual(['the answer']);
  });

  test('and is late to confirm that the last delivery gives the answer, it is given in time, once', async () => {
    const fixture = setUp(13_500);
    const { ask, clock, sweep, work, sent } = fixture;
    // The answer is stored by then, and the delivery has not seen it yet.
    clock.after(13_550, () => stall(fixture));

    const { reply, after, turn } = await ask();
    await clock.advance(60_000);
    await sweep();
    await work();

    expect({ reply, turn }).toEqual({ reply: 'the answer', turn: 2 });
    expect(after).toBeLessThan(14_700);
    expect(sent()).toEqual([]);
  });

  test('and is late to confirm that an answer is given which was asked for, it is given in time, once', async () => {
    const fixture = setUp(20_000);
    const { ask, clock, right } = fixture;
    await right.noteRefusal(withoutRight);
    await ask();
    await clock.advance(10_000);
    stall(fixture, 10_000);

    const asked = await ask('继续', '2');
    await clock.advance(30_000);

    expect(asked).toMatchObject({ reply: 'the answer', turn: 0 });
    expect((await ask('继续', '3')).reply).toBeUndefined();
  });

  test('and does not say whether an answer is there, the follower who asks is told to wait', async () => {
    const fixture = setUp(40_000);
    const { ask, clock, right } = fixture;
    await right.noteRefusal(withoutRight);
    await ask();
    clock.after(13_800, () => stall(fixture));

    const early = await ask('继续', '2');
    await clock.advance(30_000);

    expect(early).toMatchObject({ reply: expect.stringContaining('请稍后发送“继续”'), turn: 2 });
    expect(early.after).toBeLessThan(14_700);
    expect(await ask('继续', '3')).toMatchObject({ reply: 'the answer' });
  });

  test('and comes back behind the words, the answer is still there to be asked for', async () => {
    const { ask, clock, delays, right } = setUp(28_000);
    await right.noteRefusal(withoutRight);
    await ask();
    // The delivery looks for the answer before it is there, and the store does so afterwards.
    clock.after(13_500, () => {
      delays.transactions = sleep(clock, 3_000);
    });

    const early = await ask('继续', '2');
    await clock.advance(30_000);

    expect(early).toMatchObject({ reply: expect.stringContaining('请稍后发送“继续”'), turn: 2 });
    expect(await ask('继续', '3')).toMatchObject({ reply: 'the answer' });
  });
});

test('what is kept of a follower is erased on demand', async () => {
  const { ask, clock, right, store } = setUp(20_000);
  await right.noteRefusal(withoutRight);
  await ask();
  await clock.advance(10_000);

  expect(await eraseMessages(store, testTrace('oUser'))).toEqual({ erased: 1, running: 0 });
  expect((await store.get(inboxCollection, messageId(said('hi'))))?.doc).not.toHaveProperty(
    'reply',
  );
});
