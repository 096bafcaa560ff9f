import { inboxCollection } from '../../../shared/callback/inbox-document.ts';
import type { HeldClaim } from '../../emulator/simulator/push-faults.ts';
import { LOCAL_ENV_ID } from '../local-account.ts';
import type { Parts } from './parts.ts';

/** Time enough to kill the instance that waits for the answer, and less than it waits. */
const HOLD_MS = 1_500;

/** The store writes the next claim of a message, and its answer is late. */
export function holdNextClaim({ cloudbase }: Parts): HeldClaim {
  if (!cloudbase) throw new Error('The database is not up yet.');
  const { control } = cloudbase;
  const count = () =>
    control.documents(LOCAL_ENV_ID, inboxCollection.name, { offset: 0, limit: 1 }).total;
  const before = count();
  const id = control.faults.add({
    kind: 'delay',
    when: 'after',
    ms: HOLD_MS,
    collection: inboxCollection.name,
    action: 'database.insertDocument',
    times: 1,
  });
  return {
    isMade: () => count() > before,
    release: () => void control.faults.remove(id),
  };
}
