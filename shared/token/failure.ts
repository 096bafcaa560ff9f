import { backoffMs } from '../kernel/backoff.ts';
import { AppError, type ErrorDetails } from '../kernel/errors.ts';
import { TransportError } from '../wechat/client/index.ts';
import { explainErrcode, weChatError } from '../wechat/errcodes.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import type { CredentialKind } from './credential-kind.ts';
import { FETCH_PAUSE } from './timing.ts';
import type { TokenFailure } from './token-document.ts';

const MINUTE = 60_000;
const MAX_ERRMSG_LENGTH = 400;

/** How long all instances leave WeChat alone when only an operator, or midnight, can mend it. */
const waitByClass: Readonly<Record<string, number>> = {
  configuration: 5 * MINUTE,
  quota: 10 * MINUTE,
};

/** An administrator who confirms an address is not kept waiting; one who refuses is left alone. */
const waitByErrcode: Readonly<Record<number, number>> = {
  40164: MINUTE,
  89501: MINUTE,
  89502: MINUTE,
  89503: MINUTE,
  89504: MINUTE,
  89505: MINUTE,
  89506: 60 * MINUTE,
  89507: 60 * MINUTE,
};

/**
 * Whether a caller may wait for the next try, since time and WeChat alone can mend it. A caller for
 * whom there was no access token has waited for that one already.
 */
export function isTransient({ reason, errcode }: TokenFailure): boolean {
  if (reason === 'forced' || reason === 'access_token') return false;
  return errcode === undefined || waitByClass[explain(errcode).class] === undefined;
}

/** What went wrong, as it is written down for the other instances. */
export function toFailure(
  error: AppError,
  context: {
    readonly now: number;
    readonly keyId: string;
    readonly previous: TokenFailure | undefined;
    /** From 0 to 1; spreads the next tries. */
    readonly random: () => number;
  },
): TokenFailure {
  const { now, keyId, previous, random } = context;
  const count = (previous?.count ?? 0) + 1;
  const cause = causeOf(error);
  const waitMs = waitAsked(cause.errcode) ?? backoffMs(FETCH_PAUSE, count, random());
  return { at: now, until: now + waitMs, count, keyId, ...cause };
}

function causeOf(error: AppError): Pick<TokenFailure, 'reason' | 'errcode' | 'errmsg'> {
  const words = (text: string) => ({ errmsg: text.slice(0, MAX_ERRMSG_LENGTH) });
  if (error instanceof WeChatError && error.class !== 'token_stale') {
    const { errcode, errmsg, rid } = error;
    return { reason: 'wechat', errcode, ...words(rid ? `${errmsg} rid: ${rid}` : errmsg) };
  }
  if (error.code === 'timeout') return { reason: 'timeout' };
  if (error.cause instanceof TransportError) {
    // Only the code: other words of the network may hold the address, and with it a secret.
    return { reason: 'network', ...words(error.cause.code) };
  }
  const isAboutToken = error instanceof WeChatError || error.details.kind !== undefined;
  return isAboutToken ? { reason: 'access_token', ...words(error.message) } : { reason: 'answer' };
}

function waitAsked(errcode: number | undefined): number | undefined {
  if (errcode === undefined) return undefined;
  const explained = explain(errcode);
  return waitByErrcode[errcode] ?? waitByClass[explained.class] ?? explained.waitMs;
}

/** As for a call that carries the AppSecret: a code about a stale token means the AppSecret then. */
function explain(errcode: number) {
  return explainErrcode(errcode, 'secret');
}

const reasons: Readonly<Record<TokenFailure['reason'], string>> = {
  wechat: 'WeChat refused',
  network: 'WeChat could not be reached',
  timeout: 'WeChat did not answer in time',
  answer: 'WeChat answered with something that holds no credential',
  access_token: 'there is no access_token that WeChat takes, to ask for it with',
  forced:
    'WeChat refuses the token in calls, yet hands out the same one, and no forced refresh is allowed now (20 a day, 30 s apart)',
};

const endpoints: Readonly<Record<CredentialKind, string>> = {
  stable_token: 'token.getStable',
  classic_token: 'token.get',
  jsapi_ticket: 'ticket.get',
};

/** The recorded failure as the error that a caller sees; it says the same on every instance. */
export function failureError(kind: CredentialKind, failure: TokenFailure): AppError {
  const { reason, errcode, errmsg = '', count, until } = failure;
  const retryAt = new Date(until).toISOString();
  const details: ErrorDetails = { kind, reason, failures: count, retryAt };
  const say = (why: string) =>
    `There is no valid ${kind}: ${why} The next try is not before ${retryAt}.`;
  if (errcode === undefined) {
    const code = reason === 'timeout' ? 'timeout' : 'upstream';
    return new AppError(code, say(`${reasons[reason]}${errmsg && ` (${errmsg})`}.`), { details });
  }
  const refusal = weChatError({ endpoint: endpoints[kind], errcode, errmsg, auth: 'secret' });
  const isNeedless = kind === 'jsapi_ticket' && errcode === 48001;
  const hint = isNeedless ? ' If no page uses the JS-SDK, set WECHAT_JSAPI_TICKET=off.' : '';
  return new AppError(refusal.code, say(`${refusal.message}${hint}`), {
    details: { ...refusal.details, ...details },
  });
}
