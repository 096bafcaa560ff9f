import type { Log } from '../kernel/log.ts';
import type { MetricTable } from '../kernel/metrics.ts';
import type { Store } from '../store/store.ts';
import { type AlertDocument, alertCollection, type Notice } from './alert-document.ts';
import { evaluate } from './evaluate.ts';
import type { MetricReader } from './metric-reader.ts';
import type { MeasuredRule } from './rule.ts';

/** The rules are checked once a minute, by the worker that comes first. */
const PERIOD_MS = 45_000;

const ID = 'state';

export interface WatchOptions<Table extends MetricTable> {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly rules: Readonly<Record<string, MeasuredRule<Table>>>;
  readonly now: () => number;
  readonly log: Log;
  readonly readMetrics: () => Promise<MetricReader<Table>>;
  /** The day, such as 2026-01-31; a new day begins when this changes. */
  readonly today: () => string;
  /** The counter of which each day's growth is wanted. */
  readonly dayTotal: (metrics: MetricReader<Table>) => number;
  /** Puts a notice into the queue, once however often it is called with the same notice. */
  readonly enqueue: (notice: Notice) => Promise<void>;
}

/** What the worker that checked the rules has read for them. */
export interface WatchReport<Table extends MetricTable> {
  readonly metrics: MetricReader<Table>;
  readonly days: AlertDocument['days'];
}

/**
 * Checks the rules if no worker has within the last minute. Which notices to send is decided in one
 * document under compare-and-set, so that each notice is made once over all instances. A notice stays
 * in that document until a later check has put it into the queue, so that a crash loses none.
 *
 * @returns what was read; `undefined` if another worker has checked the rules
 */
export function createWatch<Table extends MetricTable>(
  options: WatchOptions<Table>,
): () => Promise<WatchReport<Table> | undefined> {
  const { store, rules, now, log, readMetrics, enqueue } = options;

  return async () => {
    const found = await store.get(alertCollection, ID);
    const at = now();
    if (found && at - found.doc.at.getTime() < PERIOD_MS) return undefined;
    for (const notice of found?.doc.outbox ?? []) await enqueue(notice);
    const metrics = await readMetrics();
    const measures = Object.fromEntries(
      Object.entries(rules).map(([name, { measure }]) => [name, measure(metrics)]),
    );
    const before = found?.doc ?? { samples: [], active: [] };
    const { notices, ...after } = evaluate(rules, before, measures, at);
    const days = daysAfter(found?.doc.days ?? [], options.today(), options.dayTotal(metrics));
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
    return { metrics, days };
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
