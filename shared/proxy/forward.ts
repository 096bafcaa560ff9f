import { collect } from '../kernel/collect.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Config } from '../kernel/settings.ts';
import type { AnswerReader, Caller } from '../wechat/client/caller.ts';
import type { Outgoing } from '../wechat/client/outgoing.ts';
import { explainErrcode } from '../wechat/errcodes.ts';
import { parseJson } from '../wechat/json.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { outgoingBody } from './body.ts';
import type { Target } from './route.ts';

/** What WeChat answered, as it came. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly disposition: string | undefined;
  readonly bytes: Uint8Array;
  /** 0 for a file, and for an answer without one. */
  readonly errcode: number;
  readonly rid: string | undefined;
}

export type Passable = Exclude<Target, { kind: 'own' }>;

/** JSON, and files that a server waits for. */
const TIMEOUT_MS = 15_000;
const FILE_TIMEOUT_MS = 45_000;
/** What a gateway takes from a function is 6 MB, and a file travels in base64. */
export const MAX_ANSWER_BYTES = 4_400_000;
/** What is longer is no error. */
const MAX_ERROR_BYTES = 100_000;
const RID = /\brid:\s*([0-9a-f-]+)/i;

/**
 * Makes the request to WeChat anew, out of its parts: of the client's headers only a plain content
 * type goes on, of its query all but the token. Repeats, hosts and stale tokens are the caller's.
 */
export function createForward({
  call,
  config,
}: {
  readonly call: Caller;
  readonly config: Pick<Config, 'appid' | 'appsecret'>;
}): (target: Passable, request: HttpRequest) => Promise<Answer> {
  return async (target, request) => {
    const outgoing = makeOutgoing(target, request);
    let last: Answer | undefined;
    const read: AnswerReader = async (sent, response) => {
      last = undefined;
      const { status } = response;
      const bytes = await gather(sent, response.body);
      if (status >= 500) throw noAnswer(sent, `HTTP ${status}`, 'transient');
      const { errcode, errmsg } = readErrcode(bytes);
      last = {
        status,
        contentType: response.header('content-type') ?? 'application/octet-stream',
        disposition: response.header('content-disposition'),
        bytes,
        errcode,
        rid: RID.exec(errmsg)?.[1],
      };
      const isPassing = ['token_stale', 'transient'].includes(
        explainErrcode(errcode, sent.auth).class,
      );
      if (isPassing)
        throw new WeChatError({ endpoint: sent.name, errcode, errmsg, auth: sent.auth });
      return last;
    };
    const isFile = outgoing.answer !== 'json' || Number(outgoing.body?.length) > 100_000;
    try {
      const timeoutMs = isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS;
      return (await call(outgoing, { timeoutMs }, read)) as Answer;
    } catch (error) {
      // What WeChat says in the end is the client's to read.
      if (error instanceof WeChatError && last) return last;
      throw error;
    }
  };

  function makeOutgoing(target: Passable, request: HttpRequest): Outgoing {
    const { query, mayRepeat, body } = outgoingBody(target, request);
    const common = { method: target.method, query, body, mayRepeat, doneBy: undefined };
    if (target.kind === 'raw') {
      // Not by its path, which would become a label of a metric.
      return { ...common, name: 'raw', path: target.path, auth: 'token', answer: 'either' };
    }
    const { name, endpoint } = target;
    const { path, host, auth, answer } = endpoint;
    const outgoing = { ...common, name, path, ...(host ? { host } : {}), auth, answer };
    if (auth !== 'secret') return outgoing;
    // A follower's login: the only thing beside the token that the AppSecret is sent for.
    const { appid, appsecret } = config;
    return { ...outgoing, query: { ...query, appid, secret: appsecret.reveal() } };
  }
}

async function gather(call: Outgoing, body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const bytes = await collect(body, MAX_ANSWER_BYTES);
  if (bytes) return bytes;
  const most = `more than ${MAX_ANSWER_BYTES} bytes, which no function can pass on`;
  throw noAnswer(call, `${most}: fetch it with a token from /v1/token`, 'caller');
}

/** `/publisher/*` has its errcode in `base_resp`; a file has none. */
function readErrcode(bytes: Buffer): { errcode: number; errmsg: string } {
  const start = bytes.subarray(0, 16).toString('utf8').trimStart();
  if (!start.startsWith('{') || bytes.length > MAX_ERROR_BYTES) return { errcode: 0, errmsg: '' };
  try {
    const { errcode, errmsg, base_resp: base } = Object(parseJson(bytes.toString('utf8')));
    return {
      errcode: Number(errcode ?? base?.ret ?? 0),
      errmsg: String(errmsg ?? base?.err_msg ?? ''),
    };
  } catch {
    return { errcode: 0, errmsg: '' };
  }
}

function noAnswer(call: Outgoing, what: string, errorClass: 'transient' | 'caller'): AppError {
  return new AppError('upstream', `${call.name}: WeChat answered ${what}.`, {
    details: { endpoint: call.name, class: errorClass, outcome: 'unknown' },
  });
}
