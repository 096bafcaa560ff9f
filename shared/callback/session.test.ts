import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createInboxFixture, START, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { silentLog } from '../../scripts/testing/jobs/job-fixture.ts';
import { testAccount, testTrace } from '../../scripts/testing/test-account.ts';
import { defer, withoutRerun } from '../account/defer.ts';
import { Router } from '../account/router.ts';
import { session } from '../account/session.ts';
import { slow } from '../account/slow.ts';
import type { Queue } from '../jobs/index.ts';
import { sleep } from '../kernel/clock.ts';
import { Secret } from '../kernel/secret.ts';
import { createBinder } from '../store/binder.ts';
import { boundStore } from '../store/bound-store.ts';
import { failure } from '../store/failure.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { text } from '../wechat/reply.ts';
import { eraseSessions } from './erase-sessions.ts';
import { createTurns } from './follower-turn.ts';
import type { InboxStore } from './inbox-options.ts';
import { createMessageQueue } from './message-queue.ts';
import { sessionCollection, statesOf } from './session-document.ts';
import { LEASE_MS, REPEATS_OVER_MS, TURN_LEASE_MS } from './timing.ts';

const HOUR_MS = 3_600_000;

const words = session({
  name: 'words',
  schema: v.strictObject({ said: v.array(v.string()) }),
  initial: { said: [] },
  expiresAfterMinutes: 60,
});

/** Answers with all that the follower has said, and takes as long as a test wants. */
function setUp() {
  const runs: string[] = [];
  const world: { workMs: number; isBroken: boolean; gate?: Promise<void> } = {
    workMs: 0,
    isBroken: false,
  };
  const remember = words.with(async (ctx, state) => {
    const { content } = ctx.message as { readonly content: string };
    runs.push(`begins ${content}`);
    await world.gate;
    if (world.workMs > 0) await sleep(fixture.clock, world.workMs, ctx.signal);
    state.said.push(content);
    if (world.isBroken) throw new Error('fell over');
    ctx.reply(state.said.join(' '));
    runs.push(`ends ${content}`);
  });
  const account = new Router()
    .text('plain', async (ctx) => ctx.reply('plain'))
    .text(/^later/, defer(remember, { interim: 'One moment' }))
    .text(/^once/, withoutRerun(remember))
    .text(/^slow/, slow(remember))
    .text('undeclared', async (ctx) => ctx.reply(words.of(ctx).said.join(' ')))
    .text(
      'forget',
      words.with(async (ctx) => {
        words.forget(ctx);
        ctx.reply('forgotten');
      }),
    )
    .on('text', remember);
  const fixture = createInboxFixture(account);
  let count = 0;
  /** The next message of a follower, sent a second after the one before. */
  const next = (content: string, openid = 'oUser') => {
    count += 1;
    return said(content, {
      MsgId: String(count),
      CreateTime: String(START / 1_000 + count - 1),
      FromUserName: openid,
    });
  };
  const stored = async (openid = 'oUser') =>
    (await fixture.store.get(sessionCollection, testTrace(openid)))?.doc;
  return { ...fixture, runs, world, next, stored, account };
}

const down = () => failure('unreachable', { operation: 'write' });

