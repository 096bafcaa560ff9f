import type { Batch, Broadcast } from './broadcast-document.ts';
import { moved } from './change.ts';
import { MAX_BATCH, MIN_BATCH } from './limits.ts';

/** The batches for this many followers: full but for the last, which never has one alone. */
export function batchesFor(taken: number): Broadcast['batches'] {
  const count = Math.ceil(taken / MAX_BATCH);
  const sizes = Array.from({ length: count }, (_, index) =>
    Math.min(MAX_BATCH, taken - index * MAX_BATCH),
  );
  if (count > 1 && sizes[count - 1] === 1) {
    sizes[count - 2] = MAX_BATCH - 1;
    sizes[count - 1] = MIN_BATCH;
  }
  return sizes.map((size) => ({ state: 'ready', size }));
}

/** The batch as it was before the worker tried it. */
export function untried({ triedAt: _, ...batch }: Batch): Batch {
  return { ...batch, state: 'ready' };
}

/**
 * Ends the sending of a broadcast: batches that were not tried are left, and what became of those
 * that were tried without an answer is not known. `undefined` if it is not being sent.
 */
export function sendNoMore(doc: Broadcast): Broadcast | undefined {
  if (doc.state !== 'sending') return undefined;
  const batches = doc.batches.map((batch): Batch => {
    if (batch.state === 'ready') return { ...batch, state: 'left' };
    return batch.state === 'sending' ? { ...batch, state: 'unknown' } : batch;
  });
  const isCut = batches.some(({ state }) => state === 'left' || state === 'refused');
  if (!isCut) return moved({ ...doc, batches }, 'close');
  return moved({ ...doc, batches, ending: doc.ending ?? 'cancelled' }, 'abandon');
}
