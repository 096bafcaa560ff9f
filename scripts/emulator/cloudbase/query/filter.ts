import { Query } from 'mingo';
import { invalidOperator, invalidParam } from '../errors.ts';
import type { Session } from '../store/session.ts';
import { type Document, idKey, isDocumentId, isObject, type Value } from '../values.ts';
import { asServiceError } from './mingo-errors.ts';

export type Filter = Document;

/** Everything the SDKs can send but geography and text search. */
const OPERATORS: ReadonlySet<string> = new Set(
  (
    '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $mod $regex $options $expr ' +
    '$all $elemMatch $size $bitsAllSet $bitsAnySet $bitsAllClear $bitsAnyClear'
  ).split(' '),
);

/** @throws ServiceError `INVALID_PARAM` if it is not an object */
export function asFilter(value: Value | undefined): Filter {
  if (!isObject(value)) throw invalidParam('query must be an object');
  return value;
}

/** @throws ServiceError `DATABASE_INVALID_OPERRATOR` */
export function createMatcher(filter: Filter): (document: Document) => boolean {
  checkOperators(filter);
  const query = asServiceError(() => new Query(filter, { scriptEnabled: false }));
  return (document) => asServiceError(() => query.test(document));
}

export type Entry = readonly [key: string, document: Document];

/** The documents that match, in natural order; an `_id` in the filter saves the scan. */
export function* matching(session: Session, collection: string, filter: Filter): Generator<Entry> {
  const isMatch = createMatcher(filter);
  for (const entry of candidates(session, collection, filter)) {
    if (isMatch(entry[1])) yield entry;
  }
}

function* candidates(session: Session, collection: string, filter: Filter): Iterable<Entry> {
  const keys = candidateKeys(session, collection, filter);
  if (!keys) {
    yield* session.scan(collection);
    return;
  }
  for (const key of keys) {
    const document = session.get(collection, key);
    if (document) yield [key, document];
  }
}

/** The only documents that can match, as far as the id or an index tells. */
function candidateKeys(
  session: Session,
  collection: string,
  filter: Filter,
): ReadonlySet<string> | undefined {
  const ids = scalarsOf(filter._id);
  if (ids) return new Set(ids.filter(isDocumentId).map(idKey));
  for (const [field, condition] of Object.entries(filter)) {
    const values = scalarsOf(condition);
    const keys = values && session.lookup(collection, field, values);
    if (keys) return keys;
  }
  return undefined;
}

/** The id that a filter by nothing but `_id` names. */
export function idOf({ _id }: Filter): Value | undefined {
  return isObject(_id) && Object.hasOwn(_id, '$eq') ? _id.$eq : _id;
}

/** The only values that meet the condition, or `undefined` if it leaves them open. */
function scalarsOf(condition: Value | undefined): readonly Value[] | undefined {
  if (isScalar(condition)) return [condition];
  if (!isObject(condition)) return undefined;
  if (isScalar(condition.$eq)) return [condition.$eq];
  const list = condition.$in;
  return Array.isArray(list) && list.every(isScalar) ? list : undefined;
}

/** Null is none: it also stands for fields that are missing. */
function isScalar(value: Value | undefined): value is string | number | boolean | Date {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}

function checkOperators(value: Value | undefined) {
  if (Array.isArray(value)) for (const item of value) checkOperators(item);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$') && !OPERATORS.has(key)) throw invalidOperator(key);
    if (key !== '$expr') checkOperators(item);
  }
}
