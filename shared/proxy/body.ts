import { isUtf8 } from 'node:buffer';
import type { HttpRequest } from '../kernel/http.ts';
import type { Body } from '../wechat/catalogue/index.ts';
import { type BodySource, rawBody } from '../wechat/client/body.ts';
import { Refusal } from './refusal.ts';
import type { PassedTarget } from './route.ts';

/** WeChat takes no JSON of nearly this length. */
const MAX_JSON_BYTES = 1_000_000;
/** A file comes to the function in base64, in an event of at most 6 MB. */
const MAX_FILE_BYTES = 4_500_000;

/** A type that may go on as it is: a boundary of the RFC's alphabet, and nothing behind it. */
const MULTIPART =
  /^multipart\/form-data; ?boundary=(?:[A-Za-z0-9'()+_,./:=?-]{1,70}|"[A-Za-z0-9'()+_,./:=? -]{1,70}")$/i;
const JSON_TYPE = 'application/json';

/** The parts of a client's request that go on to WeChat, checked against the row. @throws Refusal */
export function outgoingBody(
  target: PassedTarget,
  { query: given, headers, body: bytes }: HttpRequest,
): {
  readonly query: HttpRequest['query'];
  readonly body: BodySource | undefined;
  readonly mayRepeat: boolean;
} {
  const endpoint = target.kind === 'endpoint' ? target.endpoint : undefined;
  const { access_token: token, ...rest } = given;
  // A follower's own token is the client's to send; the account's is put in here.
  const query = endpoint?.auth === 'user' && token !== undefined ? given : rest;
  const kind = kindOf(endpoint?.body, bytes);
  const repeat = endpoint?.repeat ?? 'unsafe';
  // Some SDKs send {} along with a GET.
  if (kind === 'none' || (target.method === 'GET' && bytes.length <= 2)) {
    if (bytes.length > 2) throw new Refusal('malformed', 'This call takes no body.');
    return { query, body: undefined, mayRepeat: repeat === 'safe' };
  }
  const type = headers['content-type'] ?? '';
  const isMultipart = MULTIPART.test(type);
  if (kind === 'multipart' && !isMultipart) {
    throw new Refusal('malformed', 'This call takes a multipart/form-data body with its boundary.');
  }
  const limit = isMultipart && kind !== 'json' ? MAX_FILE_BYTES : MAX_JSON_BYTES;
  if (bytes.length > limit) {
    throw new Refusal('too_large', `The body has ${bytes.length} bytes; ${limit} are taken here.`);
  }
  // What WeChat cannot read it stores as `�`, and followers see that.
  if (!(isMultipart && kind !== 'json') && !isUtf8(bytes)) {
    throw new Refusal('malformed', 'The body is not UTF-8. Encode the JSON as UTF-8.');
  }
  const body = rawBody(isMultipart && kind !== 'json' ? type : JSON_TYPE, bytes);
  const mayRepeat = repeat === 'safe' || (typeof repeat === 'object' && has(bytes, repeat.keyedBy));
  return { query, body, mayRepeat };
}

/** What the body must be; a path that the catalogue does not have takes any. */
function kindOf(body: Body | undefined, { length }: Uint8Array) {
  if (body === 'file-or-url') return length === 0 ? 'none' : 'multipart';
  return body ?? (length === 0 ? 'none' : 'any');
}

/** Whether the JSON carries the field by which WeChat recognises a repeat. */
function has(bytes: Uint8Array, field: string): boolean {
  try {
    return Boolean(Object(JSON.parse(Buffer.from(bytes).toString('utf8')))[field]);
  } catch {
    return false;
  }
}
