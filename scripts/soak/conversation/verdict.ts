import type { Delivery } from '../../emulator/wechat/push/deliver.ts';
import type { Sent } from './backend.ts';
import { type Finding, findingOf, type Wrong } from './finding.ts';
import { type Answer, type Asked, answersOf } from './follower.ts';
import type { Journal, Start } from './journal.ts';

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
  /**
   * The same, where an instance died when WeChat had just taken the answer, and could not note it. WeChat
   * has no key by which it would know the second one.
   */
  readonly doubledOnTheWay: number;
  /** Messages that were handled before one that was sent earlier. */
  readonly outOfOrder: number;
  /**
   * The same, where the earlier one had no place in the line yet: its push died with an instance, met one
   * that was still starting, or waited for the store.
   */
  readonly overtakenOnTheWay: number;
  /** Messages that the session of their follower does not count in the end, or counts twice. */
  readonly sessionUpdatesLost: number;
  /** Messages whose follower saw WeChat's notice although no instance died with their pushes. */
  readonly faultNotices: number;
  /** Messages that are not as they should be, the worst before the others. */
  readonly findings: readonly Finding[];
  /** How the answers came. */
  readonly ways: Readonly<Record<'inTime' | 'whileAskedAgain' | 'later', number>>;
}

/** WeChat hangs up after 5 s: what ended sooner without an answer has died. */
const HUNG_UP_MS = 4_900;
/** Enough to see what they have in common. */
const SHOWN_FINDINGS = 20;
/** A line of a process that was killed may be read so long after its death. */
const LOGGED_WITHIN_MS = 500;
/** A worker has noted so soon that an answer was sent. */
const NOTED_WITHIN_MS = 500;
/** From the end of a thought until its answer is stored. */
const STORED_WITHIN_MS = 3_000;

/** What a soak has to judge by. */
export interface Evidence {
  readonly journal: Journal;
  readonly deaths: ReadonlyMap<number, number>;
  readonly sentTo: (openid: string) => readonly Sent[];
  /** How many messages the session of each follower counts. */
  readonly remembered: ReadonlyMap<string, number>;
  /** The messages that no instance has claimed. */
  readonly unclaimed: ReadonlySet<number>;
}

export function judge(
  followers: ReadonlyMap<string, readonly Asked[]>,
  evidence: Evidence,
): Verdict {
  const conversations = [...followers].map(([openid, asked]) => ({
    openid,
    messages: asked.map((one) => judgeMessage(one, evidence)),
  }));
  const messages = conversations.flatMap((one) => one.messages);
  const overtaking = conversations.flatMap((one) => overtakingIn(one.messages, evidence.journal));
  const outOfOrder = overtaking.filter(({ isOnTheWay }) => !isOnTheWay);
  const wrong = (kind: Wrong) => messages.filter(({ wrongs }) => wrongs.includes(kind)).length;
  const by = (kind: Way) => messages.filter(({ way }) => way === kind).length;
  const findings = [
    ...messages.map(({ wrongs, ...message }) => ({ message, wrongs })),
    ...outOfOrder.map(({ message }) => ({ message, wrongs: ['out of order'] as const })),
  ].filter(({ wrongs }) => wrongs.length > 0);
  findings.sort((one, other) => rankOf(one.wrongs) - rankOf(other.wrongs));
  return {
    handlerStarts: sum(messages.map(({ starts, reruns }) => starts.length - reruns)),
    rerunsAfterKill: sum(messages.map(({ reruns }) => reruns)),
    lost: wrong('lost'),
    lostOnTheWay: wrong('lostOnTheWay'),
    unseen: wrong('unseen'),
    doubled: wrong('doubled'),
    doubledOnTheWay: wrong('doubledOnTheWay'),
    outOfOrder: outOfOrder.length,
    overtakenOnTheWay: overtaking.length - outOfOrder.length,
    sessionUpdatesLost: sum(
      conversations.map(({ openid, messages }) => {
        const seen = messages.filter(({ wrongs }) => !wrongs.includes('unseen')).length;
        return Math.abs(seen - (evidence.remembered.get(openid) ?? 0));
      }),
    ),
    faultNotices: wrong('fault notice'),
    findings: findings
      .slice(0, SHOWN_FINDINGS)
      .map(({ message, wrongs }) =>
        findingOf(message.one, { ...evidence, ...message, what: wrongs }),
      ),
    ways: { inTime: by('inTime'), whileAskedAgain: by('whileAskedAgain'), later: by('later') },
  };
}

/** From what must not be to what nobody can help. */
const byWeight: readonly Wrong[] = [
  ...(['lost', 'doubled', 'out of order', 'started again', 'fault notice'] as const),
  ...(['doubledOnTheWay', 'lostOnTheWay', 'unseen'] as const),
];

