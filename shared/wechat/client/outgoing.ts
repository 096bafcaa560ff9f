import { present } from '../../kernel/present.ts';
import type { Endpoint } from '../catalogue/endpoint.ts';
import { type BodySource, jsonBody } from './body.ts';
import { multipart } from './multipart.ts';

/** A call made ready: everything about it but the token and the host. */
export interface Outgoing
  extends Pick<Endpoint, 'method' | 'path' | 'host' | 'auth' | 'answer' | 'application'> {
  /** For logs and errors: a catalogue name, or method and path. */
  readonly name: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: BodySource | undefined;
  /** Sending it twice does no harm. */
  readonly mayRepeat: boolean;
  /** The errcode by which WeChat says that it has done this very thing before. */
  readonly doneBy: number | undefined;
}

/** What a row of the catalogue says of every call of it. */
export function routeOf(name: string, endpoint: Endpoint) {
  const { method, path, host, auth, answer, application } = endpoint;
  return {
    name,
    method,
    path,
    ...present({ host }),
    auth,
    answer,
    ...present({ application }),
  };
}

/** Sorts the fields of a request into query and body, as the row says. */
export function makeOutgoing(
  name: string,
  endpoint: Endpoint,
  request: object,
  boundary: () => string,
): Outgoing {
  const entries = Object.entries(request);
  const { repeat, query, body, numericIds } = endpoint;
  const inQuery = ([field]: [string, unknown]) => query === 'all' || query.includes(field);
  const fields = Object.fromEntries(entries.filter((entry) => !inQuery(entry)));
  const isKeyed = typeof repeat === 'object' && Boolean(Object(request)[repeat.keyedBy]);
  return {
    ...routeOf(name, endpoint),
    query: Object.fromEntries(entries.filter(inQuery)),
    body:
      body === 'none' || (body === 'file-or-url' && isEmpty(fields))
        ? undefined
        : body === 'json'
          ? jsonBody(fields, numericIds)
          : multipart(fields, boundary()),
    mayRepeat: repeat === 'safe' || isKeyed,
    doneBy: isKeyed ? repeat.doneBy : undefined,
  };
}

function isEmpty(fields: object): boolean {
  return Object.values(fields).every((value) => value === undefined);
}

/** WeChat reads the query as UTF-8; half a character would not even be encoded. */
export function encodeQuery(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodePart(name)}=${encodePart(String(value))}`)
    .join('&');
}

function encodePart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
