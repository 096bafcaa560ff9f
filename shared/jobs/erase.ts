import type { Store } from '../store/store.ts';
import { jobCollection } from './job-document.ts';
import { dropped } from './moves.ts';

const PAGE = 100;

/**
 * Takes what waits for a follower, or has failed, off the queue, with all that it says of them. A job
 * that runs at this moment is left, and counted: its worker has the words in hand.
 *
 * @param follower the trace that the jobs were enqueued with
 */
export async function eraseJobs(
  store: Pick<Store, 'query' | 'patchIf'>,
  follower: string,
  now: number,
): Promise<{ readonly erased: number; readonly running: number }> {
  let erased = 0;
  let running = 0;
  for (let skip = 0; ; ) {
    const page = await store.query(jobCollection, {
      filter: { follower: { eq: follower } },
      order: [{ field: 'createdAt', direction: 'asc' }],
      limit: PAGE,
      skip,
    });
    for (const { doc, rev } of page) {
      const isWaiting = doc.state === 'ready' || doc.state === 'dead';
      if (doc.state === 'running') running += 1;
      if (!isWaiting) {
        skip += 1;
        continue;
      }
      const patch = { ...dropped(doc, now), error: undefined, follower: undefined };
      if (await store.patchIf(jobCollection, doc._id, patch, rev)) erased += 1;
      else running += 1;
    }
    if (page.length < PAGE) return { erased, running };
  }
}
