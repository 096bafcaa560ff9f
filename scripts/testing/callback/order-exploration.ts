import * as v from 'valibot';
import { defer } from '../../../shared/account/defer.ts';
import { Router } from '../../../shared/account/router.ts';
import { session } from '../../../shared/account/session.ts';
import { slow } from '../../../shared/account/slow.ts';
import { judgeFailure } from '../../../shared/app/parts/judge-failure.ts';
import type { DeliveryOptions } from '../../../shared/callback/delivery-options.ts';
import { createTurns } from '../../../shared/callback/follower-turn.ts';
import { handleMessage } from '../../../shared/callback/handle-message.ts';
import { createInbox } from '../../../shared/callback/inbox.ts';
import type { InboxStore } from '../../../shared/callback/inbox-options.ts';
import { KeptAnswers } from '../../../shared/callback/kept-answers.ts';
import { createMessageJob } from '../../../shared/callback/message-job.ts';
import { createMessageQueue } from '../../../shared/callback/message-queue.ts';
import { sessionCollection, statesOf } from '../../../shared/callback/session-document.ts';
import { createSweep } from '../../../shared/callback/sweep.ts';
import {
  LEASE_MS,
  REPEAT_AFTER_MS,
  REPEATS_OVER_MS,
  TURN_LEASE_MS,
} from '../../../shared/callback/timing.ts';
import { createQueue, createWorker } from '../../../shared/jobs/index.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { reasonOf } from '../../../shared/store/failure.ts';
import type { Store } from '../../../shared/store/store.ts';
import { messageId } from '../../../shared/wechat/message/message-id.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';
import { createFakeWechat } from '../fake-wechat.ts';
import { type Actor, type Choose, createStage, type Disturbances, type Ending } from '../stage.ts';
import { inMemory, type OpenPlayedStore } from '../store/played-store.ts';
import { testTrace } from '../test-account.ts';
import { gatedStore } from './gated-store.ts';
import { said } from './inbox-fixture.ts';

/** Longer than a lease: an instance that wakes up is too late. */
const FROZEN_MS = TURN_LEASE_MS + 1_000;
const SHIFT_MS = 15_000;
const SEND = '/cgi-bin/message/custom/send';

export const orderedRoutes = ['ordinary', 'slow', 'deferred'] as const;

/** One delivery of the first or the second message of a follower, to an instance of its own. */
export interface OrderedDelivery {
  readonly message: 'a' | 'b';
  readonly atMs: number;
  readonly skewMs: number;
}

export interface OrderScenario {
  readonly route: (typeof orderedRoutes)[number];
  readonly deliveries: readonly OrderedDelivery[];
  /** A worker is at work from then on, beside the deliveries. */
  readonly workerAtMs?: number;
  readonly disturbances: Disturbances;
}

export interface OrderExploration extends Ending {
  /** What the follower has said, as the account remembers it in the end. */
  readonly remembered: readonly string[];
  /** Broken promises; empty if sessions and their order are sound. */
  readonly violations: readonly string[];
}

/**
 * Plays the deliveries of two messages of one follower, in the order that `choose` gives, and then the
 * sweep and the worker, until nothing remains to be done.
 */
