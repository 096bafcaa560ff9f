import type { InboxStore } from '../../../shared/callback/inbox-options.ts';
import { failure } from '../../../shared/store/failure.ts';
import type { Actor } from '../stage.ts';

/** The store of one actor: each operation is chosen to be carried out, and chosen to be heard of. */
export function gatedStore(
  actor: Pick<Actor, 'gate'>,
  shared: InboxStore,
  /** Called when an operation has been carried out. */
  onDone: () => Promise<void> = () => Promise.resolve(),
): InboxStore {
  async function asked<R>(name: string, operation: () => Promise<R>): Promise<R> {
    const isRead = name === 'read';
    const fault = await actor.gate(name, isRead ? ['fail'] : ['fail', 'lose']);
    if (fault === 'fail') throw failure('connection', { operation: name });
    const result = await operation();
    await onDone();
    await actor.gate(`hear of the ${name}`);
    if (fault === 'lose') throw failure('connection', { operation: name });
    return result;
  }
  return {
    get: (...args) => asked('read', () => shared.get(...args)),
    query: (...args) => asked('read', () => shared.query(...args)),
    insert: (...args) => asked('insert', () => shared.insert(...args)),
    patchIf: (...args) => asked('patch', () => shared.patchIf(...args)),
    transaction: (work) => asked('transaction', () => shared.transaction(work)),
  };
}
