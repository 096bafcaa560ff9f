import type { HttpRequest } from '../kernel/http.ts';
import { type BodySource, rawBody } from '../wechat/client/body.ts';
import { Refusal } from './refusal.ts';
import type { Target } from './route.ts';

/** No JSON that WeChat takes is near this. */
const MAX_JSON_BYTES = 1_000_000;
/** The event that brings it has 6 MB, in base64. */
const MAX_FILE_BYTES = 4_500_000;

/** Types that may go on as they are; a boundary of its own alphabet, and nothing else behind. */
const MULTIPART =
  /^multipart\/form-data; ?boundary=(?:[A-Za-z0-9'()+_,./:=?-]{1,70}|"[A-Za-z0-9'()+_,./:=? -]{1,70}")$/i;
const JSON_TYPE = 'application/json';

/** The parts of a client's request that go on to WeChat, checked against the row. @throws Refusal */
export function outgoingBody(
  target: Exclude<Target, { kind: 'own' }>,
  { query: given, headers, body: bytes }: HttpRequest,
): {
  readonly query: HttpRequest['query'];
  readonly body: BodySource | undefined;
  readonly mayRepeat: boolean;
} {
  const endpoint = target.kind === 'endpoint' ? target.endpoint : undefined;
  const { access_token: token, ...rest } = given;
  // A follower's own token, which is the client's; any other is ours to put in.
  const query = endpoint?.auth === 'user' && token !== undefined ? given : rest;
  const kind = endpoint?.body ?? (bytes.length === 0 ? 'none' : 'any');
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
  const body = rawBody(isMultipart && kind !== 'json' ? type : JSON_TYPE, bytes);
  const mayRepeat = repeat === 'safe' || (typeof repeat === 'object' && has(bytes, repeat.keyedBy));
  return { query, body, mayRepeat };
}

/** Whether the JSON carries the field by which WeChat tells a repeat. */
function has(bytes: Uint8Array, field: string): boolean {
  try {
    return Boolean(Object(JSON.parse(Buffer.from(bytes).toString('utf8')))[field]);
  } catch {
    return false;
  }
}
