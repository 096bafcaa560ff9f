import { describe, expect, test } from '@jest/globals';
import {
  createInboxFixture,
  KEPT_MS,
  START,
  said,
  tapped,
} from '../../scripts/testing/callback/inbox-fixture.ts';
import { testTrace } from '../../scripts/testing/test-account.ts';
import { defer, withoutRerun } from '../account/defer.ts';
import { idempotent, pure } from '../account/idempotent.ts';
import { type Handler, Router } from '../account/router.ts';
import { failure } from '../store/failure.ts';
import type { Collection, Doc } from '../store/store.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { text, transfer } from '../wechat/reply.ts';
import { inboxCollection } from './inbox-document.ts';
import { HELD_MS, LEASE_MS, REPEATS_OVER_MS } from './timing.ts';

/** What it answers tells how often it has run. */
function counting() {
  const runs: string[] = [];
  const account = new Router()
    .text('plain', async (ctx) => {
      runs.push('plain');
      ctx.reply(`answer ${runs.length}`);
    })
    .text('synchronous', (ctx) => {
      runs.push('synchronous');
      ctx.reply(`answer ${runs.length}`);
    })
    .text(
      'pure',
      pure((ctx) => {
        runs.push('pure');
        ctx.reply('answer 1');
      }),
    )
    .text(
      'idempotent',
      idempotent((ctx) => {
        runs.push('idempotent');
        ctx.reply(`answer ${runs.length}`);
      }),
    )
    .text(
      'slow',
      defer(
        (ctx) => {
          runs.push('slow');
          ctx.reply(`answer ${runs.length}`);
        },
        { interim: 'One moment' },
      ),
    )
    .text(
      'slow once',
      defer(() => void runs.push('slow once'), { rerun: false }),
    )
    .text(
      'once',
      withoutRerun((ctx) => {
        runs.push('once');
        ctx.reply(`answer ${runs.length}`);
      }),
    )
    .text('throw', async () => {
      runs.push('throw');
      throw new Error('fell over');
    })
    .text('transfer', (ctx) => ctx.reply(transfer()))
    .text('hang', () => {
      runs.push('hang');
      return new Promise<void>(() => {});
    });
  return { runs, ...createInboxFixture(account) };
}

const down = () => failure('unreachable', { operation: 'write' });

describe('what a message costs', () => {
  test.each([
    ['plain', { writes: 2, reads: 0, transactions: 0 }],
    ['once', { writes: 2, reads: 0, transactions: 0 }],
    ['throw', { writes: 2, reads: 0, transactions: 0 }],
    ['synchronous', { writes: 1, reads: 0, transactions: 0 }],
    ['idempotent', { writes: 1, reads: 0, transactions: 0 }],
    ['pure', { writes: 0, reads: 0, transactions: 0 }],
    ['slow', { writes: 0, reads: 0, transactions: 1 }],
    ['nothing takes it', { writes: 0, reads: 0, transactions: 0 }],
  ])('%s: %p', async (word, cost) => {
    const { deliver, counts } = counting();

    await deliver(said(word));

    expect(counts).toMatchObject({ ...cost, queries: 0 });
  });

  test('middleware in front of an idempotent route is idempotent too, or it costs two', async () => {
    const route = idempotent(() => {});
    const pass = async (_: unknown, next: () => Promise<void>) => next();
    const cheap = createInboxFixture(new Router().use(idempotent(pass)).use(route));
    const dear = createInboxFixture(new Router().use(pass).use(route));

    await cheap.deliver(said('hi'));
    await dear.deliver(said('hi'));

    expect([cheap.counts.writes, dear.counts.writes]).toEqual([0, 2]);
  });
});

