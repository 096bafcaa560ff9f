import { type ActionResult, failureOf } from '../kernel/action.ts';
import { errorStatus } from '../kernel/error-status.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import { readText } from '../kernel/text-bytes.ts';
import { SECRET_FORM } from '../proxy/secrets.ts';
import { cookieIn, cookieWith, noCookie } from './cookie.ts';
import { pageFile, type ReadPageFile, securityHeaders } from './page-files.ts';
import { sealAnswer } from './sealed-answer.ts';

/** What the page asks for: an action of an area, such as `menu create`. */
export interface ConsoleCall {
  readonly area: string;
  readonly action: string;
  readonly payload: unknown;
  readonly request: HttpRequest;
  /** The secrets of the session; the cookie is '' where there is none. */
  readonly cookie: string;
  readonly pageKey: string;
}

/** What an action gives, and what becomes of the cookie. */
export interface ConsoleAnswer {
  readonly data: unknown;
  readonly cookie?: { readonly set: string } | 'remove';
}

export interface ConsoleDoorOptions {
  readonly readPage: ReadPageFile;
  readonly log: Log;
  /** @throws AppError for whatever is not to be done */
  readonly answer: (call: ConsoleCall) => Promise<ConsoleAnswer>;
}

const API = /\/api\/([a-z-]+)\/([A-Za-z]+)$/;
const PAGE_KEY = 'x-console-key';

/** The console by HTTP: the page, and below `api/` what it asks for. */
export function createConsoleDoor(options: ConsoleDoorOptions): HttpHandler {
  const { readPage, log, answer } = options;
  return async (request) => {
    const response = await respond(request);
    return { ...response, headers: { ...securityHeaders, ...response.headers } };
  };

  async function respond(request: HttpRequest): Promise<HttpResponse> {
    const { method, path } = request;
    const [, area, action] = API.exec(path) ?? [];
    if (area === undefined || action === undefined) {
      if (method === 'GET' || method === 'HEAD') return pageFile(path, readPage);
      return plain(405, 'The console takes GET, and POST below api/.\n');
    }
    if (method !== 'POST') return plain(405, 'Actions take POST.\n');
    const pageKey = keyOf(request);
    if (pageKey === undefined) {
      log.info('console request refused', { requestId: request.requestId, reason: 'no page' });
      return plain(403, 'Only the page of the console may ask for this.\n');
    }
    return act({ area, action, request, pageKey });
  }

  async function act(asked: Omit<ConsoleCall, 'payload' | 'cookie'>): Promise<HttpResponse> {
    const { request, pageKey, area, action } = asked;
    const { requestId } = request;
    const cookie = cookieIn(request.headers.cookie);
    try {
      const payload = payloadIn(request);
      const done = await answer({ ...asked, payload, cookie });
      const result: ActionResult = { ok: true, data: done.data ?? null, requestId };
      return sealed(200, pageKey, result, done.cookie);
    } catch (error) {
      const failure = failureOf(error);
      const fields = { requestId, action: `${area} ${action}`, error };
      if (failure.code === 'internal') log.error('failed', fields);
      else log.info('failed', fields);
      // A cookie without a session would be sent for nothing with every request.
      const end = failure.code === 'unauthorized' && cookie !== '' ? 'remove' : undefined;
      return sealed(
        errorStatus[failure.code],
        pageKey,
        { ok: false, error: failure, requestId },
        end,
      );
    }
  }
}

/**
 * The key that the page has chosen. A page of another site cannot send this header: the browser would ask
 * us first, and we say nothing. Old browsers that do not name the site are refused by nothing more.
 */
function keyOf({ headers }: HttpRequest): string | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return undefined;
  const key = headers[PAGE_KEY] ?? '';
  return SECRET_FORM.test(key) ? key : undefined;
}

function payloadIn({ headers, body }: HttpRequest): unknown {
  if (!/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw new AppError('invalid', 'The body must be application/json.');
  }
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(typeof body === 'string' ? body : readText('The body', body));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid', 'The body is no JSON.', { cause });
  }
}

function sealed(
  status: number,
  pageKey: string,
  result: ActionResult,
  cookie: ConsoleAnswer['cookie'],
): HttpResponse {
  const setCookie = cookie === 'remove' ? noCookie : cookie && cookieWith(cookie.set);
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...(setCookie === undefined ? {} : { 'set-cookie': setCookie }),
    },
    body: sealAnswer(pageKey, result),
  };
}

function plain(status: number, body: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}
