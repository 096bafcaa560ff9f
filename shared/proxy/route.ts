import { endpointByRoute, endpoints } from '../wechat/catalogue/endpoints.ts';
import type { Endpoint, EndpointName, Method } from '../wechat/catalogue/index.ts';
import type { Right } from './pattern.ts';
import { Refusal } from './refusal.ts';

/** What a request asks for. */
export type Target =
  | { readonly kind: 'own'; readonly operation: OwnOperation; readonly right: Right }
  | {
      readonly kind: 'endpoint';
      readonly name: EndpointName;
      readonly endpoint: Endpoint;
      readonly method: Method;
    }
  | { readonly kind: 'raw'; readonly method: Method; readonly path: `/${string}` };

/** A call that goes on to WeChat. */
export type PassedTarget = Exclude<Target, { readonly kind: 'own' }>;

export type OwnOperation = 'token' | 'reject' | 'signature';

/** What the proxy answers itself, by method and path below the version. */
const own: Readonly<Record<string, { readonly operation: OwnOperation; readonly right: Right }>> = {
  'GET /token': { operation: 'token', right: 'token:read' },
  'POST /token/reject': { operation: 'reject', right: 'token:read' },
  'GET /jsapi-signature': { operation: 'signature', right: 'jsapi:sign' },
};

/**
 * Segments of letters, digits, `_` and `-`, with single dots inside: no way up, nothing encoded,
 * nothing empty, no host. Whatever else a gateway lets through is refused here.
 */
const PATH = /^\/(v[0-9]+)((?:\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)+)$/;
const MAX_PATH = 200;

/** Paths of the catalogue are never raw, whatever the method and the case of their letters. */
const knownPaths: ReadonlySet<string> = new Set(endpoints.map(({ endpoint }) => endpoint.path));

/** An endpoint that answers with a secret of the account, or is asked with one, is not passed on. */
function isClosed(name: EndpointName, { auth }: Endpoint): boolean {
  return name === 'ticket.get' || (auth === 'secret' && name !== 'oauth.getAccessToken');
}

/** For logs, metrics and rights: never a path that a client made up. */
export function nameOf(target: Target): EndpointName | Right | 'raw' {
  if (target.kind === 'raw') return 'raw';
  return target.kind === 'own' ? target.right : target.name;
}

type Mapping = (method: string, path: `/${string}`) => Target;

/** The version in the path decides what the rest of it means, so that a later one can stand beside it. */
const versions: Readonly<Record<string, Mapping>> = { v1: mapFirst };

/** A path of the proxy, taken apart. */
export interface ProxyPath {
  readonly version: string;
  /** Below the version. */
  readonly path: `/${string}`;
}

/** @throws Refusal `malformed`, before the proxy looks who the caller is. */
export function readPath(path: string): ProxyPath {
  const [, version = '', rest] = path.length <= MAX_PATH ? (PATH.exec(path) ?? []) : [];
  if (rest === undefined || !Object.hasOwn(versions, version)) {
    throw new Refusal('malformed', 'A path here is /v1 and a plain path of the WeChat API.');
  }
  return { version, path: rest as `/${string}` };
}

/** @throws Refusal that says why no client can call this, and what to call instead. */
export function resolve(method: string, { version, path }: ProxyPath): Target {
  const map = versions[version] ?? mapFirst;
  return map(method, path);
}

function mapFirst(method: string, path: `/${string}`): Target {
  const operation = own[`${method} ${path}`];
  if (operation) return { kind: 'own', ...operation };
  if (method !== 'GET' && method !== 'POST') throw wrongMethod();
  const found = endpointByRoute(method, path);
  if (!found) {
    if (knownPaths.has(path)) throw wrongMethod();
    if (knownPaths.has(path.toLowerCase())) {
      throw new Refusal('unknown_path', 'WeChat spells this path in lower case.');
    }
    return { kind: 'raw', method, path };
  }
  const { name, endpoint } = found;
  if (endpoint.retired) {
    const { reason, replacedBy } = endpoint.retired;
    const instead =
      replacedBy.length > 0 ? `Use ${replacedBy.join(' or ')}.` : 'Nothing replaces it.';
    throw new Refusal('retired', `${name} is retired: ${reason}. ${instead}`, {
      details: { endpoint: name, replacedBy },
    });
  }
  if (isClosed(name, endpoint)) {
    const message = `${name} is not passed on: tokens come from /v1/token, page signatures from /v1/jsapi-signature.`;
    throw new Refusal('not_allowed', message, { details: { endpoint: name } });
  }
  if (endpoint.answer === 'page') {
    throw new Refusal('not_allowed', `${name} is opened by a follower's browser, not by a server.`);
  }
  return { kind: 'endpoint', name, endpoint, method };
}

function wrongMethod(): Refusal {
  return new Refusal('method', 'This path is not called by this method.');
}
