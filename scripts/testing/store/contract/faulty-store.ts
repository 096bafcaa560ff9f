import { reasonFor } from '../../../../shared/store/cloudbase-failure.ts';
import { failure } from '../../../../shared/store/failure.ts';
import { writeIdOf } from '../../../../shared/store/history.ts';
import type { Link, LinkTransaction } from '../../../../shared/store/link.ts';
import { createLinkedStore } from '../../../../shared/store/linked-store.ts';
import { createMemoryLink } from '../../../../shared/store/memory-link.ts';
import type { Store } from '../../../../shared/store/store.ts';
import { order, orders } from './fixtures.ts';

/** What becomes of a request that fails for its caller: it is carried out before, after or never. */
export interface Fault {
  readonly request: keyof Link | `tx ${keyof LinkTransaction}`;
  /** `late`: when the test delivers it. */
  readonly when: 'before' | 'after' | 'late';
  readonly code?: string;
  /** What other writers do before the request fails. */
  readonly meanwhile?: () => Promise<unknown>;
}

export type Decide = (request: Fault['request']) => Fault | undefined;

type Late = (() => Promise<unknown>)[];

/** A link that fails as a test wants. */
function faulty<L extends object>(link: L, decide: Decide, late: Late, prefix = ''): L {
  const wrap = (name: string, method: (...args: unknown[]) => Promise<unknown>) => {
    return async (...args: unknown[]): Promise<unknown> => {
      const fault = decide(`${prefix}${name}` as Fault['request']);
      const error = Object.assign(new Error('lost'), { code: fault?.code ?? 'ECONNRESET' });
      if (fault?.when === 'late') late.push(() => method(...args));
      if (fault && fault.when !== 'after') {
        await fault.meanwhile?.();
        throw error;
      }
      const result = await method(...args);
      await fault?.meanwhile?.();
      if (fault) throw error;
      return name === 'begin' ? faulty(result as LinkTransaction, decide, late, 'tx ') : result;
    };
  };
  const methods = Object.entries(link).map(([name, method]) => [name, wrap(name, method)]);
  return Object.fromEntries(methods) as L;
}

/** A store over a database in memory that fails as a test wants, and a working one over the same. */
export function openStores(decide: Decide, step: () => Promise<void> = () => Promise.resolve()) {
  let time = 0;
  const now = () => time;
  const pause = async (ms = 100) => {
    time += ms;
    await step();
  };
  const link = createMemoryLink({ now, step, pause });
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const storeOver = (over: Link): Store =>
    createLinkedStore({
      link: () => Promise.resolve(over),
      async ask(task, request) {
        try {
          return await request();
        } catch (error) {
          throw failure(reasonFor(error), task, error);
        }
      },
      stamps: {
        writeId: () => writeIdOf(now(), String(next())),
        firstRev: () => next() * 1_000_000,
      },
      pace: { now, pause, random: () => 0, budgetMs: 60_000, maxTries: 20 },
    });
  const late: Late = [];
  return {
    store: storeOver(faulty(link, decide, late)),
    others: storeOver(link),
    advance: (ms: number) => {
      time += ms;
    },
    /** Lets the request arrive that was held back. */
    deliver: async () => {
      if (late.length === 0) throw new Error('Nothing was held back.');
      await Promise.allSettled(late.splice(0).map((arrive) => arrive()));
    },
  };
}

/** Both stores with one document, and the faults of the requests from now on. */
export async function prepared(...faults: Fault[]) {
  const queue: Fault[] = [];
  const { store, others, deliver, advance } = openStores((request) => inTurnOf(queue, request));
  const doc = order({ total: 0 });
  await others.create(orders, doc);
  const rev = (await others.get(orders, doc._id))?.rev ?? 0;
  queue.push(...faults);
  const found = async () => (await others.get(orders, doc._id))?.doc.total;
  /** So many writes of other writers. */
  const overtake = async (times: number) => {
    for (let n = 1; n <= times; n += 1) {
      const now = await others.get(orders, doc._id);
      await others.patchIf(orders, doc._id, { total: 100 + n }, now?.rev ?? 0);
    }
  };
  return { store, others, deliver, advance, doc, rev, found, overtake, queue };
}

function inTurnOf(queue: Fault[], request: Fault['request']): Fault | undefined {
  return queue[0]?.request === request ? queue.shift() : undefined;
}
