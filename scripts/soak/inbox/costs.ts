import { inboxCollection } from '../../../shared/callback/inbox-document.ts';
import { jobCollection } from '../../../shared/jobs/index.ts';
import type { Backend } from './backend.ts';
import type { Delivered, Message } from './wechat.ts';

/** Requests to the store for one message. */
export interface Cost {
  readonly writes: number;
  readonly reads: number;
  /** Transactions, whose steps are among the reads and writes. */
  readonly transactions: number;
}

const MESSAGES = 20;
const WORK_MS = 5;

const kinds = {
  ordinary: { word: 'ordinary', isRepeat: false },
  synchronous: { word: 'synchronous', isRepeat: false },
  pure: { word: 'pure', isRepeat: false },
  idempotent: { word: 'idempotent', isRepeat: false },
  deferred: { word: 'deferred', isRepeat: false },
  'repeat of ordinary': { word: 'ordinary', isRepeat: true },
  'routed nowhere': { word: 'unheard-of', isRepeat: false },
} as const;

export type Kind = keyof typeof kinds;
export type Costs = Readonly<Record<Kind, Cost>>;

/** Sends one message after the other, without a worker, and counts the requests for each. */
export async function measureCosts(
  { database, scf }: Backend,
  deliver: (message: Message) => Promise<Delivered>,
  firstNumber: number,
): Promise<Costs> {
  await scf.reload('worker', { timers: [] });
  let number = firstNumber;
  const costs = {} as Record<Kind, Cost>;
  for (const kind of Object.keys(kinds) as Kind[]) costs[kind] = await costOf(kinds[kind]);
  return costs;

  async function costOf({ word, isRepeat }: (typeof kinds)[Kind]): Promise<Cost> {
    const messages: Message[] = Array.from({ length: MESSAGES }, () => {
      number += 1;
      return { number, content: `${word} ${number} ${WORK_MS}`, deliveriesAt: [0] };
    });
    // The first message may meet a cold instance.
    await deliver({ number: -1, content: `${word} 0 ${WORK_MS}`, deliveriesAt: [0] });
    if (isRepeat) for (const message of messages) await deliver(message);
    const costs: Cost[] = [];
    for (const message of messages) costs.push(await costOfOne(message));
    return {
      writes: median(costs.map(({ writes }) => writes)),
      reads: median(costs.map(({ reads }) => reads)),
      transactions: median(costs.map(({ transactions }) => transactions)),
    };
  }

  async function costOfOne(message: Message): Promise<Cost> {
    const names = [inboxCollection.name, jobCollection.name];
    const before = database.tally(names);
    await deliver(message);
    const after = database.tally(names);
    return {
      writes: after.writes - before.writes,
      reads: after.reads - before.reads,
      transactions: after.transactions - before.transactions,
    };
  }
}

/** A request that was repeated because the busy machine was slow does not count. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
