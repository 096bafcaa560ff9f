import { setTimeout as delay } from 'node:timers/promises';
import { inboxCollection } from '../../../shared/callback/inbox-document.ts';
import { LEASE_MS, REPEATS_OVER_MS } from '../../../shared/callback/timing.ts';
import { jobCollection } from '../../../shared/jobs/index.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { PushHome } from '../../emulator/wechat/push/home.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { createKiller } from '../killer.ts';
import { createPace } from '../pace.ts';
import { createSeats } from '../seats.ts';
import { startTroubles } from '../troubles.ts';
import { type Backend, startBackend } from './backend.ts';
import { type Costs, measureCosts } from './costs.ts';
import { createSoakWechat, type Delivered, isUnanswered, type Message } from './wechat.ts';

export interface SoakOptions {
  readonly messages: number;
  readonly instances: number;
  readonly seed: number;
  /** The part of the deliveries whose instance is killed. */
  readonly kills: number;
  /** The database of the functions. */
  readonly store: LocalStore;
  /** Requests at a time in one instance of an HTTP function; undefined: event functions. */
  readonly concurrency?: number | undefined;
  /** Where the account lives; on a server of its own unless given. */
  readonly home?: PushHome;
  /** How often the server of the database is killed, with SIGKILL. */
  readonly serverKills: number;
  /**
   * The part of the messages that may be answered before the store knows, though nobody has touched the
   * store: on a machine that has other work it answers too late once in a while. Default: none.
   */
  readonly unsettledPart?: number;
  readonly onProgress?: (done: number) => void;
}

export interface SoakReport {
  readonly messages: number;
  readonly instances: number;
  readonly seed: number;
  readonly deliveries: number;
  /** Instances killed in the middle of a delivery. */
  readonly killed: number;
  /** Deliveries that these had in hand. */
  readonly inHand: number;
  /** Runs of handlers, without those that a killed instance made necessary. */
  readonly handlerRuns: number;
  readonly rerunsAfterKill: number;
  /** Messages whose follower got neither a reply nor a customer-service message. */
  readonly lost: number;
  /** Messages with two different replies. */
  readonly conflictingReplies: number;
  /** Messages whose follower saw WeChat's fault notice although an instance lived to answer. */
  readonly faultNotices: number;
  /**
   * Messages of which every delivery died with its instance, so that no software could answer them.
   */
  readonly killedThrice: number;
  /**
   * Messages that were answered, and perhaps handled again, because the server of the store was gone
   * when it was to be told of the answer. Without such a server there are none.
   */
  readonly unsettled: number;
  /** Messages that all deliveries left behind, and the worker has handled. */
  readonly takenOverByWorker: number;
  readonly store: LocalStore;
  readonly home: PushHome;
  /** How often the server of the database was killed and started again. */
  readonly serverKills: number;
  /** What else befell it: connections cut, all of them taken, answers held back. */
  readonly serverTroubles: number;
  readonly storeWritesPerMessage: number;
  readonly storeReadsPerMessage: number;
  readonly storeWritesPerIdempotentMessage: number;
  readonly storeReadsPerIdempotentMessage: number;
  readonly costs: Costs;
  readonly seconds: number;
  readonly ok: boolean;
}

/**
 * Messages that are delivered at a time: enough that those of a killed instance delay no others.
 */
const UNDER_WAY = 64;
/** What a handler works at most. */
const WORK_MS = 20;
/**
 * The same in an HTTP function: for so long that a process has its fifty messages in hand at a pace that
 * this machine bears.
 */
const LONG_WORK_MS = 3_000;
/** An instance is killed within this time of the start of a delivery. */
const KILLED_WITHIN_MS = 40;
/** How long the worker may take for what the deliveries have left to it. */
const MOST_MINUTES = 10;
/** Most deliveries of a message come at the same moment, some a little later, some after its answer. */
const GAPS_MS = [0, 0, 2, 10, 30, 100, 1_000] as const;

/**
 * Delivers messages to real processes, each message more than once, and kills processes meanwhile.
 */