const rankOf = (wrongs: readonly Wrong[]): number =>
  Math.min(...wrongs.map((wrong) => byWeight.indexOf(wrong)));

type Way = keyof Verdict['ways'];

/** One message, as WeChat, the handlers and its follower saw it. */
interface Judged {
  readonly one: Asked;
  readonly starts: readonly Start[];
  readonly reruns: number;
  readonly answers: readonly Answer[];
  /** How the first answer came. */
  readonly way: Way | undefined;
  /** A push of it died, or was held. */
  readonly isBroken: boolean;
  readonly wrongs: readonly Wrong[];
}

function judgeMessage(one: Asked, evidence: Evidence): Judged {
  const { journal, deaths, sentTo } = evidence;
  const { number, openid, thinkMs, result } = one;
  const ran = journal.starts.get(number) ?? [];
  const answers = answersOf(number, result, sentTo(openid));
  const isBroken = result.deliveries.some(wasBroken);
  const reruns = rerunsAfterDeath(ran, thinkMs, deaths);
  const wrongs: Wrong[] = [];
  if (answers.length === 0) wrongs.push(howLost(one, evidence));
  if (answers.length > 1) wrongs.push(howDoubled(answers, deaths));
  if (ran.length - reruns > 1) wrongs.push('started again');
  if (result.outcome.kind === 'fault' && !isBroken) wrongs.push('fault notice');
  const [answer] = answers;
  const inResponse = result.deliveries.length === 1 ? 'inTime' : 'whileAskedAgain';
  return {
    one,
    starts: ran,
    reruns,
    answers,
    way: answer && (answer.sentAt === undefined ? inResponse : 'later'),
    isBroken: isBroken || journal.wasHeld(number),
    wrongs,
  };
}

/** The messages of one follower, in the order in which they were sent, whose answers were counted too early. */
function overtakingIn(
  messages: readonly Judged[],
  journal: Journal,
): readonly { readonly message: Judged; readonly isOnTheWay: boolean }[] {
  const answered = messages.filter(({ answers }) => answers.length > 0);
  return answered.flatMap((message, index) => {
    const overtaken = answered
      .slice(0, index)
      .filter((earlier) => countOf(earlier) > countOf(message));
    if (overtaken.length === 0) return [];
    const ranAt = message.starts[0]?.at ?? 0;
    const isOnTheWay = overtaken.every(
      ({ isBroken, one }) => isBroken || ranAt < journal.inLineSince(one.number),
    );
    return [{ message, isOnTheWay }];
  });
}

/** Which answer of its follower's it is, as the session counts. */
function countOf({ answers: [first] }: Judged): number {
  return first?.count ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The starts after one whose process died before it had stored an answer. */
function rerunsAfterDeath(
  ran: readonly Start[],
  thinkMs: number,
  deaths: ReadonlyMap<number, number>,
): number {
  return ran.slice(0, -1).filter(({ pid, at }) => {
    const diedAt = deaths.get(pid);
    if (diedAt === undefined || diedAt > at + thinkMs + STORED_WITHIN_MS) return false;
    return diedAt >= at - LOGGED_WITHIN_MS;
  }).length;
}

/** How a message came to have no answer: by our fault, or with an instance at a moment that nobody sees. */
export function howLost(
  { number, thinkMs, result }: Asked,
  { journal, unclaimed }: Pick<Evidence, 'journal' | 'unclaimed'>,
): 'lost' | 'lostOnTheWay' | 'unseen' {
  const last = result.deliveries.at(-1);
  if (!last || !wasBroken(last)) return 'lost';
  const diedAt = last.at + last.ms;
  const starts = journal.starts.get(number) ?? [];
  if (starts.some(({ at }) => at + thinkMs <= diedAt)) return 'lostOnTheWay';
  return unclaimed.has(number) && result.deliveries.length === 1 ? 'unseen' : 'lost';
}

/** The worker that sends an answer need not be the one that ran the handler. */
function howDoubled(
  [first, ...others]: readonly Answer[],
  deaths: ReadonlyMap<number, number>,
): 'doubled' | 'doubledOnTheWay' {
  const sentAt = first?.sentAt ?? Number.NaN;
  const isByDeath = [...deaths.values()].some((at) => Math.abs(at - sentAt) < NOTED_WITHIN_MS);
  return isByDeath && others.length === 1 ? 'doubledOnTheWay' : 'doubled';
}

/** Whether an instance died with the push. What it answered with a status, WeChat has not hung up on. */
function wasBroken({ status, ms }: Delivery): boolean {
  return status === undefined ? ms < HUNG_UP_MS : status !== 200;
}
