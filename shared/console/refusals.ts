import type { Audit } from '../kernel/app.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Binder } from '../store/binder.ts';
import type { Store } from '../store/store.ts';
import { guessCollection } from './guess-document.ts';

/** An operator who asked for something that needs another role. */
interface Refusal {
  readonly operator: string;
  readonly area: string;
  readonly action: string;
  readonly requestId: string | undefined;
}

/** So many of an operator are written down in an hour: the others are in the log alone. */
export const MAX_REFUSALS = 10;
const HOUR_MS = 3_600_000;
/** Others of the same operator may be refused at the same moment. */
const TRIES = 5;

/**
 * Writes into the audit trail that an operator was refused, as the page offers nobody what their role does
 * not allow: somebody has tried. It never fails, and nobody can fill the trail with it.
 */
export function createRefusals(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly binder: Binder;
  readonly clock: Clock;
  readonly log: Log;
  readonly auditOf: (name: string) => Audit | undefined;
}): (refusal: Refusal) => Promise<void> {
  const { store, binder, clock, log, auditOf } = options;
  /** Until when nothing of an operator is written any more: a flood costs no further request. */
  const full = new Map<string, number>();

  return async ({ operator, area, action, requestId }) => {
    try {
      if (clock.now() < (full.get(operator) ?? 0) || !(await isCounted(operator))) return;
      const actor = `operator ${operator}`;
      await auditOf(area)?.({ actor, action, outcome: 'forbidden', requestId });
    } catch (error) {
      log.error('audit trail not written', { requestId, action: `${area} ${action}`, error });
    }
  };

  /** Whether it is one of those that are written down. */
  async function isCounted(operator: string): Promise<boolean> {
    const id = binder.mac('console guess', 'refusal', operator);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = clock.now();
      const found = await store.get(guessCollection, id);
      const isOver = !found || now >= found.doc.removeAt.getTime();
      const count = isOver ? 0 : found.doc.count;
      const removeAt = isOver ? new Date(now + HOUR_MS) : found.doc.removeAt;
      if (count >= MAX_REFUSALS) {
        full.set(operator, removeAt.getTime());
        return false;
      }
      const doc = { _id: id, count: count + 1, lastAt: now, removeAt };
      const isWritten = found
        ? await store.replaceIf(guessCollection, doc, found.rev)
        : await store.create(guessCollection, doc);
      if (isWritten) return true;
    }
    return false;
  }
}