describe('a repeat', () => {
  const kinds = ['plain', 'synchronous', 'idempotent', 'once'];
  test.each(kinds)('of %s runs nothing and gets the reply', async (word) => {
    const { deliver, clock, runs, settle } = counting();
    const first = await deliver(said(word));
    await clock.advance(5_000);

    const second = await settle(deliver(said(word)));

    expect(first).toEqual({ reply: text('answer 1'), standing: 'new' });
    expect(second).toEqual({ reply: text('answer 1'), standing: 'repeat' });
    // Only an idempotent one may run again.
    expect(runs).toEqual(word === 'idempotent' ? ['idempotent', 'idempotent'] : [word]);
  });

  test('of a synchronous one whose instance died is claimed before, and runs', async () => {
    const { deliver, clock, runs, settle, counts } = counting();
    await clock.advance(5_000);

    expect(await settle(deliver(said('synchronous')))).toEqual({
      reply: text('answer 1'),
      standing: 'new',
    });
    expect(runs).toEqual(['synchronous']);
    expect(counts.writes).toBe(2);
  });

  test('of a synchronous one at the same moment may run it, and gets the reply that is stored', async () => {
    const { deliver, runs } = counting();

    const answers = [await deliver(said('synchronous')), await deliver(said('synchronous'))];

    expect(runs).toHaveLength(2);
    expect(answers.map(({ reply }) => reply)).toEqual([text('answer 1'), text('answer 1')]);
  });

  test('of a pure one computes the reply again', async () => {
    const { deliver, clock, runs } = counting();
    const first = await deliver(said('pure'));
    await clock.advance(5_000);

    expect(await deliver(said('pure'))).toEqual(first);
    expect(first).toEqual({ reply: text('answer 1'), standing: 'untouched' });
    expect(runs).toHaveLength(2);
  });

  test('of a deferred one gets the interim text, and there is one job', async () => {
    const { deliver, jobs, wakes } = counting();

    const answers = [await deliver(said('slow')), await deliver(said('slow'))];

    expect(answers.map(({ reply }) => reply)).toEqual([text('One moment'), text('One moment')]);
    expect(await jobs()).toHaveLength(1);
    expect(wakes()).toBe(2);
  });

  test('of one handed over to people is handed over as well', async () => {
    const { deliver } = counting();

    const answers = [await deliver(said('transfer')), await deliver(said('transfer'))];

    expect(answers.map(({ reply }) => reply)).toEqual([transfer(), transfer()]);
  });

  test('of one that failed is answered with success, as the first was', async () => {
    const { deliver, runs } = counting();

    const answers = [await deliver(said('throw')), await deliver(said('throw'))];

    expect(answers.map(({ reply }) => reply)).toEqual([undefined, undefined]);
    expect(runs).toEqual(['throw']);
  });

  test('at the same moment waits for the reply', async () => {
    let finish = () => {};
    const account = new Router().use(async (ctx) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      ctx.reply('late');
    });
    const { deliver, clock, settle } = createInboxFixture(account);

    const answers = Promise.all([deliver(said('hi')), deliver(said('hi'))]);
    await clock.advance(3_000);
    finish();

    expect((await settle(answers)).map(({ reply }) => reply)).toEqual([text('late'), text('late')]);
  });

  test('that waits for longer than it can is answered with success', async () => {
    const { deliver, clock, settle, runs } = counting();

    const first = deliver(said('hang'));
    const second = deliver(said('hang'));
    await clock.advance(4_050);

    expect(await second).toEqual({ reply: undefined, standing: 'repeat' });
    expect(await settle(first)).toEqual({ reply: undefined, standing: 'new' });
    expect(runs).toEqual(['hang']);
  });
});

describe('deliveries are of the same message', () => {
  const ids = (...messages: Parameters<typeof messageId>[0][]) =>
    new Set(messages.map(messageId)).size;

  test('with the same MsgId of the same sender', () => {
    expect(ids(said('a'), said('a', { CreateTime: '1' }))).toBe(1);
    expect(ids(said('a'), said('a', { MsgId: '2' }), said('a', { FromUserName: 'oOther' }))).toBe(
      3,
    );
  });

  test('without a MsgId, with the same words at the same time', () => {
    expect(ids(said('a', { MsgId: '' }), said('a', { MsgId: '' }))).toBe(1);
    expect(ids(said('a', { MsgId: '' }), said('b', { MsgId: '' }))).toBe(2);
  });

  test('the events of one second that say the same', () => {
    expect(ids(tapped('A'), tapped('A'))).toBe(1);
  });
});

