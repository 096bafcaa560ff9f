import * as v from 'valibot';
import type { Log } from '../kernel/log.ts';
import type { Binder } from '../store/binder.ts';
import { isBound, traceOfDocument, withMac } from '../store/bound-store.ts';
import type { Collection, Doc, Store } from '../store/store.ts';
import { object } from '../wechat/rules.ts';

/** What `worker adopt` takes. */
export const adoptSchema = v.optional(
  object({
    /** Also documents that were bound with another AppSecret, which are all that there are after a reset. */
    afterReset: v.optional(v.boolean('must be true or false'), false),
  }),
  { afterReset: false },
);

/**
 * The documents that were taken over, by collection, each by the keyed hash under which the log lines
 * `document refused` name it: the platform logs what a function returns, and an id may name a follower.
 */
export type Adopted = Readonly<Record<string, readonly string[]>>;

const PAGE = 500;

/**
 * Takes documents over that carry no proof yet, such as those of a release before proofs: an operator
 * decides that once, because a function could not tell them from documents that somebody else wrote.
 */
export async function adoptDocuments(
  options: {
    /** Past the check of proofs. */
    readonly store: Pick<Store, 'query' | 'replaceIf'>;
    readonly binder: Binder;
    readonly collections: readonly Pick<Collection<Doc>, 'name' | 'schema' | 'bound'>[];
    readonly log: Log;
  },
  { afterReset }: { readonly afterReset: boolean },
): Promise<Adopted> {
  const { store, binder, log } = options;
  const adopted: Record<string, string[]> = {};
  for (const collection of options.collections.filter(({ bound }) => bound)) {
    const traces: string[] = [];
    for (let after = ''; ; ) {
      const page = await store.query(collection, {
        filter: after === '' ? 'all' : { _id: { gt: after } },
        order: [{ field: '_id', direction: 'asc' }],
        limit: PAGE,
      });
      for (const { doc, rev } of page) {
        const isOfBefore = (doc as { readonly mac?: string }).mac === undefined;
        if (isBound(binder, collection, doc) || !(isOfBefore || afterReset)) continue;
        if (await store.replaceIf(collection, withMac(binder, collection, doc), rev)) {
          traces.push(traceOfDocument(binder, collection, doc._id));
        }
      }
      after = page.at(-1)?.doc._id ?? '';
      if (page.length < PAGE) break;
    }
    if (traces.length === 0) continue;
    adopted[collection.name] = traces;
    log.warn('documents adopted', { reason: collection.name, count: traces.length });
  }
  return adopted;
}
