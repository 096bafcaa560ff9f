import { collect } from '../kernel/collect.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Config } from '../kernel/settings.ts';
import { noAnswer, readErrcode } from '../wechat/client/answer.ts';
import type { AnswerReader, Caller } from '../wechat/client/caller.ts';
import { type Outgoing, routeOf } from '../wechat/client/outgoing.ts';
import { weChatError } from '../wechat/errcodes.ts';
import { parseJson } from '../wechat/json.ts';
import { ridIn, WeChatError } from '../wechat/wechat-error.ts';
import { outgoingBody } from './body.ts';
import { Refusal } from './refusal.ts';
import type { PassedTarget } from './route.ts';

/** What WeChat answered, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly disposition: string | undefined;
  readonly bytes: Uint8Array;
  /** 0 for a file, and for an answer without one. */
  readonly errcode: number;
  readonly rid: string | undefined;
}

export type Forward = (target: PassedTarget, request: HttpRequest) => Promise<RawAnswer>;

/** JSON, and files that a server waits for. */
const TIMEOUT_MS = 15_000;
const FILE_TIMEOUT_MS = 45_000;
/** A gateway takes 6 MB from a function, and a file travels in base64. */
const MAX_ANSWER_BYTES = 4_400_000;
/** A longer answer is no error. */
const MAX_ERROR_BYTES = 100_000;

/**
 * Makes the request to WeChat anew, out of its parts: of the client's headers only a plain content
 * type goes on, of its query everything but the token. The WeChat client sees to repeats, other
 * hosts and stale tokens.
 */
export function createForward({
  call,
  config,
}: {
  readonly call: Caller;
  readonly config: Pick<Config, 'appid' | 'appsecret'>;
}): Forward {
  return async (target, request) => {
    const outgoing = callFor(target, request);
    let last: RawAnswer | undefined;
    const read: AnswerReader = async (sent, response) => {
      last = undefined;
      const { status } = response;
      const bytes = await collect(response.body, MAX_ANSWER_BYTES);
      if (!bytes) throw tooLong(sent);
      if (status >= 500) throw noAnswer(sent, `HTTP ${status}`, 'transient');
      const { errcode, errmsg } = readErrcode(parseError(bytes));
      last = {
        status,
        contentType: response.header('content-type') ?? 'application/octet-stream',
        disposition: response.header('content-disposition'),
        bytes,
        errcode,
        rid: ridIn(errmsg),
      };
      if (errcode === 0) return last;
      const refusal = weChatError({ endpoint: sent.name, errcode, errmsg, auth: sent.auth });
      // The WeChat client decides whether it makes another attempt.
      if (refusal.class === 'token_stale' || refusal.class === 'transient') throw refusal;
      return last;
    };
    const isFile = outgoing.answer !== 'json' || Number(outgoing.body?.length) > 100_000;
    try {
      const timeoutMs = isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS;
      return (await call(outgoing, { timeoutMs }, read)) as RawAnswer;
    } catch (error) {
      // After the last attempt WeChat's own words are for the client to read.
      if (error instanceof WeChatError && last) return last;
      throw error;
    }
  };

  function callFor(target: PassedTarget, request: HttpRequest): Outgoing {
    const { method } = target;
    const { query, mayRepeat, body } = outgoingBody(target, request);
    const rest = { method, query, body, mayRepeat, doneBy: undefined };
    if (target.kind === 'raw') {
      // Not by its path, which would become a label of a metric.
      return { ...rest, name: 'raw', path: target.path, auth: 'token', answer: 'either' };
    }
    const outgoing = { ...routeOf(target.name, target.endpoint), ...rest };
    if (outgoing.auth !== 'secret') return outgoing;
    // A follower's login: the only call beside those for the token that carries the AppSecret.
    const { appid, appsecret } = config;
    if (!appsecret) {
      throw new Refusal(
        'not_allowed',
        'This call carries the AppSecret, which the proxy does not have where TOKEN_SOURCE is not document.',
      );
    }
    return { ...outgoing, query: { ...query, appid, secret: appsecret.reveal() } };
  }
}

/** The JSON of an answer that may be an error; `undefined` for a file and for anything long. */
function parseError(bytes: Buffer): unknown {
  const start = bytes.subarray(0, 16).toString('utf8').trimStart();
  if (!start.startsWith('{') || bytes.length > MAX_ERROR_BYTES) return undefined;
  try {
    return parseJson(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function tooLong(call: Outgoing) {
  const what = `more than ${MAX_ANSWER_BYTES} bytes, which no function can pass on`;
  return noAnswer(call, what, 'caller', 'Fetch it with a token from /v1/token.');
}