describe('a holder that dies', () => {
  test('is followed by the repeat, once its lease is over', async () => {
    const { deliver, clock, claimAndDie, settle, runs } = counting();
    await claimAndDie(said('plain'));
    await clock.advance(5_000);

    const answer = await settle(deliver(said('plain')));

    expect(answer).toEqual({ reply: text('answer 1'), standing: 'taken over' });
    expect(clock.now() - START).toBeGreaterThanOrEqual(LEASE_MS);
    expect(runs).toEqual(['plain']);
  });

  test('is followed by one of several repeats', async () => {
    const { deliver, clock, claimAndDie, settle, runs } = counting();
    await claimAndDie(said('plain'));
    await clock.advance(LEASE_MS);

    const answers = await settle(Promise.all([1, 2, 3].map(() => deliver(said('plain')))));

    expect(answers.map(({ reply }) => reply)).toEqual(Array(3).fill(text('answer 1')));
    expect(runs).toEqual(['plain']);
  });

  test('is followed by the worker if no repeat comes', async () => {
    const { deliver, clock, claimAndDie, settle, sweep, work, sent, runs, document } = counting();
    await claimAndDie(said('plain'));
    await clock.advance(LEASE_MS + REPEATS_OVER_MS - 1);

    expect(await sweep()).toBe(0);
    await clock.advance(1);
    expect(await sweep()).toBe(1);
    await work();
    expect(await sweep()).toBe(0);

    expect(runs).toEqual(['plain']);
    expect(sent()).toEqual(['answer 1']);
    expect(await settle(deliver(said('plain')))).toEqual({ reply: undefined, standing: 'repeat' });
    expect(await document(said('plain'))).not.toHaveProperty('message');
  });

  test('with hundreds of others is followed by the worker at once', async () => {
    const { clock, claimAndDie, sweep, jobs } = counting();
    for (let n = 0; n < 250; n += 1) await claimAndDie(said('plain', { MsgId: String(n) }));
    await clock.advance(LEASE_MS + REPEATS_OVER_MS);

    expect([await sweep(), await sweep()]).toEqual([250, 0]);
    expect((await jobs()).length).toBeGreaterThan(0);
  });

  test.each(['the repeat', 'the worker'])(
    'in a handler that must not run twice: not by %s',
    async (successor) => {
      const fixture = counting();
      const { deliver, clock, claimAndDie, settle, sweep, jobs, runs, lines } = fixture;
      await claimAndDie(said('once'), { hasBegun: true });
      await clock.advance(LEASE_MS + REPEATS_OVER_MS);

      if (successor === 'the worker') await sweep();
      else expect(await settle(deliver(said('once')))).toMatchObject({ reply: undefined });

      expect(await sweep()).toBe(0);
      expect(await jobs()).toEqual([]);
      expect(runs).toEqual([]);
      expect(lines.join()).toContain('message given up');
    },
  );

  test('with a message that cannot be read is given up, and does not stand in the way', async () => {
    const { store, clock, claimAndDie, sweep, jobs, lines } = counting();
    const unreadable = { _id: 'x', state: 'claimed', holder: 'h', message: '{}' } as const;
    await store.create(inboxCollection, {
      ...unreadable,
      dueAt: new Date(START),
      removeAt: new Date(START + KEPT_MS),
    });
    await claimAndDie(said('plain'));
    await clock.advance(LEASE_MS + REPEATS_OVER_MS);

    expect([await sweep(), await sweep()]).toEqual([1, 0]);

    expect(await jobs()).toHaveLength(1);
    expect(lines.join()).toContain('message unreadable');
  });

  test('in front of its handler, and wakes up when time is up, leaves it to the worker', async () => {
    const { deliver, inbox, store, runs, jobs } = counting();
    let now = START;
    // Of an instance that is woken, what comes from the network may come before its timers.
    const clock = { now: () => now, after: () => () => {} };
    const slow = {
      ...store,
      async insert<T extends Doc>(collection: Collection<T>, doc: T) {
        const rev = await store.insert(collection, doc);
        now += LEASE_MS;
        return rev;
      },
    };

    const { reply } = await deliver(said('plain'), { clock, pushedAt: START, inbox: inbox(slow) });

    expect(reply).toBeUndefined();
    expect(runs).toEqual([]);
    expect(await jobs()).toHaveLength(1);
  });

  test('and wakes up gives the reply of the instance that has taken over', async () => {
    const fixture = createInboxFixture(
      new Router().use(async (ctx) => {
        await new Promise((resolve) => wakes.push(() => resolve(undefined)));
        ctx.reply(`answer of ${wakes.length}`);
      }),
    );
    const wakes: (() => void)[] = [];
    const { clock, deliver, settle } = fixture;
    // Its own clock stands still, as its timers do while it is frozen.
    const asleep = { now: () => START, after: () => () => {} };
    const late = deliver(said('hi'), { clock: asleep });
    await clock.advance(LEASE_MS);
    const taking = deliver(said('hi'));
    await clock.advance(1_000);

    wakes[1]?.();
    expect(await settle(taking)).toMatchObject({ reply: text('answer of 2') });
    wakes[0]?.();

    expect(await settle(late)).toEqual({ reply: text('answer of 2'), standing: 'repeat' });
  });
});

