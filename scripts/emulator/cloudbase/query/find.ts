import { Query } from 'mingo';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../limits.ts';
import type { Session } from '../store/session.ts';
import type { Document } from '../values.ts';
import { type Filter, matching } from './filter.ts';
import { asServiceError } from './mingo-errors.ts';
import { type Order, sortDocuments } from './order.ts';

export interface FindOptions {
  readonly filter: Filter;
  readonly order: Order;
  readonly offset: number | undefined;
  readonly limit: number | undefined;
  readonly projection: Document | undefined;
}

export interface Found {
  readonly documents: readonly Document[];
  /** How many match, whatever offset and limit leave of them. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

export function find(session: Session, collection: string, options: FindOptions): Found {
  const { filter, order, projection } = options;
  const offset = Math.max(0, options.offset ?? 0);
  const limit = Math.min(options.limit || DEFAULT_LIMIT, MAX_LIMIT);
  const all = [...matching(session, collection, filter)].map(([, document]) => document);
  const page = sortDocuments(all, order, (document) => document).slice(offset, offset + limit);
  return { documents: project(page, filter, projection), total: all.length, offset, limit };
}

function project(
  documents: readonly Document[],
  filter: Filter,
  projection: Document | undefined,
): readonly Document[] {
  if (!projection || Object.keys(projection).length === 0) return documents;
  return asServiceError(() =>
    new Query(filter, { scriptEnabled: false })
      .find<Document>([...documents], projection)
      .all()
      .map(idFirst),
  );
}

/** The library puts the id last. */
function idFirst({ _id, ...rest }: Document): Document {
  return _id === undefined ? rest : { _id, ...rest };
}
