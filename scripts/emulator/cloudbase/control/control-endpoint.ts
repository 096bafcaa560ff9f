import * as v from 'valibot';
import { invalidParam, ServiceError } from '../errors.ts';
import { decodeValue } from '../protocol/codec-ejson.ts';
import { encodeRelaxed } from '../protocol/codec-relaxed.ts';
import type { DocumentId } from '../values.ts';
import type { Control } from './control.ts';
import { schemas } from './control-schemas.ts';

export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly bytes: Buffer;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Call {
  readonly control: Control;
  readonly body: unknown;
  readonly query: URLSearchParams;
}

type Route = (call: Call) => unknown;

const routes: Readonly<Record<string, Route>> = {
  'GET /emulator': ({ control }) => ({ environments: control.environments }),

  'GET /emulator/collections': ({ control, query }) => ({
    collections: control.collections(env(query)),
  }),
  'POST /emulator/collections': ({ control, body }) => {
    const { env: envId, ...collection } = v.parse(schemas.collection, body);
    control.createCollection(envId, collection);
  },
  'DELETE /emulator/collections': ({ control, query }) =>
    control.dropCollection(env(query), required(query, 'name')),
  'POST /emulator/collections/clear': ({ control, body }) => {
    const { env: envId, name } = v.parse(schemas.collectionName, body);
    return { removed: control.clearCollection(envId, name) };
  },
  'POST /emulator/indexes': ({ control, body }) => {
    const { env: envId, collection, index } = v.parse(schemas.index, body);
    control.createIndex(envId, collection, index);
  },
  'PUT /emulator/rules': ({ control, body }) => {
    const { env: envId, collection, rule } = v.parse(schemas.rule, body);
    control.setRule(envId, collection, rule);
  },

  'GET /emulator/documents': ({ control, query }) => {
    const { total, documents } = control.documents(env(query), required(query, 'collection'), {
      offset: Number(query.get('offset') ?? 0),
      limit: Number(query.get('limit') ?? 0),
    });
    return { total, documents: documents.map(encodeRelaxed) };
  },
  'GET /emulator/document': ({ control, query }) => {
    const found = control.document(env(query), required(query, 'collection'), idOf(query));
    return { document: found ? encodeRelaxed(found) : null };
  },
  'PUT /emulator/document': async ({ control, body }) => {
    const { env: envId, collection, document } = v.parse(schemas.document, body);
    const value = decodeValue(document, control.clock.now());
    return { document: encodeRelaxed(await control.putDocument(envId, collection, value)) };
  },
  'DELETE /emulator/document': async ({ control, query }) => ({
    deleted: await control.deleteDocument(env(query), required(query, 'collection'), idOf(query)),
  }),

  'POST /emulator/reset': ({ control, body }) => control.reset(v.parse(schemas.reset, body).env),
  'GET /emulator/export': ({ control, query }) => ({
    env: env(query),
    records: control.export(env(query)),
  }),
  'POST /emulator/import': ({ control, body }) => {
    const { env: envId, records } = v.parse(schemas.import, body);
    control.import(envId, records);
  },

  'GET /emulator/clock': ({ control }) => ({ epochMs: control.clock.now() }),
  'POST /emulator/clock': ({ control, body }) => {
    const move = v.parse(schemas.clock, body);
    if ('advanceMs' in move) control.clock.advance(move.advanceMs);
    else control.clock.set(move.epochMs);
    return { epochMs: control.clock.now() };
  },

  'GET /emulator/faults': ({ control }) => ({ faults: control.faults.list() }),
  'POST /emulator/faults': ({ control, body }) => ({
    id: control.faults.add(v.parse(schemas.fault, body)),
  }),
  'DELETE /emulator/faults': ({ control, query }) => {
    const id = query.get('id');
    if (id === null) control.faults.clear();
    else if (!control.faults.remove(Number(id))) throw invalidParam(`there is no fault ${id}`);
  },
  'POST /emulator/sockets/kill-idle': ({ control }) => ({ killed: control.killIdleSockets() }),

  'GET /emulator/stats': ({ control }) => control.stats.snapshot(),
  'DELETE /emulator/stats': ({ control }) => control.stats.clear(),
  'PUT /emulator/settings': ({ control, body }) =>
    void Object.assign(control.settings, v.parse(schemas.settings, body)),
};

/** Answers in JSON: 200 with the result or `{}`, 4xx with `{ error }`. */
export async function answerControl(
  control: Control,
  request: ControlRequest,
): Promise<ControlAnswer> {
  const name = `${request.method} ${request.url.pathname}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) return { status: 404, body: { error: `No such route: ${name}.` } };
  try {
    const body = request.bytes.length === 0 ? {} : parseJson(request.bytes);
    const result = await route({ control, body, query: request.url.searchParams });
    return { status: 200, body: result ?? {} };
  } catch (error) {
    if (error instanceof v.ValiError) return { status: 400, body: { error: describe(error) } };
    if (!(error instanceof ServiceError)) throw error;
    return { status: 400, body: { error: error.message, code: error.code } };
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalidParam('the body must be JSON');
  }
}

function describe({ issues }: v.ValiError<v.GenericSchema>): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; ');
}

function env(query: URLSearchParams): string {
  return required(query, 'env');
}

function required(query: URLSearchParams, field: string): string {
  const value = query.get(field);
  if (!value) throw invalidParam(`${field} is missing in the query`);
  return value;
}

/** `id=7` is a string; `id=7&idType=number` is a number. */
function idOf(query: URLSearchParams): DocumentId {
  const id = required(query, 'id');
  return query.get('idType') === 'number' ? Number(id) : id;
}
