import { defer, withoutRerun } from '../../../shared/account/defer.ts';
import { idempotent } from '../../../shared/account/idempotent.ts';
import { type Handler, Router } from '../../../shared/account/router.ts';
import { slow } from '../../../shared/account/slow.ts';
import { createTurns } from '../../../shared/callback/follower-turn.ts';
import { handleMessage } from '../../../shared/callback/handle-message.ts';
import { createInbox } from '../../../shared/callback/inbox.ts';
import { type InboxDocument, inboxCollection } from '../../../shared/callback/inbox-document.ts';
import { createMessageQueue } from '../../../shared/callback/message-queue.ts';
import { createSweep } from '../../../shared/callback/sweep.ts';
import {
  FOLLOW_WITHIN_MS,
  LEASE_MS,
  REPEAT_AFTER_MS,
  REPEATS_OVER_MS,
} from '../../../shared/callback/timing.ts';
import { createJobOperator, createQueue } from '../../../shared/jobs/index.ts';
import { sleep } from '../../../shared/kernel/clock.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import type { Api } from '../../../shared/wechat/client/index.ts';
import { messageId } from '../../../shared/wechat/message/message-id.ts';
import { silentLog } from '../jobs/job-fixture.ts';
import {
  type Actor,
  type Choose,
  createStage,
  type Disturbances,
  type Ending,
  type Stage,
} from '../stage.ts';
import { inMemory, type OpenPlayedStore } from '../store/played-store.ts';
import { testTrace } from '../test-account.ts';
import { gatedStore } from './gated-store.ts';
import { said } from './inbox-fixture.ts';

/** Longer than a lease: an instance that wakes up is too late. */
const FROZEN_MS = LEASE_MS + 1_000;
/** About as long as a handler may take, and no longer than a repeat waits. */
const SLOW_MS = FOLLOW_WITHIN_MS - 200;
/** Longer than WeChat waits, so that the handler goes on while the second delivery waits for it. */
const LONG_MS = 7_000;
/** WeChat reads no answer that comes later. */
const HEARD_WITHIN_MS = 5_000;
const INTERIM = 'One moment';
const GAVE_UP = 'No answer';

export interface PlayedDelivery {
  readonly atMs: number;
  /** How far the clock of its instance is from the true time. */
  readonly skewMs: number;
}

export interface Scenario {
  readonly route: 'synchronous' | 'ordinary' | 'slow' | 'idempotent' | 'deferred' | 'once' | 'long';
  /** Of one message, each to another instance. After the last one WeChat gives up. */
  readonly deliveries: readonly PlayedDelivery[];
  readonly disturbances: Disturbances;
}

export interface Exploration extends Ending {
  /** How often the handler began, and came to its end. */
  readonly runs: number;
  readonly ends: number;
  /** What WeChat was answered in time, in the order of the deliveries; `undefined` by one that died. */
  readonly answers: readonly (string | undefined)[];
  readonly jobs: number;
  readonly swept: number;
  /** Broken promises; empty if the inbox is sound. */
  readonly violations: readonly string[];
}

/**
 * Plays the deliveries of one message, in the order that `choose` gives, and then the worker's
 * sweep.
 */
