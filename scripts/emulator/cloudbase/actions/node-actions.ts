import { invalidParam } from '../errors.ts';
import { parseEjson, stringifyEjson } from '../protocol/codec-ejson.ts';
import { aggregate } from '../query/aggregate.ts';
import { newDocument } from '../query/document.ts';
import { asFilter, type Filter } from '../query/filter.ts';
import { find } from '../query/find.ts';
import type { Order } from '../query/order.ts';
import { asUpdate } from '../query/update.ts';
import { isObject, type Value } from '../values.ts';
import {
  type Action,
  type ActionRequest,
  optionalNumber,
  optionalText,
  targetOf,
} from './action.ts';
import { insert, modify, put, remove } from './commands.ts';

/** The dialect of `@cloudbase/node-sdk`: documents and queries travel as strings of Extended JSON. */
export const nodeActions: Readonly<Record<string, Action>> = {
  'database.insertDocument': async (request) => {
    const { data } = request.body;
    if (!Array.isArray(data)) throw invalidParam('data must be an array');
    const documents = data.map((item) => newDocument(parseEjson(String(item), request.now)));
    const insertedIds = await insert(targetOf(request), documents, request.settings.duplicates);
    return { data: { insertedIds } };
  },

  'database.getDocument': (request) => {
    const { session, collection } = targetOf(request);
    const projection = field(request, 'projection');
    const { documents } = find(session, collection, {
      filter: filterOrAll(request),
      order: orderOf(field(request, 'order')),
      offset: optionalNumber(request.body, 'offset'),
      limit: optionalNumber(request.body, 'limit'),
      projection: projection === undefined ? undefined : asFilter(projection),
    });
    return { data: { list: documents.map(stringifyEjson) } };
  },

  'database.calculateDocument': (request) => {
    const { session, collection } = targetOf(request);
    const options = { order: [], offset: undefined, limit: undefined, projection: undefined };
    const { total } = find(session, collection, { filter: filterOrAll(request), ...options });
    return { data: { total } };
  },

  'database.modifyDocument': async (request) => {
    const target = targetOf(request);
    const filter = requiredFilter(request);
    const data = field(request, 'data');
    if (request.body.merge === false) {
      const outcome = await put(target, data, filter);
      return { data: outcomeOf(outcome, filter) };
    }
    const multi = request.body.multi === true;
    const modified = await modify(target, { filter, update: asUpdate(data), multi });
    return { data: { updated: modified.length, upsert_id: null } };
  },

  'database.modifyAndReturnDoc': async (request) => {
    const [document] = await modify(targetOf(request), {
      filter: requiredFilter(request),
      update: asUpdate(field(request, 'data')),
      multi: false,
    });
    return document
      ? { data: { updated: 1, doc: stringifyEjson(document) } }
      : { data: { updated: 0, doc: null } };
  },

  'database.removeDocument': async (request) => {
    const multi = request.body.multi === true;
    const deleted = await remove(targetOf(request), { filter: requiredFilter(request), multi });
    return { data: { deleted } };
  },

  'database.aggregateDocuments': (request) => {
    const { session, collection } = targetOf(request);
    const list = aggregate(session, collection, stagesOf(request)).map(stringifyEjson);
    return { data: { list } };
  },
};

/** Each stage's value is Extended JSON text in either dialect. */
export function stagesOf({ body, now }: ActionRequest): readonly (readonly [string, Value])[] {
  if (!Array.isArray(body.stages)) throw invalidParam('stages must be an array');
  return body.stages.map((stage: { stageKey?: unknown; stageValue?: unknown }) => [
    String(stage.stageKey),
    parseEjson(String(stage.stageValue), now),
  ]);
}

function field({ body, now }: ActionRequest, name: string): Value | undefined {
  const encoded = optionalText(body, name);
  return encoded === undefined ? undefined : parseEjson(encoded, now);
}

function filterOrAll(request: ActionRequest): Filter {
  return asFilter(field(request, 'query') ?? {});
}

/** Without a query, an update or removal would hit everything: the service refuses it. */
function requiredFilter(request: ActionRequest): Filter {
  return asFilter(field(request, 'query'));
}

function orderOf(order: Value | undefined): Order {
  if (!isObject(order)) return [];
  return Object.entries(order).map(([name, direction]) => [name, direction === -1 ? -1 : 1]);
}

function outcomeOf(outcome: 'replaced' | 'inserted', { _id }: Filter) {
  return outcome === 'replaced'
    ? { updated: 1, upsert_id: null }
    : { updated: 0, upsert_id: _id ?? null };
}
