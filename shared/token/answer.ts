import { Secret } from '../kernel/secret.ts';
import type { Fetched } from './fetcher.ts';

/** WeChat answered with an errcode. It never leaves this room: what leaves is explained. */
export class RefusedByWeChat extends Error {
  override readonly name = 'RefusedByWeChat';
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.errcode = errcode;
  }
}

/** WeChat answered with something that is neither a credential nor an errcode. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

const MAX_TOKEN_LENGTH = 4_096;
/** No credential of WeChat lives longer than 7200 s; a day is plainly a mistake. */
const MAX_EXPIRES_IN_SECONDS = 86_400;

/** Reads the credential out of an answer, from the field that carries it. */
export function readAnswer(answer: unknown, field: 'access_token' | 'ticket'): Fetched {
  if (typeof answer !== 'object' || answer === null) throw new UnusableAnswer('not an object');
  const fields = answer as Readonly<Record<string, unknown>>;
  const { errcode, errmsg, expires_in: expiresInSeconds } = fields;
  if (typeof errcode === 'number' && errcode !== 0) {
    throw new RefusedByWeChat(errcode, typeof errmsg === 'string' ? errmsg : '');
  }
  const token = fields[field];
  if (typeof token !== 'string' || token === '' || token.length > MAX_TOKEN_LENGTH) {
    throw new UnusableAnswer(`no ${field}`);
  }
  if (
    typeof expiresInSeconds !== 'number' ||
    !(expiresInSeconds > 0 && expiresInSeconds <= MAX_EXPIRES_IN_SECONDS)
  ) {
    throw new UnusableAnswer('no usable expires_in');
  }
  return { token: new Secret(token), expiresInSeconds };
}