describe('a session', () => {
  test('is there for the next message, on any instance', async () => {
    const { deliver, next, stored } = setUp();

    const first = await deliver(next('a'));
    const second = await deliver(next('b'));

    expect([first.reply, second.reply]).toEqual([text('a'), text('a b')]);
    expect(statesOf(await stored())).toMatchObject({ words: { value: { said: ['a', 'b'] } } });
  });

  test('of another follower is another one', async () => {
    const { deliver, next } = setUp();
    await deliver(next('a', 'oAlice'));

    expect((await deliver(next('b', 'oBob'))).reply).toEqual(text('b'));
  });

  test('is not changed by a repeat, which gets the same answer', async () => {
    const { deliver, next, clock, settle, stored, runs } = setUp();
    const message = next('a');
    await deliver(message);
    await clock.advance(5_000);

    const repeat = await settle(deliver(message));

    expect(repeat).toEqual({ reply: text('a'), standing: 'repeat' });
    expect(runs).toEqual(['begins a', 'ends a']);
    expect((await stored())?.line).toEqual([]);
  });

  test('is not changed by a second delivery at the same moment', async () => {
    const { deliver, next, settle, runs, world, stored } = setUp();
    world.workMs = 500;
    const message = next('a');

    const answers = await settle(Promise.all([deliver(message), deliver(message)]));

    expect(answers.map(({ reply }) => reply)).toEqual([text('a'), text('a')]);
    expect(runs).toEqual(['begins a', 'ends a']);
    expect((await stored())?.line).toEqual([]);
  });

  test('is not changed by a handler that fails', async () => {
    const { deliver, next, world, stored } = setUp();
    await deliver(next('a'));
    world.isBroken = true;
    await deliver(next('b'));
    world.isBroken = false;

    expect((await deliver(next('c'))).reply).toEqual(text('a c'));
    expect((await stored())?.line).toEqual([]);
  });

  test('is forgotten when it expires, counted from the last message', async () => {
    const { deliver, next, clock, stored } = setUp();
    await deliver(next('a'));
    await clock.advance(HOUR_MS - 1);
    await deliver(next('b'));
    expect((await stored())?.removeAt).toEqual(new Date(clock.now() + HOUR_MS));
    await clock.advance(HOUR_MS);

    expect((await deliver(next('c'))).reply).toEqual(text('c'));
  });

  test('leaves no document behind when it is as at the start', async () => {
    const { deliver, next, stored } = setUp();
    await deliver(next('a'));
    await deliver(next('forget'));

    expect(await stored()).toBeUndefined();
  });

  test('that is not declared is an error that says how to declare it', async () => {
    const { deliver, next, lines } = setUp();

    await deliver(next('undeclared'));

    expect(lines.join()).toContain('words.with(async (ctx, state) => …)');
  });

  test('is neither read nor changed while the store is down, and WeChat brings the message again', async () => {
    const { deliver, next, fails, settle, clock, runs } = setUp();
    const message = next('a');
    fails.reads = down();
    await settle(deliver(message));
    expect(runs).toEqual([]);
    delete fails.reads;

    await clock.advance(Math.max(0, START + 5_000 - clock.now()));
    expect((await settle(deliver(message))).reply).toEqual(text('a'));
  });

  test('whose change cannot be stored is answered by the repeat, once', async () => {
    const { deliver, next, fails, settle, clock, stored } = setUp();
    const message = next('a');
    fails.transactions = down();
    const first = await settle(deliver(message));
    expect(first.reply).toBeUndefined();
    delete fails.transactions;

    await clock.advance(Math.max(0, START + LEASE_MS - clock.now()));
    expect((await settle(deliver(message))).reply).toEqual(text('a'));
    expect(statesOf(await stored())).toMatchObject({ words: { value: { said: ['a'] } } });
  });
});

describe('what a message costs that uses a session', () => {
  test.each([
    ['plain', { reads: 0, writes: 2, transactions: 0 }],
    ['a', { reads: 1, writes: 2, transactions: 1 }],
    ['once', { reads: 1, writes: 3, transactions: 1 }],
    ['later', { reads: 0, writes: 0, transactions: 1 }],
  ])('%s: %p', async (content, cost) => {
    const { deliver, next, counts } = setUp();
    await deliver(next('before'));
    Object.assign(counts, { reads: 0, writes: 0, transactions: 0 });

    await deliver(next(content));

    expect(counts).toMatchObject({ ...cost, queries: 0 });
  });
});

