import type { ActionResult } from '../kernel/action.ts';
import type { Eventual } from '../kernel/eventual.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';

/** Below this path a container offers what elsewhere are functions that an operator invokes. */
export const OPERATORS_PATH = '/.functions/';

/** The `main` of an invokable function. */
export type Invokable = (event: unknown, context: unknown) => Promise<ActionResult>;

const BEARER = /^Bearer +(\S+)$/i;
/** Nothing of a container says who calls, so a key does. */
const CLOSED =
  'INVOKE_KEY is not set, so no function can be invoked here. Set it, and give it as a bearer token.\n';

/**
 * Adds the invokable functions to a container, which has no other way in than HTTP: a POST of
 * `{action, payload}` to `/.functions/menu` is answered as an invocation of `menu` is. Whoever has the
 * key may do all that an operator may.
 *
 * @param open loads the functions, when one is first invoked
 */
export function withOperators(
  handle: HttpHandler,
  {
    key,
    open,
    log,
  }: {
    readonly key: Secret | undefined;
    readonly open: () => Promise<Readonly<Record<string, Invokable>>>;
    readonly log: Log;
  },
): HttpHandler {
  let loaded: ReturnType<typeof open> | undefined;

  return (request): Eventual<HttpResponse> =>
    request.path.startsWith(OPERATORS_PATH) ? invoke(request) : handle(request);

  async function invoke(request: HttpRequest): Promise<HttpResponse> {
    const { requestId } = request;
    if (!key) {
      log.warn('invocation refused', { requestId, reason: 'forbidden' });
      return text(403, CLOSED);
    }
    const given = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined || !key.equals(given)) {
      log.warn('invocation refused', { requestId, reason: 'unauthorized' });
      return { ...text(401, ''), headers: { 'www-authenticate': 'Bearer' } };
    }
    if (request.method !== 'POST') return text(405, '');
    loaded ??= open();
    const functions = await loaded;
    const name = request.path.slice(OPERATORS_PATH.length);
    const main = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!main) {
      return text(404, `There is no function of this name. Known: ${Object.keys(functions)}.\n`);
    }
    const event = parsed(request.body);
    if (event === undefined) return text(400, 'The body must be {"action": …, "payload": …}.\n');
    const answer = await main(event, { request_id: requestId });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return { status: 200, headers, body: JSON.stringify(answer) };
  }
}

function parsed(body: HttpRequest['body']): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function text(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
