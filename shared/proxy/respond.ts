import { errorStatus } from '../kernel/error-status.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpResponse } from '../kernel/http.ts';
import { ANSWER_HEADER, answerToSign } from '../proxy-sdk/canonical.ts';
import type { Identity } from './authenticate.ts';
import type { RawAnswer } from './forward.ts';
import { Refusal } from './refusal.ts';
import { hmac, sha256 } from './secrets.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** No cache in between may keep an answer: it is this client's alone. */
const COMMON = { 'cache-control': 'no-store' };

export function json(status: number, value: unknown, headers: HttpResponse['headers'] = {}) {
  const body = JSON.stringify(value);
  return { status, headers: { ...COMMON, ...headers, 'content-type': JSON_TYPE }, body };
}

/** WeChat's answer: its bytes as they are, and of its headers those that say how to read them. */
export function passOn({
  status,
  contentType,
  disposition,
  bytes,
  errcode,
  rid,
}: RawAnswer): HttpResponse {
  return {
    // A redirect or an interim answer would lead a client elsewhere.
    status: status === 200 || (status >= 400 && status < 500) ? status : 502,
    headers: {
      ...COMMON,
      'content-type': plain(contentType) ?? 'application/octet-stream',
      ...(plain(disposition) ? { 'content-disposition': plain(disposition) ?? '' } : {}),
      ...(errcode === 0 ? {} : { 'x-wechat-errcode': String(errcode) }),
      ...(rid ? { 'x-wechat-rid': rid } : {}),
    },
    body: bytes,
  };
}

/** What went wrong, in our own words; only the log explains a bug. */
export function refuse(error: unknown, requestId: string | undefined): HttpResponse {
  const { code, message, details } =
    error instanceof AppError
      ? error
      : {
          code: 'internal' as const,
          message: 'Something failed inside; the log says what.',
          details: {},
        };
  const status = error instanceof Refusal ? error.status : errorStatus[code];
  const waitMs = error instanceof Refusal ? error.retryAfterMs : undefined;
  const retryAfter =
    waitMs === undefined ? {} : { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
  return json(status, { error: { code, message, details }, requestId }, retryAfter);
}

/** Proves to the client that the answer is ours and belongs to its request. A static key proves nothing. */
export function signAnswer(
  response: HttpResponse,
  { client, nonce, secret }: Identity,
): HttpResponse {
  if (!nonce) return response;
  const { status, headers, body } = response;
  const text = answerToSign({
    client: client._id,
    nonce: nonce.value,
    status,
    contentType: headers['content-type'],
    disposition: headers['content-disposition'],
    bodyHash: sha256(body),
  });
  return { ...response, headers: { ...headers, [ANSWER_HEADER]: `v2 ${hmac(secret, text)}` } };
}

/** One line of printable ASCII; a file name in another alphabet is encoded by WeChat. */
function plain(value: string | undefined): string | undefined {
  return value !== undefined && /^[\x20-\x7e]{1,300}$/.test(value) ? value : undefined;
}