export async function exploreOrder(
  { route, deliveries, workerAtMs, disturbances }: OrderScenario,
  choose: Choose,
  open: OpenPlayedStore = inMemory,
): Promise<OrderExploration> {
  const stage = createStage({
    skewsMs: [...deliveries.map(({ skewMs }) => skewMs), ...(workerAtMs === undefined ? [] : [0])],
    disturbances,
    freezeMs: FROZEN_MS,
    settled: () => settled(),
  });
  const { store: shared, settled } = await open(stage.now);
  const violations: string[] = [];
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: stage.now });
  const messages = {
    a: said('a', { MsgId: '9' }),
    b: said('b', { MsgId: '10' }),
    c: said('c', { MsgId: '11' }),
  };
  const answers = { a: new Set<string>(), b: new Set<string>(), c: new Set<string>() };
  /** The messages in the order in which they came into the line. */
  const places: string[] = [];
  const atWork = new Set<object>();
  const living = new Set<Actor>(stage.actors);
  /** The messages of which a delivery has lived to its end. */
  const arrived = new Set<string>();

  for (const [index, actor] of stage.actors.entries()) {
    actor.onCrash(() => {
      living.delete(actor);
      atWork.delete(actor);
    });
    const { atMs = workerAtMs ?? 0 } = deliveries[index] ?? {};
    const isWorker = index === deliveries.length;
    actor.clock.after(atMs, () => void (isWorker ? workAs(actor) : live(actor, index)));
  }
  const ending = await stage.play(choose, () => living.size === 0);
  if (ending.how !== 'over') violations.push(`the play is ${ending.how}`);
  atWork.clear();
  await finish();
  const remembered = await judge();
  return { ...ending, remembered, violations };

  async function live(actor: Actor, index: number): Promise<void> {
    const { message: name, atMs } = deliveries[index] as OrderedDelivery;
    await deliver(name, actor, gatedStore(actor, shared, notePlaces), {
      comesAgain: deliveries.some((later) => later.message === name && later.atMs > atMs),
      isRepeat: atMs >= REPEAT_AFTER_MS,
    });
    arrived.add(name);
    living.delete(actor);
  }

  /** One shift of a worker, long enough for both messages. */
  async function workAs(actor: Actor): Promise<void> {
    const store = gatedStore(actor, shared, notePlaces);
    try {
      await workerOn(store, actor).work({ untilMs: actor.clock.now() + SHIFT_MS });
    } catch (error) {
      // The store has failed, and the next shift goes on.
      if (reasonOf(error) === undefined) violations.push(String(error));
    }
    living.delete(actor);
  }

  async function deliver(
    name: keyof typeof messages,
    actor: Pick<Actor, 'gate' | 'clock'>,
    store: InboxStore,
    course: Pick<DeliveryOptions, 'comesAgain' | 'isRepeat'>,
  ): Promise<void> {
    const { clock } = actor;
    const queue = queueOn(shared, clock);
    const { reply } = await handleMessage(messages[name], {
      handle: accountFor(actor).middleware({}),
      api: createFakeWechat({}).api,
      clock,
      log,
      pushedAt: clock.now(),
      sentAt: clock.now(),
      ...course,
      inbox: createInbox({
        ...{ store, clock, queue, keptMs: 3_600_000, traceOf: testTrace },
        right: { isMissing: async () => false, noteRefusal: async () => {} },
      }),
      queue,
      openTurn: createTurns({ store, clock, queue, traceOf: testTrace }),
      withoutStore: 'answer',
      goesOn: true,
    });
    if (reply?.type === 'text') note(name, reply.content);
  }

  function accountFor(actor: Pick<Actor, 'gate'>): Router {
    const words = session({
      name: 'words',
      schema: v.strictObject({ said: v.array(v.string()) }),
      initial: { said: [] },
      expiresAfterMinutes: 60,
    });
    const remember = words.with(async (ctx, state) => {
      const { content } = ctx.message as { readonly content: string };
      // One that was frozen longer than its lease does not know that it is too late.
      if (atWork.size > 0 && disturbances.freezes === 0) violations.push('two are at it at once');
      atWork.add(actor);
      ctx.signal.addEventListener('abort', () => atWork.delete(actor));
      await actor.gate('work');
      atWork.delete(actor);
      state.said.push(content);
      ctx.reply(state.said.join(' '));
    });
    const routes = { ordinary: remember, slow: slow(remember), deferred: defer(remember) };
    return new Router().use(routes[route]);
  }

  /**
   * The sweep and the worker, after WeChat has given up, and a third message, which nothing may stand in
   * the way of; nothing disturbs them.
   */
  async function finish(): Promise<void> {
    const clock = createFakeClock(stage.now() + FROZEN_MS + LEASE_MS + REPEATS_OVER_MS);
    stage.set(clock.now());
    const undisturbed = { clock, gate: () => Promise.resolve(undefined) };
    const queue = queueOn(shared, clock);
    await createSweep({ store: shared, clock, log, queue })();
    const worker = workerOn(shared, undisturbed);
    const work = () => worker.work({ untilMs: clock.now() + 120_000 });
    await until(clock, work());
    await until(
      clock,
      deliver('c', undisturbed, shared, { comesAgain: false, isRepeat: false }).then(work),
    );
  }

  function note(name: keyof typeof messages, content: string): void {
    // A slow route also says that it is too late for an answer.
    if (/^[abc ]+$/.test(content)) answers[name].add(content);
  }

  function workerOn(store: InboxStore, actor: Pick<Actor, 'gate' | 'clock'>) {
    const { clock } = actor;
    const queue = queueOn(shared, clock);
    const job = createMessageJob({
      ...{ api: apiOf(), clock },
      handle: accountFor(actor).middleware({}),
      kept: new KeptAnswers({ store, clock, traceOf: testTrace, keptMs: 3_600_000 }),
      right: { isMissing: async () => false, noteRefusal: async () => {} },
      openTurn: createTurns({ store, clock, queue, traceOf: testTrace }),
    });
    return createWorker({
      ...{ store, jobs: [job], clock, log, random: () => 0, judge: judgeFailure },
    });
  }

  function apiOf() {
    // A worker that dies behind WeChat's receipt cannot say that it has sent it.
    const mayRepeat = workerAtMs !== undefined && Object.values(disturbances).some((n) => n > 0);
    return createFakeWechat({
      [SEND]({ json }) {
        const { content } = (json as { readonly text: { readonly content: string } }).text;
        const name = content.slice(-1) as keyof typeof messages;
        const isRepeat = answers[name]?.has(content) && !mayRepeat;
        if (isRepeat) violations.push(`"${content}" was sent once more`);
        note(name, content);
        return { errcode: 0, errmsg: 'ok' };
      },
    }).api;
  }

  /** Time stands still while the store is asked, also by one that takes real time. */
  async function until(clock: FakeClock, work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    for (await settled(); !isOver; await settled()) await clock.advance(50);
    await over;
  }

  function queueOn(store: Store, clock: Actor['clock']) {
    const wakeWorker = () => Promise.resolve();
    return createMessageQueue(createQueue({ store, clock, log, wakeWorker }), testTrace);
  }

  async function notePlaces(): Promise<void> {
    const line = (await shared.get(sessionCollection, testTrace('oUser')))?.doc.line ?? [];
    for (const { message } of line) {
      const name = message === messageId(messages.a) ? 'a' : 'b';
      if (!places.includes(name)) places.push(name);
    }
  }

  async function judge(): Promise<readonly string[]> {
    const doc = (await shared.get(sessionCollection, testTrace('oUser')))?.doc;
    const { words } = statesOf(doc);
    const remembered = (words?.value as { readonly said: string[] } | undefined)?.said ?? [];
    // Where the store failed WeChat is to bring the message again, and the play may end before.
    const isLost = lines.some((line) => /"message (lost|held|handled here)"/.test(line));
    if (new Set(remembered).size !== remembered.length) violations.push('stored twice');
    for (const name of [...arrived, 'c']) {
      if (!remembered.includes(name) && !isLost) violations.push(`${name} is lost`);
    }
    const said = remembered.join('');
    if (places.join() === 'a,b' && said.startsWith('ba')) violations.push('out of order');
    if (said.indexOf('c') !== said.length - 1) violations.push('the last message overtook another');
    if ((doc?.line.length ?? 0) > 0) violations.push('somebody is left in the line');
    for (const [name, given] of Object.entries(answers)) {
      if (given.size > 1) violations.push(`${name} was answered ${[...given].join(' and ')}`);
      const upTo = remembered.slice(0, remembered.indexOf(name) + 1).join(' ');
      if (given.size > 0 && !given.has(upTo)) {
        violations.push(`${name} was answered ${[...given].join()}, and ${upTo} is remembered`);
      }
    }
    return remembered;
  }
}

/** As WeChat brings two messages: each again when it has waited for 5 s. */
export const orderedInTurn: readonly OrderedDelivery[] = [
  { message: 'a', atMs: 0, skewMs: 0 },
  { message: 'b', atMs: 100, skewMs: 500 },
  { message: 'a', atMs: 5_000, skewMs: -500 },
  { message: 'b', atMs: 5_100, skewMs: 0 },
];

/** Both at once, and the second one first. */
export const orderedAtOnce: readonly OrderedDelivery[] = [
  { message: 'b', atMs: 0, skewMs: 0 },
  { message: 'a', atMs: 0, skewMs: 500 },
  { message: 'a', atMs: 5_000, skewMs: -500 },
  { message: 'b', atMs: 5_000, skewMs: 0 },
];
