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
  /**
   * The same, where no instance had the earlier one in hand yet: its push died with an instance, or met
   * one that was still starting.
   */
  readonly overtakenOnTheWay: number;
  /** Messages that the session of their follower does not count in the end, or counts twice. */
  readonly sessionUpdatesLost: number;
  /** Messages whose follower saw WeChat's notice although no instance died with their pushes. */
  readonly faultNotices: number;
  /** How the answers came. */
  readonly ways: Readonly<Record<'inTime' | 'whileAskedAgain' | 'later', number>>;
}

/** WeChat hangs up after 5 s: what ended sooner without an answer has died. */
const HUNG_UP_MS = 4_900;
/** An instance that starts on a busy machine has a message in hand only after this time. */
const STARTS_WITHIN_MS = 2_000;
/** From the end of a thought until its answer is stored. */
const STORED_WITHIN_MS = 3_000;

export function judge(
  followers: ReadonlyMap<string, readonly Asked[]>,
  {
    starts,
    deaths,
    sentTo,
    remembered,
  }: {
    readonly starts: ReadonlyMap<number, readonly Start[]>;
    readonly deaths: ReadonlyMap<number, number>;
    readonly sentTo: (openid: string) => readonly string[];
    /** How many messages the session of each follower counts. */
    readonly remembered: ReadonlyMap<string, number>;
  },
): Verdict {
  const ways = { inTime: 0, whileAskedAgain: 0, later: 0 };
  const counts = { handlerStarts: 0, rerunsAfterKill: 0, lost: 0, doubled: 0, faultNotices: 0 };
  const order = { outOfOrder: 0, overtakenOnTheWay: 0, sessionUpdatesLost: 0 };
  for (const [openid, asked] of followers) {
    const counted: Counted[] = [];
    for (const one of asked) {
      const { number, thinkMs, result } = one;
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
      else {
        const pushedAt = result.deliveries[0]?.at ?? 0;
        counted.push({ count: answer.count, isBroken, pushedAt, ranAt: ran[0]?.at ?? 0 });
      }
      if (answers.length > 1) counts.doubled += 1;
      if (result.outcome.kind === 'fault' && !isBroken) counts.faultNotices += 1;
      if (answer?.isSent) ways.later += 1;
      else if (answer) ways[result.deliveries.length === 1 ? 'inTime' : 'whileAskedAgain'] += 1;
    }
    for (const [index, { count, ranAt }] of counted.entries()) {
      const later = counted.slice(0, index).filter((earlier) => earlier.count > count);
      if (later.length === 0) continue;
      const isOnTheWay = ({ isBroken, pushedAt }: Counted) =>
        isBroken || ranAt < pushedAt + STARTS_WITHIN_MS;
      if (later.every(isOnTheWay)) order.overtakenOnTheWay += 1;
      else order.outOfOrder += 1;
    }
    order.sessionUpdatesLost += Math.abs(asked.length - (remembered.get(openid) ?? 0));
  }
  return { ...counts, ...order, ways };
}

interface Counted {
  /** Which answer of its follower's it is, as the session counts. */
  readonly count: number;
  /** A push of it died. */
  readonly isBroken: boolean;
  /** When its first push left WeChat, and when its handler began first. */
  readonly pushedAt: number;
  readonly ranAt: number;
}

function wasBroken({ status, ms }: Delivery): boolean {
  return status !== 200 && ms < HUNG_UP_MS;
}
