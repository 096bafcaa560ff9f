import { isUtf8 } from 'node:buffer';
import { bytesOf, type HttpRequest } from '../kernel/http.ts';
import type { Body } from '../wechat/catalogue/index.ts';
import { type BodySource, rawBody } from '../wechat/client/body.ts';
import { multipartType } from './multipart-type.ts';
import { Refusal } from './refusal.ts';
import type { PassedTarget } from './route.ts';

/** WeChat takes no JSON of nearly this length. */
const MAX_JSON_BYTES = 1_000_000;
/** A file comes to the function in base64, in an event of at most 6 MB. */
const MAX_FILE_BYTES = 4_500_000;

const JSON_TYPE = 'application/json';

/** The parts of a client's request that go on to WeChat, checked against the row. @throws Refusal */
export function outgoingBody(
  target: PassedTarget,
  request: HttpRequest,
): {
  readonly query: HttpRequest['query'];
  readonly body: BodySource | undefined;
  readonly mayRepeat: boolean;
} {
  const { query: given, headers } = request;
  const bytes = bytesOf(request.body);
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
  const form = kind === 'json' ? undefined : multipartType(headers['content-type'] ?? '', bytes);
  if (kind === 'multipart' && form === undefined) {
    throw new Refusal(
      'malformed',
      'This call takes a form with a file: its content type is multipart/form-data.',
    );
  }
  const limit = form === undefined ? MAX_JSON_BYTES : MAX_FILE_BYTES;
  if (bytes.length > limit) {
    throw new Refusal('too_large', `The body has ${bytes.length} bytes; ${limit} are taken here.`);
  }
  // What WeChat cannot read it stores as `�`, and followers see that.
  if (form === undefined && !isUtf8(bytes)) {
    throw new Refusal('malformed', 'The body is not UTF-8. Encode the JSON as UTF-8.');
  }
  const body = rawBody(form ?? JSON_TYPE, bytes);
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
