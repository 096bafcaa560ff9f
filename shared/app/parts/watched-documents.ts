import { MAX_OPERATORS, operatorCollection } from '../../console/operator-document.ts';
import { operatorDigest } from '../../console/operators.ts';
import { clientCollection, clientDigest } from '../../proxy/client-document.ts';
import { MAX_CLIENTS } from '../../proxy/clients.ts';
import type { Binder } from '../../store/binder.ts';
import type { Store } from '../../store/store.ts';
import type { WatchedDocuments } from '../audit-reader.ts';

/** The documents that give rights: a check of the audit trail looks whether an older one was put back. */
export function watchedDocuments(
  store: Pick<Store, 'query'>,
  binder: Binder,
): readonly WatchedDocuments[] {
  return [
    {
      what: 'Client',
      acts: /^proxy-client (?:add|change|rotate|disable)$/,
      remedy: 'Set its rights anew, and rotate its secret.',
      async readDigests() {
        const clients = await store.query(clientCollection, { filter: 'all', limit: MAX_CLIENTS });
        return new Map(clients.map(({ doc }) => [doc._id, clientDigest(binder, doc)]));
      },
    },
    {
      what: 'Operator',
      acts: /^console (?:invite|admit|change)$/,
      remedy: 'Set the role anew, and end the sessions.',
      async readDigests() {
        const query = { filter: 'all', limit: MAX_OPERATORS } as const;
        const operators = await store.query(operatorCollection, query);
        return new Map(operators.map(({ doc }) => [doc._id, operatorDigest(binder, doc)]));
      },
    },
  ];
}
