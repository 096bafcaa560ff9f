import type { Store } from '../store/store.ts';
import { done, inboxCollection } from './inbox-document.ts';

const PAGE = 100;

/**
 * Takes the words of a follower, and the replies to them, out of the inbox; what remains is that the
 * messages have been handled, so that a repeat of WeChat is known. A message that is being handled is
 * left, and counted.
 */
export async function eraseMessages(
  store: Pick<Store, 'query' | 'patchIf'>,
  follower: string,
): Promise<{ readonly erased: number; readonly running: number }> {
  let erased = 0;
  let running = 0;
  for (;;) {
    const page = await store.query(inboxCollection, {
      filter: { follower: { eq: follower } },
      order: [{ field: 'removeAt', direction: 'asc' }],
      limit: PAGE,
      skip: running,
    });
    for (const { doc, rev } of page) {
      const patch = { ...done(undefined), follower: undefined };
      const isErased =
        doc.state !== 'claimed' && (await store.patchIf(inboxCollection, doc._id, patch, rev));
      if (isErased) erased += 1;
      else running += 1;
    }
    if (page.length < PAGE) return { erased, running };
  }
}