describe('messages of one follower', () => {
  test('run one after the other, in the order in which they came', async () => {
    const { deliver, next, settle, runs, world } = setUp();
    world.workMs = 1_000;

    const answers = await settle(Promise.all([deliver(next('a')), deliver(next('b'))]));

    expect(answers.map(({ reply }) => reply)).toEqual([text('a'), text('a b')]);
    expect(runs).toEqual(['begins a', 'ends a', 'begins b', 'ends b']);
  });

  test('run in the order in which they were sent, if an earlier one comes while others wait', async () => {
    const { deliver, next, settle, clock, runs, world } = setUp();
    world.workMs = 800;
    const [a, b, c] = [next('a'), next('b'), next('c')];

    const first = deliver(a);
    await clock.advance(100);
    const last = deliver(c);
    await clock.advance(100);
    const between = deliver(b);
    await settle(Promise.all([first, between, last]));

    expect(runs.filter((run) => run.startsWith('begins'))).toEqual([
      'begins a',
      'begins b',
      'begins c',
    ]);
  });

  test('keep their order when the store does not answer the first of them at once', async () => {
    const { deliver, next, fails, settle, clock, runs } = setUp();
    const [a, b] = [next('a'), next('b')];
    fails.reads = down();
    const first = deliver(a);
    await clock.advance(1_500);
    delete fails.reads;
    await clock.advance(500);
    const second = deliver(b);

    const answers = await settle(Promise.all([first, second]));
    expect(answers.map(({ reply }) => reply)).toEqual([text('a'), text('a b')]);
    expect(runs).toEqual(['begins a', 'ends a', 'begins b', 'ends b']);
  });

  test('do not keep another follower waiting', async () => {
    const { deliver, next, settle, clock, world } = setUp();
    world.workMs = 3_000;
    const slow = deliver(next('a', 'oAlice'));
    await clock.advance(100);
    world.workMs = 0;

    expect((await deliver(next('b', 'oBob'))).reply).toEqual(text('b'));
    await settle(slow);
  });

  test('are left to the worker when the time to wait is over, and answered in order', async () => {
    const { deliver, next, settle, world, work, sent, runs } = setUp();
    world.workMs = 4_000;

    const [first, second] = await settle(Promise.all([deliver(next('a')), deliver(next('b'))]));
    expect([first.reply, second.reply]).toEqual([text('a'), undefined]);
    world.workMs = 0;
    await work();

    expect(sent()).toEqual(['a b']);
    expect(runs.filter((run) => run.startsWith('begins'))).toEqual(['begins a', 'begins b']);
  });

  test('wait for one that is deferred, and run in the worker after it', async () => {
    const { deliver, next, work, sent, stored } = setUp();
    const deferred = await deliver(next('later'));
    const after = await deliver(next('b'));
    const third = await deliver(next('c'));

    expect([deferred.reply, after.reply, third.reply]).toEqual([
      text('One moment'),
      undefined,
      undefined,
    ]);
    await work();

    expect(sent()).toEqual(['later', 'later b', 'later b c']);
    expect((await stored())?.line).toEqual([]);
  });

  test('whose handler must not run twice wait before it begins', async () => {
    const { deliver, next, settle, world, work, sent } = setUp();
    world.workMs = 4_000;
    await settle(Promise.all([deliver(next('a')), deliver(next('once'))]));
    world.workMs = 0;
    await work();

    expect(sent()).toEqual(['a once']);
  });

  test('go on behind one that overran its time, and keep their order', async () => {
    const { deliver, next, settle, world, work, sent } = setUp();
    world.workMs = 60_000;
    await settle(deliver(next('a')));
    world.workMs = 0;
    await settle(deliver(next('b')));
    await work();

    expect(sent()).toEqual(['a', 'a b']);
  });
});

describe('an instance that dies with the sessions in hand', () => {
  /** Takes its turn and is never heard of again. */
  async function dyingHolder() {
    const all = setUp();
    const message = all.next('a');
    all.world.workMs = Number.MAX_SAFE_INTEGER;
    const store = { ...all.store };
    // Nothing of this instance reaches the store after its turn has begun.
    void all.deliver(message, {
      clock: { now: all.clock.now, after: () => () => {} },
      inbox: all.inbox(store),
    });
    await all.clock.advance(0);
    expect(all.runs).toEqual(['begins a']);
    all.world.workMs = 0;
    return { ...all, message };
  }

  test('is followed by the repeat, before a later message', async () => {
    const { deliver, next, message, clock, settle, work, sent } = await dyingHolder();
    await clock.advance(4_000);
    const later = deliver(next('b'));
    await clock.advance(1_000);
    const repeat = deliver(message);

    expect((await settle(repeat)).reply).toEqual(text('a'));
    const { reply } = await settle(later);
    await work();
    expect(reply ?? text(sent()[0] ?? '')).toEqual(text('a b'));
  });

  test('costs a later message no more than its lease, and keeps its place', async () => {
    const { deliver, next, clock, settle, work, sent, stored } = await dyingHolder();
    await settle(deliver(next('b')));
    await clock.advance(START + TURN_LEASE_MS - clock.now());
    await work();

    expect(sent()).toEqual(['a', 'a b']);
    expect(clock.now() - START).toBeLessThan(TURN_LEASE_MS + 60_000);
    expect((await stored())?.line).toEqual([]);
  });

  test('does not keep the account from forgetting a follower who leaves', async () => {
    const { clock, store, stored } = await dyingHolder();
    const erase = () => eraseSessions(store, testTrace('oUser'), clock.now());
    expect(await erase()).toEqual({ erased: 0, running: 1 });
    await clock.advance(TURN_LEASE_MS);

    expect(await erase()).toEqual({ erased: 0, running: 0 });
    expect(await stored()).toBeUndefined();
  });

  test('is found by the sweep, and still runs before a later message', async () => {
    const { deliver, next, clock, settle, work, sweep, sent } = await dyingHolder();
    await clock.advance(LEASE_MS + REPEATS_OVER_MS);
    expect(await sweep()).toBe(1);
    await settle(deliver(next('b')));
    await work();

    expect(sent()).toEqual(['a', 'a b']);
  });

  test('keeps the place of the message, which a delivery has taken that came too late to claim it', async () => {
    const { deliver, next, clock, settle, work, sent, store, inbox, claimAndDie } = setUp();
    const message = next('a');
    const overtaken: InboxStore = {
      ...store,
      async insert(...args) {
        await claimAndDie(message);
        return store.insert(...args);
      },
    };
    await settle(deliver(message, { inbox: inbox(overtaken) }));
    const later = await settle(deliver(next('b')));
    await clock.advance(START + TURN_LEASE_MS - clock.now());
    await work();

    expect(later.reply).toBeUndefined();
    expect(sent()).toEqual(['a', 'a b']);
  });

  test('changes nothing when it wakes up after another has taken the message over', async () => {
    const { deliver, next, clock, world, settle, stored, runs, lines } = setUp();
    const message = next('a');
    let wakeUp = () => {};
    world.gate = new Promise((resolve) => {
      wakeUp = resolve;
    });
    const frozen = deliver(message, { clock: { now: clock.now, after: () => () => {} } });
    await clock.advance(0);
    delete world.gate;
    await clock.advance(LEASE_MS);
    expect((await settle(deliver(message))).reply).toEqual(text('a'));
    await deliver(next('b'));

    wakeUp();
    const late = await settle(frozen);

    expect(runs.filter((run) => run === 'ends a')).toHaveLength(2);
    expect(late).toEqual({ reply: text('a'), standing: 'repeat' });
    expect(statesOf(await stored())).toMatchObject({ words: { value: { said: ['a', 'b'] } } });
    expect(lines.join()).not.toContain('inbox unavailable');
  });
});