export async function explore(
  scenario: Scenario,
  choose: Choose,
  open: OpenPlayedStore = inMemory,
): Promise<Exploration> {
  const { route, deliveries, disturbances } = scenario;
  const skewsMs = deliveries.map(({ skewMs }) => skewMs);
  const stage: Stage = createStage({
    skewsMs,
    disturbances,
    freezeMs: FROZEN_MS,
    settled: () => settled(),
  });
  const { store: shared, settled } = await open(stage.now);
  const message = said('hi');
  const violations: string[] = [];
  const answers: (string | undefined)[] = deliveries.map(() => undefined);
  const atWork = new Set<Actor>();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: stage.now });
  const living = new Set<Actor>(stage.actors);
  let [runs, ends] = [0, 0];

  const clock = { now: stage.now, after: () => () => {} };
  const jobQueue = createQueue({
    store: shared,
    clock,
    log: silentLog,
    wakeWorker: async () => {},
  });
  const queue = createMessageQueue(jobQueue, testTrace);
  /** This account may send. */
  const right = { isMissing: async () => false, noteRefusal: async () => {} };
  const document = async () => (await shared.get(inboxCollection, messageId(message)))?.doc;

  for (const [index, actor] of stage.actors.entries()) {
    actor.onCrash(() => {
      living.delete(actor);
      atWork.delete(actor);
    });
    actor.clock.after(deliveries[index]?.atMs ?? 0, () => void live(actor, index));
  }
  const ending = await stage.play(choose, () => living.size === 0);
  if (ending.how !== 'over') violations.push(`the play is ${ending.how}`);
  const given = answers.filter((one) => one !== undefined && one !== '');
  // The store was out of reach when it was to be told, and WeChat was answered all the same.
  const isUnsettled = lines.some((line) => /"settle"|message handled here|"not noted"/.test(line));

  // A holder that was frozen may have claimed it a moment ago.
  stage.set(stage.now() + FROZEN_MS + LEASE_MS + REPEATS_OVER_MS);
  const sweep = createSweep({ store: shared, clock, log: silentLog, queue });
  const swept = await sweep();
  const jobs = (await createJobOperator({ store: shared, clock, queue: jobQueue }).list()).length;
  judge(await document());
  return { ...ending, runs, ends, answers, jobs, swept, violations };

  /** One delivery to one instance. */
  async function live(actor: Actor, index: number): Promise<void> {
    const store = gatedStore(actor, shared);
    const arrivedAt = stage.now();
    const { reply } = await handleMessage(message, {
      handle: accountFor(actor).middleware({}),
      // Nothing here writes to the follower.
      api: {} as Api,
      clock: actor.clock,
      log,
      pushedAt: actor.clock.now(),
      sentAt: actor.clock.now(),
      comesAgain: index < deliveries.length - 1,
      isRepeat: (deliveries[index]?.atMs ?? 0) >= REPEAT_AFTER_MS,
      inbox: createInbox({
        store,
        clock: actor.clock,
        queue,
        right,
        keptMs: 3_600_000,
        traceOf: testTrace,
      }),
      queue,
      openTurn: createTurns({ store, clock: actor.clock, queue, traceOf: testTrace }),
      withoutStore: 'answer',
      goesOn: true,
    });
    if (reply && reply.type !== 'text') violations.push('a reply of another type');
    const isHeard = stage.now() - arrivedAt < HEARD_WITHIN_MS;
    answers[index] = isHeard && reply?.type === 'text' ? reply.content : '';
    living.delete(actor);
  }

  function accountFor(actor: Actor): Router {
    const handler: Handler = async (ctx) => {
      runs += 1;
      const mine = `answer ${runs}`;
      // Without an answer of the store a message is handled once at least.
      const isUnclaimed = lines.some((line) => line.includes('"claim"'));
      const mayMeet = route === 'idempotent' || disturbances.freezes > 0 || isUnclaimed;
      if (atWork.size > 0 && !mayMeet) violations.push('two are at it at once');
      atWork.add(actor);
      // One that goes on after that has been told to stop.
      ctx.signal.addEventListener('abort', () => atWork.delete(actor));
      if (route === 'slow') await sleep(actor.clock, SLOW_MS);
      if (route === 'long') await sleep(actor.clock, LONG_MS);
      await actor.gate('work');
      atWork.delete(actor);
      ends += 1;
      ctx.reply(mine);
    };
    const routes = {
      synchronous: ((ctx) => {
        runs += 1;
        ends += 1;
        ctx.reply(`answer ${runs}`);
      }) satisfies Handler,
      ordinary: handler,
      slow: handler,
      idempotent: idempotent(handler),
      deferred: defer(handler, { interim: INTERIM }),
      once: withoutRerun(handler),
      long: slow(handler, { words: { interim: INTERIM, gaveUp: GAVE_UP } }),
    };
    return new Router().use(routes[route]);
  }

  function judge(doc: InboxDocument | undefined): void {
    const texts = new Set(given);
    // The worker has a message that is claimed without a time limit.
    const isInWorker = doc?.isSlow && doc.dueAt === undefined && jobs > 0;
    if (doc && doc.state !== 'done' && !isInWorker)
      violations.push('the message is not done in the end');
    // A last delivery that never reaches the store says so, whatever an earlier one was answered.
    if (lines.some((line) => line.includes('message lost'))) texts.delete(GAVE_UP);
    if (texts.size > 1 && !isUnsettled) violations.push(`answered ${[...texts].join(' and ')}`);
    if (texts.has(INTERIM) && jobs === 0 && !isUnsettled)
      violations.push('promised, and no job will do it');
    if (route === 'once') {
      if (runs > 1) violations.push('it ran twice');
      return;
    }
    if (ends === 0 && jobs === 0 && !given.includes(GAVE_UP))
      violations.push('the message is lost');
    // What was promised in a response is kept by a job.
    const isAnswered = route !== 'deferred' && texts.size > 0 && !texts.has(INTERIM);
    if (isAnswered && jobs > 0 && !isUnsettled) violations.push('answered, and again');
  }
}