describe('a handler that overruns', () => {
  test('is left to the worker, and its repeats get success', async () => {
    const { deliver, clock, settle, jobs, document } = counting();

    const answering = deliver(said('hang'));
    await clock.advance(4_199);
    expect(await jobs()).toEqual([]);
    await clock.advance(1);

    expect(await settle(answering)).toEqual({ reply: undefined, standing: 'new' });
    expect(await jobs()).toHaveLength(1);
    expect(await document(said('hang'))).toMatchObject({ state: 'done' });
    expect(await settle(deliver(said('hang')))).toMatchObject({ reply: undefined });
  });

  test('is answered in time even if the store hangs just then', async () => {
    const { deliver, clock, settle, inbox, store } = counting();
    const hanging = { ...store, transaction: () => new Promise<never>(() => {}) };

    const answer = await settle(deliver(said('hang'), { inbox: inbox(hanging) }));

    expect(answer.reply).toBeUndefined();
    expect(clock.now() - START).toBeLessThanOrEqual(4_850);
  });

  test('keeps its claim if the worker cannot be told, and is found by the sweep', async () => {
    const { deliver, clock, settle, fails, sweep, jobs } = counting();
    fails.transactions = down();

    const answer = await settle(deliver(said('hang')));
    delete fails.transactions;
    await clock.advance(LEASE_MS + REPEATS_OVER_MS);

    expect(answer.reply).toBeUndefined();
    expect(await sweep()).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });
});

