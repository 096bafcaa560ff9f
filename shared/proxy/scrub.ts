import { isUtf8 } from 'node:buffer';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { present } from '../kernel/present.ts';
import type { Secret } from '../kernel/secret.ts';
import type { TokenSource } from '../wechat/client/index.ts';
import type { RawAnswer } from './forward.ts';
import { nameOf, type PassedTarget } from './route.ts';

const MASK = '[secret]';
const OPAQUE = 'application/octet-stream';
/** A token that was replaced goes on working for five minutes: long enough to be worth hiding. */
const REMEMBERED = 4;

/** Where WeChat might write a token: in a request that it repeats in an error, or tells of by a rid. */
const IN_URL = /((?:cloudbase_)?access_token=)[\w.~%-]+/g;
const IN_JSON = /("(?:cloudbase_)?access_token"\s*:\s*")[^"\\]+(")/g;

/** Remembers the tokens that the proxy sent, to find them in the answers. */
export interface Scrubber {
  /** The same source, whose tokens the scrubber remembers. */
  watch(tokens: TokenSource): TokenSource;
  /** The answer without any of them. @throws AppError `upstream` if one cannot be taken out. */
  scrub(target: PassedTarget, answer: RawAnswer): RawAnswer;
}

/**
 * The last net. WeChat has no reason to send a token back; if it does, the client must not get it.
 *
 * @param always secrets that must never be in an answer, such as the AppSecret.
 */
export function createScrubber(always: readonly Secret[], log: Log): Scrubber {
  let seen: readonly Secret[] = [];

  function note(token: Secret | undefined): Secret | undefined {
    if (!token) return undefined;
    const others = seen.filter((other) => !other.equals(token.reveal()));
    seen = [token, ...others].slice(0, REMEMBERED);
    return token;
  }

  return {
    watch: (tokens) => ({
      ...present({ field: tokens.field }),
      get: async (signal) => note(await tokens.get(signal)),
      reject: async (token, signal) => note(await tokens.reject(token, signal)),
      advise: (errcode) => tokens.advise?.(errcode),
    }),

    scrub(target, answer) {
      const secrets = [...always, ...seen].map((secret) => secret.reveal());
      const bytes = Buffer.from(answer.bytes);
      const isText = isUtf8(bytes);
      const text = isText ? bytes.toString('utf8') : '';
      const isFollowers =
        target.kind === 'endpoint' && ['user', 'secret'].includes(target.endpoint.auth);
      let clean = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
      if (!isFollowers) clean = clean.replace(IN_URL, `$1${MASK}`).replace(IN_JSON, `$1${MASK}$2`);
      const isHidden = isText
        ? secrets.some((secret) => decoded(clean).includes(secret))
        : secrets.some((secret) => bytes.includes(secret));
      const name = nameOf(target);
      if (isHidden) {
        log.error('answer held back', { endpoint: name, reason: 'token_in_answer' });
        throw new AppError('upstream', `${name}: the answer of WeChat cannot be passed on.`, {
          details: { endpoint: name, outcome: 'unknown' },
        });
      }
      // A header that holds a secret, in whatever spelling, says nothing that a client needs.
      const isTelling = (header: string | undefined) =>
        header !== undefined && secrets.some((secret) => decoded(header).includes(secret));
      const headers = {
        contentType: isTelling(answer.contentType) ? OPAQUE : answer.contentType,
        disposition: isTelling(answer.disposition) ? undefined : answer.disposition,
        rid: isTelling(answer.rid) ? undefined : answer.rid,
      };
      const isSame = Object.entries(headers).every(
        ([header, value]) => answer[header as keyof typeof headers] === value,
      );
      if (clean === text && isSame) return answer;
      log.error('token taken out of an answer', { endpoint: name, reason: 'token_in_answer' });
      return { ...answer, ...headers, bytes: clean === text ? answer.bytes : Buffer.from(clean) };
    },
  };
}

/** The text as a reader of JSON, or of a URL, decodes it. */
function decoded(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