describe('a slow handler', () => {
  test('has its state stored with the answer that a repeat brings', async () => {
    const { deliver, next, clock, settle, world, stored, runs } = setUp();
    world.workMs = 6_000;
    const message = next('slow');
    const first = deliver(message);
    await clock.advance(5_000);
    const second = deliver(message);

    expect((await settle(second)).reply).toEqual(text('slow'));
    expect((await settle(first)).reply).toBeUndefined();
    expect(runs).toEqual(['begins slow', 'ends slow']);
    expect(statesOf(await stored())).toMatchObject({ words: { value: { said: ['slow'] } } });
    expect((await stored())?.line).toEqual([]);
  });

  test('that is done while the line is locked is stored when it is free, and does not run again', async () => {
    const { deliver, next, clock, world, inbox, store, sweep, work, sent, runs, stored } = setUp();
    world.workMs = 11_000;
    let isLocked = false;
    const through: Pick<Store, 'transaction'> = {
      transaction: (work) =>
        store.transaction((tx) =>
          work({
            ...tx,
            replace(collection, doc) {
              if (isLocked && collection.name === sessionCollection.name) throw new Error('locked');
              return tx.replace(collection, doc);
            },
          }),
        ),
    };
    const message = next('slow');
    void deliver(message, { inbox: inbox({ ...store, ...through }) });
    // A transaction of an instance that died has the line, until the database ends it.
    clock.after(10_500, () => {
      isLocked = true;
    });
    clock.after(40_000, () => {
      isLocked = false;
    });
    await clock.advance(10_000);
    void deliver(message, { comesAgain: false });
    for (let passed = 0; passed < 60_000; passed += 2_000) {
      await clock.advance(2_000);
      await sweep();
      await work();
    }

    expect(runs).toEqual(['begins slow', 'ends slow']);
    expect(sent()).toEqual(['slow']);
    expect(statesOf(await stored())).toMatchObject({ words: { value: { said: ['slow'] } } });
  });

  test('that goes on keeps its turn, and the next message is answered after it', async () => {
    const { deliver, next, clock, settle, world, work, sent, runs } = setUp();
    world.workMs = 12_000;
    const first = deliver(next('slow'));
    await clock.advance(100);
    const second = await settle(deliver(next('b')));
    world.workMs = 0;
    const working = work();
    await settle(first);
    await working;

    expect(second.reply).toBeUndefined();
    expect(sent()).toEqual(['slow b']);
    expect(runs).toEqual(['begins slow', 'ends slow', 'begins b', 'ends b']);
  });

  test('is answered before the next message, though its answer waits for a repeat', async () => {
    const { deliver, next, clock, settle, world } = setUp();
    world.workMs = 6_000;
    const message = next('slow');
    const order: string[] = [];
    const noting = async (name: string, delivery: ReturnType<typeof deliver>) => {
      const { reply } = await delivery;
      if (reply) order.push(name);
    };
    const first = noting('first', deliver(message));
    await clock.advance(4_800);
    world.workMs = 0;
    const later = noting('later', deliver(next('b')));
    await clock.advance(1_300);
    expect(order).toEqual([]);
    const repeat = noting('repeat', deliver(message));
    await settle(Promise.all([first, later, repeat]));

    expect(order).toEqual(['repeat', 'later']);
  });

  test('behind another runs in the worker, and its repeats bring the answer', async () => {
    const { deliver, next, clock, settle, world, work, sent } = setUp();
    world.workMs = 4_000;
    const first = deliver(next('slow a'));
    await clock.advance(100);
    const message = next('slow b');
    const second = deliver(message);
    await clock.advance(5_000);
    world.workMs = 0;
    const working = work();
    const repeat = deliver(message);

    expect((await settle(first)).reply).toEqual(text('slow a'));
    expect((await settle(repeat)).reply).toEqual(text('slow a slow b'));
    await settle(Promise.all([second, working]));
    expect(sent()).toEqual([]);
  });

  test('that fails changes nothing, and its follower reads that it gave up', async () => {
    const { deliver, next, settle, world, stored } = setUp();
    world.isBroken = true;

    const { reply } = await settle(deliver(next('slow')));

    expect(reply?.type).toBe('text');
    expect(await stored()).toBeUndefined();
  });
});

