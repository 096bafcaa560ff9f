import { ACCOUNT_HEADER } from '../callback/unsigned-door.ts';
import type { HttpApp } from '../kernel/app.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import { sharerOf, sourcesOf } from './guard.ts';
import { httpInvocation, invocation, requestIdOf } from './invocation.ts';

export type PushFunction = (event: unknown, context: unknown) => Promise<unknown>;

/** What a setting calls a call for which the platform names no source. */
const NO_SOURCE = 'none';
/** What WeChat does not take for a reply. */
const NOTHING = '';

/**
 * Makes the callback into the `main` of a cloud function of WeChat Cloud, whose event *is* the message
 * and whose result is the reply. Any client of the mini-program may call a function by its name, with
 * an event of its own making; so nothing is taken but from the sources that the operator has named, by
 * the word of the platform, which stands in the context and not in the event.
 *
 * The documents do not say which source a push has: the log names the one that was refused, and with
 * no source named in the settings all are.
 */
export function pushFunction(app: HttpApp, sources: readonly string[]): PushFunction {
  const { handle, log } = app;
  return async (event, context) => {
    const requestId = requestIdOf(context);
    const strangers = named(context).filter((source) => !sources.includes(source));
    if (strangers.length > 0) {
      log.warn('push refused', { requestId, reason: `source: ${strangers.join(', ')}` });
      return NOTHING;
    }
    try {
      const request = requestOf(event, context, requestId);
      return resultOf(await invocation(app, requestId, () => handle(request), httpInvocation));
    } catch (error) {
      log.error('request failed', { requestId, status: 500, error });
      return NOTHING;
    }
  };
}

function named(context: unknown): readonly string[] {
  try {
    const found = sourcesOf(context);
    return found.length > 0 ? found : [NO_SOURCE];
  } catch (error) {
    if (error instanceof AppError) return ['unreadable'];
    throw error;
  }
}

/** What a container is told in a header, the platform says of a cloud function's call in its context. */
function requestOf(event: unknown, context: unknown, requestId: string | undefined): HttpRequest {
  const account = sharerOf(context);
  const headers = account === undefined ? {} : { [ACCOUNT_HEADER]: account };
  const body = JSON.stringify(event) ?? '';
  return { method: 'POST', path: '/', query: {}, headers, body, requestId };
}

/** The reply as an object, since the platform writes results as JSON by itself. */
function resultOf({ status, headers, body }: HttpResponse): unknown {
  if (status !== 200) return NOTHING;
  const text = String(body);
  return headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : text;
}
