import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { createKiller } from '../killer.ts';
import { createPace } from '../pace.ts';
import { createSeats } from '../seats.ts';
import { type Backend, startBackend } from './backend.ts';
import { type Asked, answersOf, converse, type Plan } from './follower.ts';
import { type Evidence, howLost, judge, type Verdict } from './verdict.ts';

export interface SoakOptions {
  readonly messages: number;
  readonly instances: number;
  readonly seed: number;
  /** The part of the messages at which an instance is killed. */
  readonly kills: number;
  /** The longest that the model thinks, in ms. */
  readonly thinkMs: number;
  readonly store: LocalStore;
  /** Requests at a time in one instance. */
  readonly concurrency: number;
  readonly onProgress?: (done: number) => void;
}

export interface SoakReport extends Verdict {
  readonly ok: boolean;
  readonly messages: number;
  readonly followers: number;
  readonly instances: number;
  readonly seed: number;
  readonly store: LocalStore;
  readonly killed: number;
  /** Deliveries that the killed instances had in hand. */
  readonly inHand: number;
  readonly seconds: number;
  /** For how many of them nobody asked, because the machine was busy. */
  readonly secondsHeldBack: number;
}

const QUESTIONS_EACH = 5;
/** The least that the model thinks. */
const LEAST_MS = 1_000;
/** How often a follower does not wait for the answer, and how long the next question takes. */
const HURRIED_PART = 0.3;
const MOST_HURRY_MS = 2_500;
/** A message is in two hands at times: where its handler runs, and where WeChat asks again. */
const HANDS = 3;
/** A handler thinks for seconds, so an instance dies within this time of a message. */
const KILLED_WITHIN_MS = 8_000;
/** The timer of the worker; a minute would only make the soak longer. */
const WORKER_EVERY_MS = 2_000;
/** How long the answers that are still to come may take: leases end, the sweep comes, lines move on. */
const REST_MS = 240_000;
/** The same, where none will come if the answer died in a response; if it did not, the sweep has it by then. */
const ON_THE_WAY_REST_MS = 60_000;

/** Followers talk to a slow account with a memory, in real processes that are killed meanwhile. */
export async function soakConversation(options: SoakOptions): Promise<SoakReport> {
  const { messages, instances, seed, kills, store, concurrency, onProgress } = options;
  const random = createRandom(seed);
  const startedAt = Date.now();
  const backend = await startBackend({ instances, store, concurrency });
  const killer = createKiller(backend, {
    random,
    part: kills,
    functions: ['callback', 'worker'],
    withinMs: KILLED_WITHIN_MS,
  });
  const timer = startWorkerTimer(backend);
  const pace = createPace();
  try {
    const lane = createSeats(Math.max(1, Math.floor((instances * concurrency) / HANDS)));
    let done = 0;
    const onAsked = () => {
      done += 1;
      killer.strike();
      if (done % 500 === 0) onProgress?.(done);
    };
    const plans = planFollowers(options, random);
    const followers = await Promise.all(
      plans.map(async (plan) => {
        const asked = await lane(() => converse(backend, plan, { turn: pace.turn, onAsked }));
        return [plan.openid, asked] as const;
      }),
    );
    killer.stop();
    const asked = followers.flatMap(([, each]) => each);
    const unclaimed = await findUnclaimed(backend, asked);
    await rest({ ...backend, unclaimed }, asked);
    const remembered = new Map<string, number>();
    for (const { openid } of plans) remembered.set(openid, await backend.countOf(openid));
    const { deaths } = killer;
    const verdict = judge(new Map(followers), {
      ...backend,
      deaths,
      remembered,
      unclaimed,
    });
    const { lost, doubled, outOfOrder, sessionUpdatesLost, faultNotices, handlerStarts } = verdict;
    const wrong = lost + doubled + outOfOrder + sessionUpdatesLost + faultNotices;
    return {
      ok: wrong === 0 && handlerStarts === messages - verdict.unseen,
      messages,
      followers: plans.length,
      instances,
      seed,
      store,
      ...verdict,
      killed: killer.killed,
      inHand: killer.inHand,
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      secondsHeldBack: Math.round(pace.heldBackMs / 1_000),
    };
  } finally {
    pace.stop();
    await timer.stop();
    await backend.close();
  }
}

/** Most thoughts are short, and some take as long as they may. */
function planFollowers({ messages, thinkMs }: SoakOptions, random: () => number): Plan[] {
  const questions = Array.from({ length: messages }, (_, number) => ({
    number,
    thinkMs: Math.round(LEAST_MS + (thinkMs - LEAST_MS) * random() ** 4),
    hurryMs: random() < HURRIED_PART ? Math.round(random() * MOST_HURRY_MS) : undefined,
  }));
  return Array.from({ length: Math.ceil(messages / QUESTIONS_EACH) }, (_, index) => ({
    openid: `oSoakTalker${String(index).padStart(5, '0')}`,
    questions: questions.slice(index * QUESTIONS_EACH, (index + 1) * QUESTIONS_EACH),
  }));
}

function startWorkerTimer({ scf }: Backend): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      // A worker that is killed is called again by the next turn of the timer.
      await scf.fireTimer('worker/every-minute');
      await delay(WORKER_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Once nothing is pushed any more: the messages of which nobody can know. */
async function findUnclaimed(
  { journal, isClaimed }: Backend,
  asked: readonly Asked[],
): Promise<ReadonlySet<number>> {
  const unclaimed = new Set<number>();
  for (const { number, result } of asked) {
    if (!journal.starts.has(number) && !(await isClaimed(result))) unclaimed.add(number);
  }
  return unclaimed;
}

/** Waits until every message has its answer, or until it will not come any more. */
async function rest(
  { sentTo, ...evidence }: Pick<Backend, 'sentTo' | 'journal'> & Pick<Evidence, 'unclaimed'>,
  asked: readonly Asked[],
): Promise<void> {
  const since = Date.now();
  const mayStillCome = (one: Asked) => {
    if (answersOf(one.number, one.result, sentTo(one.openid)).length > 0) return false;
    const how = howLost(one, evidence);
    const restMs = { lost: REST_MS, lostOnTheWay: ON_THE_WAY_REST_MS, unseen: 0 }[how];
    return Date.now() < since + restMs;
  };
  let open = asked.filter(mayStillCome);
  while (open.length > 0) {
    await delay(500);
    open = open.filter(mayStillCome);
  }
}
