import type { Store } from '../store/store.ts';
import { sessionCollection, sessionDocument } from './session-document.ts';

/**
 * Forgets the sessions of a follower. A message that has them in hand would write them again, so it is
 * counted as running, as is one that waits for its turn.
 */
export async function eraseSessions(
  store: Pick<Store, 'transaction'>,
  follower: string,
  now: number,
): Promise<{ readonly erased: number; readonly running: number }> {
  return store.transaction(async (tx) => {
    const found = await tx.get(sessionCollection, follower);
    if (!found) return { erased: 0, running: 0 };
    const { line, states } = found.doc;
    const left = sessionDocument(follower, line, {}, now);
    await (left ? tx.replace(sessionCollection, left) : tx.remove(sessionCollection, follower));
    return { erased: states === undefined ? 0 : 1, running: line.length };
  });
}
