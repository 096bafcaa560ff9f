import type { Log } from '../kernel/log.ts';
import type { Store } from '../store/store.ts';
import { type AlertDocument, alertCollection, type Notice } from './alert-document.ts';
import { evaluate } from './evaluate.ts';
import type { RuleTable } from './rule.ts';
import type { Seen } from './seen.ts';

/** The rules are looked at once a minute, by whichever worker is first. */
const PERIOD_MS = 45_000;

const ID = 'state';

export interface WatchOptions {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly rules: RuleTable;
  readonly now: () => number;
  readonly log: Log;
  readonly look: () => Promise<Seen>;
  /** Such as 2026-01-31; a new one begins when this changes. */
  readonly today: () => string;
  /** A counter whose growth of each day is wanted. */
  readonly dayTotal: (seen: Seen) => number;
  /** Puts a notice into the queue, once however often it is called with it. */
  readonly enqueue: (notice: Notice) => Promise<void>;
}

/** What a look has found. */
export interface Looked {
  readonly seen: Seen;
  readonly days: AlertDocument['days'];
}

/**
 * Looks at the rules if nobody has within the last minute. What is told is decided in one document
 * under compare-and-set, so that each notice is made once over all instances; it stays in that
 * document until a later look finds it in the queue, so that a crash between the two loses none.
 *
 * @returns what was seen; `undefined` if it was not this call that looked
 */
export function createWatch(options: WatchOptions): () => Promise<Looked | undefined> {
  const { store, rules, now, log, look, enqueue } = options;

  return async () => {
    const found = await store.get(alertCollection, ID);
    const at = now();
    if (found && at - found.doc.at.getTime() < PERIOD_MS) return undefined;
    for (const notice of found?.doc.outbox ?? []) await enqueue(notice);
    const seen = await look();
    const measures = Object.fromEntries(
      Object.entries(rules).map(([name, { measure }]) => [name, measure(seen)]),
    );
    const before = found?.doc ?? { samples: [], active: [] };
    const { notices, ...after } = evaluate(rules, before, measures, at);
    const days = daysAfter(found?.doc.days ?? [], options.today(), options.dayTotal(seen));
    const document: AlertDocument = { _id: ID, at: new Date(at), ...after, days, outbox: notices };
    const isOurs = found
      ? await store.replaceIf(alertCollection, document, found.rev)
      : await store.create(alertCollection, document);
    if (!isOurs) return undefined;
    for (const { rule, status, value } of notices) {
      const event = status === 'firing' ? 'alert firing' : 'alert resolved';
      log.warn(event, { reason: rule, details: { value } });
    }
    for (const notice of notices) await enqueue(notice);
    return { seen, days };
  };
}

function daysAfter(days: AlertDocument['days'], day: string, total: number): AlertDocument['days'] {
  return days.at(-1)?.day === day ? days : [...days, { day, total }].slice(-3);
}

/** The names of the rules that fire now. */
export async function readActive(store: Pick<Store, 'get'>): Promise<readonly string[]> {
  const found = await store.get(alertCollection, ID);
  return (found?.doc.active ?? []).map(({ rule }) => rule);
}
