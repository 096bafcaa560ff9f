import type { Store } from '../store/store.ts';
import { sessionCollection, sessionDocument } from './session-document.ts';

/**
 * Forgets the sessions of a follower. A message that an instance of the callback has in hand, or that
 * waits there for its turn, would write them again: it is left, and counted. What the worker has in hand
 * is counted among the jobs, and what nobody has in hand any more goes.
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
    const running = line.filter(({ until = 0 }) => until > now).length;
    const inHand = line.filter(({ holder, until }) =>
      until === undefined ? holder !== undefined : until > now,
    );
    const left = sessionDocument(follower, inHand, {}, now);
    await (left ? tx.replace(sessionCollection, left) : tx.remove(sessionCollection, follower));
    return { erased: states === undefined ? 0 : 1, running };
  });
}
