import { jobCollection } from '../../../shared/jobs/index.ts';
import type { Emulation } from '../../start/emulation.ts';
import { boundDocument } from '../store/bound-document.ts';

/** Puts a job that has failed for good into the database of an emulation. */
export async function putDeadJob(
  { account, environment, cloudbase }: Pick<Emulation, 'account' | 'environment' | 'cloudbase'>,
  id: string,
): Promise<void> {
  const job = boundDocument(account, jobCollection, {
    _id: id,
    kind: 'message',
    state: 'dead',
    createdAt: new Date(),
    attempts: 5,
    slot: id,
    payload: {},
    error: { code: 'internal', message: 'It cannot be digested.', at: new Date() },
  });
  await cloudbase.control.putDocument(environment.envId, jobCollection.name, job);
}
