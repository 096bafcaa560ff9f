import { chinaTime } from '../kernel/china-time.ts';
import { present } from '../kernel/present.ts';
import type { Batch, Broadcast } from './broadcast-document.ts';
import type { Plan } from './plan.ts';
import { ended, type SendResult } from './results.ts';
import { type BatchState, isOver } from './states.ts';

/** A broadcast as operators see it; it names no follower. Times in ms since the epoch. */
export interface MassSendSummary {
  readonly id: string;
  readonly requestId: string;
  /** The answer to a submission that was made before: nothing new was sent. */
  readonly isRepeat?: true;
  readonly state: Broadcast['state'];
  readonly isOver: boolean;
  /** 0 to 1. */
  readonly progress: number;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly finishedAt?: number;
  readonly audience: Broadcast['audience'];
  readonly delivery: Broadcast['delivery'];
  readonly batches: Readonly<Partial<Record<BatchState, number>>>;
  readonly followers: {
    /** Followers laid down to get it; 0 for one call, where only WeChat knows them. */
    readonly taken: number;
    /** Followers in batches that WeChat took, and in batches that it may have taken. */
    readonly accepted: number;
    readonly unknown: number;
    /** Followers whom it did not reach, since it was cancelled, stopped or refused. */
    readonly notSent: number;
    /** WeChat's own counts: followers left after its own rules, and of these reached and not. */
    readonly afterFilter: number;
    readonly sent: number;
    readonly failed: number;
  };
  readonly leftOut: Broadcast['leftOut'];
  readonly waiting?: Broadcast['waiting'];
  readonly reason?: string;
  /** WeChat's ids and words for each batch; `copyright` is WeChat's CheckState: 1, 2 or 3. */
  readonly results: readonly {
    readonly batch: number;
    readonly state: BatchState;
    readonly size: number;
    readonly msgId?: string;
    readonly status?: string;
    readonly sent?: number;
    readonly copyright?: number;
  }[];
  /** The same in sentences. */
  readonly lines: readonly string[];
}

/** Sums up a broadcast, with the results that have come since the worker last looked. */
export function summaryOf(
  given: Broadcast,
  news: ReadonlyMap<string, SendResult>,
): MassSendSummary {
  const doc = { ...given, batches: given.batches.map((batch) => withNews(batch, news)) };
  const { batches } = doc;
  const states: Partial<Record<BatchState, number>> = {};
  for (const { state } of batches) states[state] = (states[state] ?? 0) + 1;
  const sizeOf = (...chosen: BatchState[]) =>
    batches.reduce((sum, { state, size }) => sum + (chosen.includes(state) ? size : 0), 0);
  const sumOf = (name: 'sent' | 'afterFilter' | 'failed') =>
    batches.reduce((sum, batch) => sum + (batch[name] ?? 0), 0);
  const summary: Omit<MassSendSummary, 'lines'> = {
    id: doc._id,
    requestId: doc.requestId,
    state: doc.state,
    isOver: isOver(doc.state),
    progress: progressOf(doc),
    createdAt: doc.createdAt.getTime(),
    startsAt: doc.at,
    audience: doc.audience,
    delivery: doc.delivery,
    batches: states,
    followers: {
      taken: doc.taken,
      accepted: sizeOf('accepted', 'done'),
      unknown: sizeOf('unknown', 'sending'),
      notSent: sizeOf('left', 'refused', 'failed'),
      sent: sumOf('sent'),
      afterFilter: sumOf('afterFilter'),
      failed: sumOf('failed'),
    },
    leftOut: doc.leftOut,
    ...present({
      finishedAt: doc.finishedAt,
      waiting: isOver(doc.state) ? undefined : doc.waiting,
      reason: doc.reason,
    }),
    results: batches.map(({ state, size, msgId, status, sent, copyright }, batch) => ({
      batch,
      state,
      size,
      ...present({ msgId, status, sent, copyright }),
    })),
  };
  return { ...summary, lines: linesOf(summary) };
}

function withNews(batch: Batch, news: ReadonlyMap<string, SendResult>): Batch {
  const result = batch.msgId === undefined ? undefined : news.get(batch.msgId);
  return batch.state === 'accepted' && result ? ended(batch, result) : batch;
}

/** Preparing is a fifth of the way, sending is most of it, the results are the rest. */
function progressOf({ state, batches }: Broadcast): number {
  if (isOver(state)) return 1;
  if (batches.length === 0) return state === 'scheduled' ? 0 : 0.1;
  const weight: Partial<Record<BatchState, number>> = { ready: 0, sending: 0, accepted: 0.8 };
  const done = batches.reduce((sum, batch) => sum + (weight[batch.state] ?? 1), 0);
  return Math.round((0.2 + (0.8 * done) / batches.length) * 1_000) / 1_000;
}

function linesOf(summary: Omit<MassSendSummary, 'lines'>): string[] {
  const { state, startsAt, batches, followers, waiting, reason, results } = summary;
  const isSplit = results.length > 1;
  const open = results.filter((each) => each.state === 'failed' || each.state === 'unknown');
  return [
    ...(state === 'scheduled' ? [`It starts at ${chinaTime(startsAt)} in China.`] : []),
    ...(waiting
      ? [`It waits for "${waiting.rule}" until ${chinaTime(waiting.until)} in China.`]
      : []),
    ...(reason ? [`It ended early: ${reason}.`.replace(/\.\.$/, '.')] : []),
    ...(isSplit
      ? [
          `Batches: ${Object.entries(batches)
            .map(([name, n]) => `${n} ${name}`)
            .join(', ')}.`,
        ]
      : []),
    ...(followers.notSent > 0 ? [`Not sent to ${followers.notSent} followers.`] : []),
    ...open.map(({ batch, state: how, status, size }) =>
      how === 'unknown'
        ? `Batch ${batch} (${size} followers) may have been sent: WeChat's answer never came.`
        : `Batch ${batch} (${size} followers) was not sent by WeChat: ${status}.`,
    ),
    ...leftOutLines(summary.leftOut),
  ];
}

export function leftOutLines(leftOut: Plan['leftOut']): string[] {
  const why: Record<keyof Plan['leftOut'], string> = {
    blocked: 'on the blacklist',
    month: 'have had the messages of this month',
    day: 'have had the messages of this day',
    unknown: 'not among the followers',
  };
  return (Object.keys(why) as (keyof typeof why)[])
    .filter((name) => leftOut[name] > 0)
    .map((name) => `Left out: ${leftOut[name]} ${why[name]}.`);
}
