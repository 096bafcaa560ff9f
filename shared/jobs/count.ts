import type { Store } from '../store/store.ts';
import { type JobState, jobCollection, jobStates } from './job-document.ts';

/** Counts the jobs in each state, by one query for each state. */
export async function countJobs(
  store: Pick<Store, 'count'>,
): Promise<Readonly<Record<JobState, number>>> {
  const counts = await Promise.all(
    jobStates.map(async (state) => [
      state,
      await store.count(jobCollection, { state: { eq: state } }),
    ]),
  );
  return Object.fromEntries(counts) as Record<JobState, number>;
}