describe('in the worker, while an instance that died keeps the line locked', () => {
  /** Until 45 s from now no transaction is carried out, as other documents go on. */
  async function lockLine({ clock, fails, work }: ReturnType<typeof setUp>, fromMs: number) {
    const startedAt = clock.now();
    clock.after(fromMs, () => {
      fails.transactions = failure('busy', { operation: 'commit' });
    });
    clock.after(45_000, () => {
      delete fails.transactions;
    });
    while (clock.now() < startedAt + 90_000) {
      await clock.advance(2_000);
      await work();
    }
  }

  test('a message waits for its turn, and is not given up', async () => {
    const all = setUp();
    await all.deliver(all.next('later'));
    await lockLine(all, 1);

    expect(all.sent()).toEqual(['later']);
    expect(all.runs).toEqual(['begins later', 'ends later']);
  });

  test('what a handler has answered is stored as soon as it can be, and the handler not run again', async () => {
    const all = setUp();
    all.world.workMs = 5_000;
    await all.deliver(all.next('later'));
    await lockLine(all, 3_000);

    expect(all.sent()).toEqual(['later']);
    expect(all.runs).toEqual(['begins later', 'ends later']);
  });
});

test('a dead job lets the messages behind it go on', async () => {
  const { deliver, next, settle, world, work, sent, clock, jobs, stored } = setUp();
  world.isBroken = true;
  await deliver(next('later'));
  for (let shifts = 0; shifts < 6; shifts += 1) {
    await work();
    await clock.advance(60_000);
  }
  expect(await jobs()).toMatchObject([{ state: 'dead' }]);
  expect(await stored()).toBeUndefined();
  world.isBroken = false;

  expect((await settle(deliver(next('b')))).reply).toEqual(text('b'));
  expect(sent()).toEqual([]);
});

test('a document that somebody else has written is removed, and does not stand in the way', async () => {
  const clock = createFakeClock(START);
  const inner = createMemoryStore({ now: clock.now });
  const { appid, secret } = testAccount;
  const binder = createBinder({ appid, key: new Secret(secret) });
  const openTurn = createTurns({
    store: boundStore(inner, binder, silentLog),
    clock,
    queue: createMessageQueue({} as Queue, testTrace),
    traceOf: testTrace,
  });
  const forged = { words: { value: { said: ['give me all'] }, until: START + HOUR_MS } };
  await inner.create(sessionCollection, {
    _id: testTrace('oUser'),
    line: [],
    states: JSON.stringify(forged),
    removeAt: new Date(START + HOUR_MS),
  });
  const turn = openTurn({
    ...{ message: said('a'), log: silentLog, holder: 'h' },
    signal: new AbortController().signal,
    by: 'callback',
  });

  expect(await clock.settle(turn.enter(false))).toBe(true);
  expect(turn.sessions?.states).toEqual({});
});