export async function soakInbox(options: SoakOptions): Promise<SoakReport> {
  const { messages: count, instances, seed, home = 'server' } = options;
  const random = createRandom(seed);
  const startedAt = Date.now();
  const isHttpFunction = options.concurrency !== undefined;
  const backend = await startBackend(instances, options);
  const pace = isHttpFunction ? createPace() : undefined;
  try {
    const killer = createKiller(backend, {
      random,
      part: options.kills,
      functions: ['callback'],
      withinMs: KILLED_WITHIN_MS,
    });
    const seats = instances * (options.concurrency ?? 1);
    const deliver = createSoakWechat(backend, {
      seat: createSeats(seats),
      killer,
      home,
      isHttpFunction,
    });
    const mostWorkMs = isHttpFunction ? LONG_WORK_MS : WORK_MS;
    const messages = Array.from({ length: count }, (_, n) => plan(n, random, mostWorkMs));
    const delivered: Delivered[] = [];
    const { store, serverKills: kills } = options;
    const troubles = startTroubles(backend.database, { kills, random: createRandom(seed + 1) });
    const lane = createSeats(Math.max(UNDER_WAY, seats));
    await Promise.all(
      messages.map((message) =>
        lane(async () => {
          await pace?.turn();
          delivered.push(await deliver(message));
          troubles.noteProgress(delivered.length / count);
          if (delivered.length % 500 === 0) options.onProgress?.(delivered.length);
        }),
      ),
    );
    const befallen = await troubles.stop();
    const takenOverByWorker = await sweep(backend);
    const told = tell(delivered, backend);
    const costs = await killer.spare(() => measureCosts(backend, deliver, count));
    const { ordinary, idempotent } = costs;
    const report = {
      messages: count,
      instances,
      seed,
      ...told,
      store,
      home,
      ...befallen,
      killed: killer.killed,
      inHand: killer.inHand,
      takenOverByWorker,
      storeWritesPerMessage: ordinary.writes,
      storeReadsPerMessage: ordinary.reads,
      storeWritesPerIdempotentMessage: idempotent.writes,
      storeReadsPerIdempotentMessage: idempotent.reads,
      costs,
      seconds: Math.round((Date.now() - startedAt) / 1_000),
    };
    const wrong = told.lost + told.conflictingReplies + told.faultNotices;
    const isExcused = kills > 0 || told.unsettled <= (options.unsettledPart ?? 0) * count;
    return { ...report, ok: wrong === 0 && isExcused && told.handlerRuns === count };
  } finally {
    pace?.stop();
    await backend.close();
  }
}

function plan(number: number, random: () => number, mostWorkMs: number): Message {
  const deliveries = 1 + Math.floor(random() * 3);
  let atMs = 0;
  const deliveriesAt = Array.from({ length: deliveries }, (_, n) => {
    if (n > 0) atMs += (GAPS_MS[Math.floor(random() * GAPS_MS.length)] ?? 0) * (0.5 + random());
    return atMs;
  });
  const kind = number % 3 === 0 ? 'synchronous' : 'ordinary';
  const workMs = Math.floor(random() * mostWorkMs);
  return { number, content: `${kind} ${number} ${workMs}`, deliveriesAt };
}

/** Runs the worker until it has done everything that the deliveries left to it. */
async function sweep({ scf, database }: Backend): Promise<number> {
  const claims = () => database.count(inboxCollection.name, { state: 'claimed' });
  const left = await claims();
  if (left > 0) await delay(LEASE_MS + REPEATS_OVER_MS);
  let minutes = 0;
  // A shift may be over before everything is done: then the next minute goes on.
  do {
    const outcome = await scf.fireTimer('every-minute');
    if (!outcome.ok) throw new Error(`The worker failed: ${outcome.error.errorMessage}`);
    minutes += 1;
  } while (minutes < MOST_MINUTES && (await isLeft()));
  return left - (await claims());

  async function isLeft(): Promise<boolean> {
    return (
      (await claims()) > 0 || (await database.count(jobCollection.name, { state: 'ready' })) > 0
    );
  }
}

/** Compares what the followers and the handlers saw of the messages. */
function tell(delivered: readonly Delivered[], { runs, unsettled, sent }: Backend) {
  const sentTo = new Map<string, string[]>();
  for (const { message } of sent) {
    const { text } = message as { readonly text?: { readonly content: string } };
    const [about = '', words = ''] = text?.content.split(': ') ?? [];
    sentTo.set(about, [...(sentTo.get(about) ?? []), words]);
  }
  const counts = {
    deliveries: 0,
    lost: 0,
    conflictingReplies: 0,
    faultNotices: 0,
    killedThrice: 0,
    unsettled: 0,
  };
  let [handlerRuns, rerunsAfterKill] = [0, 0];
  for (const { message, answers } of delivered) {
    counts.deliveries += answers.length;
    const replies = answers.flatMap((one) => (one.kind === 'reply' ? [one.text] : []));
    const words = new Set([
      ...replies.map((text) => text.split(': ')[1]),
      ...(sentTo.get(message.content) ?? []),
    ]);
    const isUnsettled = unsettled.has(message.number);
    if (isUnsettled) counts.unsettled += 1;
    if (words.size === 0) counts.lost += 1;
    if (words.size > 1 && !isUnsettled) counts.conflictingReplies += 1;
    const isFault = answers.some(({ kind }) => kind === 'fault') || answers.every(isUnanswered);
    if (answers.every(({ kind }) => kind === 'killed')) counts.killedThrice += 1;
    else if (isFault) counts.faultNotices += 1;
    const ran = runs.get(message.number) ?? 0;
    const isSynchronous = message.content.startsWith('synchronous');
    // A claim may die with its instance before the handler begins, and after. A synchronous handler
    // may run in each delivery of the same moment; that all get one reply is counted above.
    const mayRunAgain = isSynchronous || isUnsettled || answers.some(isUnanswered);
    const excused = mayRunAgain ? Math.max(0, ran - 1) : 0;
    if (!isSynchronous) rerunsAfterKill += excused;
    handlerRuns += ran - excused;
  }
  return { ...counts, handlerRuns, rerunsAfterKill };
}