describe('with the store down', () => {
  function broken() {
    const fixture = counting();
    const all = ['reads', 'writes', 'transactions'] as const;
    for (const kind of all) fixture.fails[kind] = down();
    const mend = () => {
      for (const kind of all) delete fixture.fails[kind];
    };
    return { ...fixture, mend };
  }

  test.each(['plain', 'idempotent'])(
    '%s is answered all the same, and it is said',
    async (word) => {
      const { deliver, settle, lines } = broken();

      expect(await settle(deliver(said(word)))).toEqual({
        reply: text('answer 1'),
        standing: 'unavailable',
      });
      expect(lines.join()).toContain('inbox unavailable');
    },
  );

  test('a message that was handled without a claim is recorded if the store is back', async () => {
    const { deliver, settle, mend, fails, runs } = broken();
    mend();
    fails.writes = down();
    const first = deliver(said('plain'));
    delete fails.writes;

    expect((await settle(first)).reply).toEqual(text('answer 1'));
    expect((await settle(deliver(said('plain')))).reply).toEqual(text('answer 1'));
    expect(runs).toEqual(['plain']);
  });

  test('nothing is answered if it is to wait that the store does not know', async () => {
    const { deliver, clock, settle, mend } = broken();
    const options = { withoutStore: 'wait' } as const;

    expect(await settle(deliver(said('synchronous'), options))).toMatchObject({
      reply: undefined,
      standing: 'unavailable',
    });
    expect(clock.now() - START).toBeGreaterThanOrEqual(HELD_MS);
    mend();

    expect((await settle(deliver(said('synchronous'), options))).reply).toEqual(text('answer 2'));
  });

  test('nothing is handled if it is to wait; it is held while it comes again', async () => {
    const { deliver, clock, runs, settle, lines } = broken();
    const options = { withoutStore: 'wait' } as const;

    await settle(deliver(said('plain'), options));
    expect(clock.now() - START).toBeGreaterThanOrEqual(HELD_MS);
    expect(lines.join()).not.toContain('message lost');
    await settle(deliver(said('plain'), { ...options, comesAgain: false }));

    expect(lines.join()).toContain('message lost');
    expect(runs).toEqual([]);
  });

  test.each([
    ['a message that is to wait', 'plain', 0, { withoutStore: 'wait' }],
    ['one whose handler has answered at once', 'synchronous', 1, { withoutStore: 'wait' }],
    ['one whose handler must not run twice', 'once', 0, {}],
  ] as const)(
    '%s is left to the worker if the store is back before its last delivery ends',
    async (_, word, runsBefore, options) => {
      const { deliver, clock, settle, mend, jobs, work, sent, runs } = broken();

      const answering = deliver(said(word), { ...options, comesAgain: false });
      await clock.advance(3_000);
      mend();

      expect((await settle(answering)).reply).toBeUndefined();
      expect(clock.now() - START).toBeLessThan(4_500);
      expect([runs.length, await jobs()]).toEqual([runsBefore, [expect.anything()]]);
      await work();
      expect(runs).toEqual(Array(runsBefore + 1).fill(word));
      expect(sent()).toEqual([`answer ${runsBefore + 1}`]);
    },
  );

  test('a handler that must not run twice is held as well', async () => {
    const { deliver, clock, runs, settle, mend } = broken();

    await settle(deliver(said('once')));
    expect(clock.now() - START).toBeGreaterThanOrEqual(HELD_MS);
    mend();

    expect(await settle(deliver(said('once')))).toMatchObject({ reply: text('answer 1') });
    expect(runs).toEqual(['once']);
  });

  test('a deferred message is tried again while there is time', async () => {
    const { deliver, clock, settle, mend, jobs } = broken();

    const answering = deliver(said('slow'));
    await clock.advance(2_000);
    mend();

    expect((await settle(answering)).reply).toEqual(text('One moment'));
    expect(clock.now() - START).toBeLessThan(4_500);
    expect(await jobs()).toHaveLength(1);
  });

  test('it is held while it comes again: the next delivery defers it', async () => {
    const { deliver, clock, settle, mend, jobs, runs } = broken();

    await settle(deliver(said('slow')));
    expect(clock.now() - START).toBeGreaterThanOrEqual(HELD_MS);
    mend();

    expect((await settle(deliver(said('slow')))).reply).toEqual(text('One moment'));
    expect(await jobs()).toHaveLength(1);
    expect(runs).toEqual([]);
  });

  test('the last delivery is handled here, unless it must not be handled twice', async () => {
    const { deliver, settle, runs, lines } = broken();
    const last = { comesAgain: false };

    expect((await settle(deliver(said('slow'), last))).reply).toEqual(text('answer 1'));
    await settle(deliver(said('slow once'), last));

    expect(runs).toEqual(['slow']);
    expect(lines.join()).toContain('message lost');
  });

  test('nothing is held if it will not come back by itself', async () => {
    const { deliver, clock, settle, fails, runs } = broken();
    const gone = () => failure('credentials_missing', { operation: 'connect' });
    fails.writes = gone();
    fails.transactions = gone();

    expect((await settle(deliver(said('slow')))).reply).toEqual(text('answer 1'));
    await settle(deliver(said('once')));
    expect(clock.now() - START).toBeLessThan(1_000);
    await settle(deliver(said('hang')));

    expect(clock.now() - START).toBeLessThan(HELD_MS);
    expect(runs).toEqual(['slow', 'hang']);
  });

  test('a repeat of what another has claimed is answered with success', async () => {
    const { deliver, settle, claimAndDie, fails, mend, runs } = broken();
    mend();
    await claimAndDie(said('plain'));
    fails.reads = down();

    expect(await settle(deliver(said('plain')))).toEqual({ reply: undefined, standing: 'repeat' });
    expect(runs).toEqual([]);
  });

  test('a reply that cannot be stored at once is, before it is given', async () => {
    const { deliver, settle, mend, fails, document, clock } = broken();
    mend();
    let writes = 0;
    Object.defineProperty(fails, 'writes', {
      get: () => ([2, 3].includes(++writes) ? down() : undefined),
    });

    expect((await settle(deliver(said('plain')))).reply).toEqual(text('answer 1'));
    expect(await document(said('plain'))).toMatchObject({ state: 'done' });
    expect(clock.pending).toBe(0);
  });
});

