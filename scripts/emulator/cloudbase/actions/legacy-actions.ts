import { invalidParam } from '../errors.ts';
import { decodeValue, parseEjson, stringifyEjson } from '../protocol/codec-ejson.ts';
import { encodeLegacy } from '../protocol/codec-legacy.ts';
import { aggregate } from '../query/aggregate.ts';
import { newDocument } from '../query/document.ts';
import { asFilter, type Filter, idOf } from '../query/filter.ts';
import { find } from '../query/find.ts';
import type { Order } from '../query/order.ts';
import { asUpdate } from '../query/update.ts';
import type { Value } from '../values.ts';
import { type Action, type ActionRequest, optionalNumber, targetOf, text } from './action.ts';
import { insert, modify, put, remove } from './commands.ts';
import { stagesOf } from './node-actions.ts';

/**
 * The dialect of `tcb-admin-node`: plain JSON objects, and Extended JSON text inside transactions,
 * where even the counts are text.
 */
export const legacyActions: Readonly<Record<string, Action>> = {
  'database.addDocument': async (request) => {
    const document = newDocument(field(request, 'data'), field(request, '_id'));
    const [_id] = await insert(targetOf(request), [document], request.settings.duplicates);
    return { data: { _id } };
  },

  'database.queryDocument': (request) => {
    const { session, collection } = targetOf(request);
    const found = find(session, collection, {
      filter: filterOrAll(request),
      order: orderOf(request.body.order),
      offset: optionalNumber(request.body, 'offset'),
      limit: optionalNumber(request.body, 'limit'),
      projection: asFilter(field(request, 'projection') ?? {}),
    });
    const { total, limit, offset } = found;
    const list = found.documents.map(encodeLegacy);
    return { data: { list }, TotalCount: total, Limit: limit, Offset: offset };
  },

  'database.countDocument': (request) => {
    const { session, collection } = targetOf(request);
    const options = { order: [], offset: undefined, limit: undefined, projection: undefined };
    const { total } = find(session, collection, { filter: filterOrAll(request), ...options });
    return { data: { total } };
  },

  'database.updateDocument': async (request) => {
    const target = targetOf(request);
    const filter = asFilter(field(request, 'query'));
    const data = field(request, 'data');
    if (request.body.merge === false) {
      const isNew = (await put(target, data, filter)) === 'inserted';
      return { data: { updated: isNew ? 0 : 1, upserted_id: isNew ? idOf(filter) : null } };
    }
    const multi = request.body.multi === true;
    const { length } = await modify(target, { filter, update: asUpdate(data), multi });
    return { data: { updated: length, upserted_id: null, upsert_id: null } };
  },

  'database.deleteDocument': async (request) => {
    const filter = asFilter(field(request, 'query'));
    const multi = request.body.multi === true;
    return { data: { deleted: await remove(targetOf(request), { filter, multi }) } };
  },

  'database.aggregate': (request) => {
    const { session, collection } = targetOf(request);
    const list = aggregate(session, collection, stagesOf(request)).map(stringifyEjson);
    return { data: { list: JSON.stringify(list) } };
  },

  'database.getInTransaction': (request) => {
    const { session, collection } = inTransaction(request);
    const filter = asFilter(field(request, 'query'));
    const options = { order: [], offset: undefined, limit: 1, projection: undefined };
    const [document] = find(session, collection, { filter, ...options }).documents;
    return { data: document ? stringifyEjson(document) : 'null' };
  },

  'database.insertDocInTransaction': async (request) => {
    const document = newDocument(ejsonField(request, 'data'), field(request, '_id'));
    await insert(inTransaction(request), [document], request.settings.duplicates);
    return { inserted: stringifyEjson(1), ok: stringifyEjson(1) };
  },

  'database.updateDocInTransaction': async (request) => {
    const target = inTransaction(request);
    const filter = asFilter(field(request, 'query'));
    const data = ejsonField(request, 'data');
    if (request.body.upsert === true) {
      const isNew = (await put(target, data, filter)) === 'inserted';
      const upserted = isNew ? JSON.stringify([{ _id: idOf(filter) }]) : null;
      return { updated: stringifyEjson(isNew ? 0 : 1), upserted };
    }
    const { length } = await modify(target, { filter, update: asUpdate(data), multi: false });
    return { updated: stringifyEjson(length), upserted: null };
  },

  'database.deleteDocInTransaction': async (request) => {
    const filter = asFilter(field(request, 'query'));
    const deleted = await remove(inTransaction(request), { filter, multi: false });
    return { deleted: stringifyEjson(deleted) };
  },
};

/** These actions exist inside transactions only. */
function inTransaction(request: ActionRequest) {
  text(request.body, 'transactionId');
  return targetOf(request);
}

function field({ body, now }: ActionRequest, name: string): Value | undefined {
  const json = body[name];
  return json === undefined || json === null ? undefined : decodeValue(json, now);
}

function ejsonField({ body, now }: ActionRequest, name: string): Value {
  return parseEjson(text(body, name), now);
}

function filterOrAll(request: ActionRequest): Filter {
  return asFilter(field(request, 'query') ?? {});
}

function orderOf(order: unknown): Order {
  if (order === undefined) return [];
  if (!Array.isArray(order)) throw invalidParam('order must be an array');
  return order.map((item: { field?: unknown; direction?: unknown }) => [
    String(item.field),
    item.direction === 'desc' ? -1 : 1,
  ]);
}
