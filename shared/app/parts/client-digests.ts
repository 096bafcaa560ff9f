import { clientCollection, clientDigest } from '../../proxy/client-document.ts';
import { MAX_CLIENTS } from '../../proxy/clients.ts';
import type { Binder } from '../../store/binder.ts';
import type { Store } from '../../store/store.ts';

/** Reads the digest of each client's document as it is now, for a check of the audit trail. */
export function clientDigestsOf(
  store: Pick<Store, 'query'>,
  binder: Binder,
): () => Promise<ReadonlyMap<string, string>> {
  return async () => {
    const clients = await store.query(clientCollection, { filter: 'all', limit: MAX_CLIENTS });
    return new Map(clients.map(({ doc }) => [doc._id, clientDigest(binder, doc)]));
  };
}