test('a handler that must not run twice is marked even if the message was claimed before', async () => {
  const account = new Router()
    .use((_, next) => next())
    .use(withoutRerun(() => new Promise<void>(() => {})));
  const { deliver, document, clock, settle, jobs } = createInboxFixture(account);

  const answering = deliver(said('hi'));
  await clock.advance(100);
  expect(await document(said('hi'))).toMatchObject({ state: 'claimed', hasBegun: true });
  await settle(answering);

  expect(await document(said('hi'))).toMatchObject({ state: 'done' });
  expect(await jobs()).toEqual([]);
});

test('the words of a follower are kept until they are answered, and the answer for its repeats', async () => {
  const { deliver, document, claimAndDie } = counting();
  const waiting = said('transfer', { MsgId: '2' });
  await claimAndDie(waiting);
  await deliver(said('plain'));

  expect(await document(waiting)).toMatchObject({ message: expect.stringContaining('transfer') });
  expect(await document(said('plain'))).toEqual({
    _id: messageId(said('plain')),
    state: 'done',
    reply: JSON.stringify(text('answer 1')),
    follower: testTrace('oUser'),
    removeAt: new Date(START + KEPT_MS),
  });
});

describe('a handler that is not async', () => {
  const hi = { msgtype: 'text', text: { content: 'hi' } } as const;

  test.each<[string, Handler]>([
    ['sends', (ctx) => void ctx.send('hi')],
    ['calls WeChat', (ctx) => void ctx.api.customerService.send({ ...hi, touser: ctx.openid })],
  ])('and %s without awaiting it claims the message first', async (_, handler) => {
    const { deliver, counts, requests, claimAndDie, settle } = createInboxFixture(
      new Router().use(handler),
    );

    await settle(deliver(said('first')));
    await claimAndDie(said('second', { MsgId: '2' }));
    const second = await settle(deliver(said('second', { MsgId: '2' })));

    // The second message is another delivery's, so nothing is sent for it.
    expect(second).toEqual({ reply: undefined, standing: 'repeat' });
    expect(requests.map(({ json }) => json)).toMatchObject([hi]);
    expect(counts).toMatchObject({ writes: 4, transactions: 0 });
  });

  test('and sends is awaited: the answer leaves when the message is sent', async () => {
    const fixture = createInboxFixture(
      new Router().use((ctx) => {
        ctx.reply('answer');
        void ctx.send('hi');
      }),
    );

    expect((await fixture.deliver(said('x'))).reply).toEqual(text('answer'));
    expect(fixture.sent()).toEqual(['hi']);
  });

  test('and begins what fails is told so, and its reply is given all the same', async () => {
    const { deliver, lines } = createInboxFixture(
      new Router().use((ctx) => {
        ctx.reply('answer');
        void ctx.send('');
      }),
    );

    expect((await deliver(said('x'))).reply).toEqual(text('answer'));
    expect(lines.join()).toContain('what a handler did not await has failed');
  });

  test('and returns a promise is claimed while it runs, and from then on before', async () => {
    const seen: number[] = [];
    const fixture = createInboxFixture(
      new Router().use((ctx) => {
        seen.push(fixture.counts.writes);
        return Promise.resolve().then(() => ctx.reply('answer'));
      }),
    );
    const { deliver, lines, counts } = fixture;

    expect((await deliver(said('a'))).reply).toEqual(text('answer'));
    expect((await deliver(said('b', { MsgId: '2' }))).reply).toEqual(text('answer'));

    expect(seen).toEqual([0, 3]);
    expect(counts.writes).toBe(4);
    expect(lines.join().match(/returns a promise and is not async/g)).toHaveLength(1);
  });

  test('and passes the message on leaves the claim to the handler behind it', async () => {
    const pass: Handler = (_, next) => next();
    const synchronous = createInboxFixture(new Router().use(pass).use((ctx) => ctx.reply('a')));
    const waiting = createInboxFixture(new Router().use(pass).use(async (ctx) => ctx.reply('a')));

    await synchronous.deliver(said('x'));
    await waiting.deliver(said('x'));

    expect([synchronous.counts.writes, waiting.counts.writes]).toEqual([1, 2]);
    expect(synchronous.lines.join()).not.toContain('is not async');
  });
});
