import type { Delivery } from '../../emulator/wechat/push/deliver.ts';
import type { Start } from './backend.ts';
import { type Asked, answersOf } from './follower.ts';

/** What the followers, the handlers and the sessions tell of a soak. */
export interface Verdict {
  /** Starts of handlers, without those that a killed instance made necessary. */
  readonly handlerStarts: number;
  readonly rerunsAfterKill: number;
  /** Messages without an answer. */
  readonly lost: number;
  /** Messages with more than one. */
  readonly doubled: number;
  /** Messages that were handled before one that was sent earlier. */
  readonly outOfOrder: number;
  /** The same, where the first push of the earlier one died with its instance: nothing knew of it yet. */
  readonly overtakenAfterKill: number;
  /** Answers that a session does not count, or counts twice. */
  readonly sessionUpdatesLost: number;
  /** Messages whose follower saw WeChat's notice although no instance died with their pushes. */
  readonly faultNotices: number;
  /** How the answers came. */
  readonly ways: Readonly<Record<'inTime' | 'whileAskedAgain' | 'later', number>>;
}

/** WeChat hangs up after 5 s: what ended sooner without an answer has died. */
const HUNG_UP_MS = 4_900;
/** From the end of a thought until its answer is stored. */
const STORED_WITHIN_MS = 3_000;

export function judge(
  followers: readonly (readonly Asked[])[],
  {
    starts,
    deaths,
    sentTo,
  }: {
    readonly starts: ReadonlyMap<number, readonly Start[]>;
    readonly deaths: ReadonlyMap<number, number>;
    readonly sentTo: (openid: string) => readonly string[];
  },
): Verdict {
  const ways = { inTime: 0, whileAskedAgain: 0, later: 0 };
  const counts = { handlerStarts: 0, rerunsAfterKill: 0, lost: 0, doubled: 0, faultNotices: 0 };
  const order = { outOfOrder: 0, overtakenAfterKill: 0, sessionUpdatesLost: 0 };
  for (const asked of followers) {
    const counted: { readonly count: number; readonly isBroken: boolean }[] = [];
    for (const one of asked) {
      const { number, thinkMs, result, openid } = one;
      const ran = starts.get(number) ?? [];
      const reruns = ran.filter((_, index) => {
        const before = ran[index - 1];
        const diedAt = before && deaths.get(before.pid);
        if (!before || diedAt === undefined) return false;
        return diedAt >= before.at && diedAt <= before.at + thinkMs + STORED_WITHIN_MS;
      }).length;
      counts.rerunsAfterKill += reruns;
      counts.handlerStarts += ran.length - reruns;
      const answers = answersOf(number, result, sentTo(openid));
      const [answer] = answers;
      const isBroken = result.deliveries.some(wasBroken);
      if (!answer) counts.lost += 1;
      else counted.push({ count: answer.count, isBroken });
      if (answers.length > 1) counts.doubled += 1;
      if (result.outcome.kind === 'fault' && !isBroken) counts.faultNotices += 1;
      if (answer?.isSent) ways.later += 1;
      else if (answer) ways[result.deliveries.length === 1 ? 'inTime' : 'whileAskedAgain'] += 1;
    }
    for (const [index, { count }] of counted.entries()) {
      const later = counted.slice(0, index).filter((earlier) => earlier.count > count);
      if (later.length === 0) continue;
      if (later.every(({ isBroken }) => isBroken)) order.overtakenAfterKill += 1;
      else order.outOfOrder += 1;
    }
    const seen = new Set(counted.map(({ count }) => count));
    for (let count = 1; count <= counted.length; count += 1) {
      if (!seen.has(count)) order.sessionUpdatesLost += 1;
    }
  }
  return { ...counts, ...order, ways };
}

function wasBroken({ status, ms }: Delivery): boolean {
  return status !== 200 && ms < HUNG_UP_MS;
}
