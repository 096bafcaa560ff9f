import { randomUUID } from 'node:crypto';
import { invalidParam, type ServiceError } from '../errors.ts';

/** The body of a request, whatever its action. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** Business failures travel with HTTP 200; anything else means that no answer was made. */
export type Answer =
  | { readonly kind: 'json'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'html'; readonly status: number; readonly body: string }
  | { readonly kind: 'reset' };

/** @throws ServiceError `INVALID_PARAM` if it is not a JSON object */
export function parseBody(bytes: Buffer): RequestBody {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as RequestBody;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidParam('the body must be a JSON object');
}

/** Never with a `code` at the root: the SDKs take any for a failure. */
export function success(fields: Readonly<Record<string, unknown>>): Answer {
  return { kind: 'json', body: { ...fields, requestId: randomUUID() } };
}

export function failure({ code, message }: Pick<ServiceError, 'code' | 'message'>): Answer {
  return { kind: 'json', body: { code, message, requestId: randomUUID() } };
}

export function htmlError(status: number, body?: string): Answer {
  const page = body ?? `<html><body><h1>${status}</h1><p>nginx</p></body></html>`;
  return { kind: 'html', status, body: page };
}
