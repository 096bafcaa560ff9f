import type { Delivery } from '../../emulator/wechat/push/deliver.ts';
import type { Start } from './backend.ts';
import { type Finding, findingOf, type Wrong } from './finding.ts';
import { type Asked, answersOf } from './follower.ts';

/** What the followers, the handlers and the sessions tell of a soak. */
export interface Verdict {
  /** Starts of handlers, without those that a killed instance made necessary. */
  readonly handlerStarts: number;
  readonly rerunsAfterKill: number;
  /** Messages without an answer. */
  readonly lost: number;
  /** The same, where the last push died with an instance that had the answer in its response. */
  readonly lostOnTheWay: number;
  /**
   * The same, where the only push died with an instance that had not claimed the message yet. WeChat does
   * not ask again after that, and nobody can know of it.
   */
  readonly unseen: number;
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
  /** The first messages that are not as they should be. */
  readonly findings: readonly Finding[];
  /** How the answers came. */
  readonly ways: Readonly<Record<'inTime' | 'whileAskedAgain' | 'later', number>>;
}

/** WeChat hangs up after 5 s: what ended sooner without an answer has died. */
const HUNG_UP_MS = 4_900;
/** An instance has claimed a message so soon, or has put it into the line of its follower. */
const CLAIMED_WITHIN_MS = 500;
/** An instance that starts on a busy machine has a message in hand only after this time. */
const STARTS_WITHIN_MS = 2_000;
/** Enough to see what they have in common. */
const SHOWN_FINDINGS = 20;
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
  const counts = { handlerStarts: 0, rerunsAfterKill: 0, doubled: 0, faultNotices: 0 };
  const none = { lost: 0, lostOnTheWay: 0, unseen: 0 };
  const order = { outOfOrder: 0, overtakenOnTheWay: 0, sessionUpdatesLost: 0 };
  const findings: Finding[] = [];
  const note = (one: Asked, what: readonly Wrong[], openid: string) => {
    if (what.length === 0 || findings.length >= SHOWN_FINDINGS) return;
    const answers = answersOf(one.number, one.result, sentTo(openid));
    findings.push(findingOf(one, { what, starts: starts.get(one.number) ?? [], deaths, answers }));
  };
  for (const [openid, asked] of followers) {
    const counted: Counted[] = [];
    let seen = 0;
    for (const one of asked) {
      const { number, thinkMs, result } = one;
      const ran = starts.get(number) ?? [];
      const reruns = rerunsAfterDeath(ran, thinkMs, deaths);
      counts.rerunsAfterKill += reruns;
      counts.handlerStarts += ran.length - reruns;
      const answers = answersOf(number, result, sentTo(openid));
      const [answer] = answers;
      const isBroken = result.deliveries.some(wasBroken);
      const what: Wrong[] = [];
      if (answer) {
        const pushedAt = result.deliveries[0]?.at ?? 0;
        counted.push({ one, count: answer.count, isBroken, pushedAt, ranAt: ran[0]?.at ?? 0 });
      } else {
        const how = howLost(one, ran);
        none[how] += 1;
        what.push(how);
      }
      if (what[0] !== 'unseen') seen += 1;
      if (answers.length > 1) {
        counts.doubled += 1;
        what.push('doubled');
      }
      if (result.outcome.kind === 'fault' && !isBroken) {
        counts.faultNotices += 1;
        what.push('fault notice');
      }
      note(one, what, openid);
      if (answer?.isSent) ways.later += 1;
      else if (answer) ways[result.deliveries.length === 1 ? 'inTime' : 'whileAskedAgain'] += 1;
    }
    for (const [index, { one, count, ranAt }] of counted.entries()) {
      const later = counted.slice(0, index).filter((earlier) => earlier.count > count);
      if (later.length === 0) continue;
      const isOnTheWay = ({ isBroken, pushedAt }: Counted) =>
        isBroken || ranAt < pushedAt + STARTS_WITHIN_MS;
      if (later.every(isOnTheWay)) order.overtakenOnTheWay += 1;
      else {
        order.outOfOrder += 1;
        note(one, ['out of order'], openid);
      }
    }
    order.sessionUpdatesLost += Math.abs(seen - (remembered.get(openid) ?? 0));
  }
  return { ...counts, ...none, ...order, findings, ways };
}

interface Counted {
  readonly one: Asked;
  /** Which answer of its follower's it is, as the session counts. */
  readonly count: number;
  /** A push of it died. */
  readonly isBroken: boolean;
  /** When its first push left WeChat, and when its handler began first. */
  readonly pushedAt: number;
  readonly ranAt: number;
}

/** The starts after one whose process died before it had stored an answer. */
function rerunsAfterDeath(
  ran: readonly Start[],
  thinkMs: number,
  deaths: ReadonlyMap<number, number>,
): number {
  return ran.slice(0, -1).filter(({ pid, at }) => {
    const diedAt = deaths.get(pid);
    return diedAt !== undefined && diedAt >= at && diedAt <= at + thinkMs + STORED_WITHIN_MS;
  }).length;
}

/** How a message came to have no answer: by our fault, or with an instance at a moment that nobody sees. */
export function howLost(
  { thinkMs, result }: Asked,
  starts: readonly Start[],
): 'lost' | 'lostOnTheWay' | 'unseen' {
  const last = result.deliveries.at(-1);
  if (!last || !wasBroken(last)) return 'lost';
  const diedAt = last.at + last.ms;
  if (starts.some(({ at }) => at + thinkMs <= diedAt)) return 'lostOnTheWay';
  const isUnseen =
    starts.length === 0 && result.deliveries.length === 1 && last.ms < CLAIMED_WITHIN_MS;
  return isUnseen ? 'unseen' : 'lost';
}

function wasBroken({ status, ms }: Delivery): boolean {
  return status !== 200 && ms < HUNG_UP_MS;
}
