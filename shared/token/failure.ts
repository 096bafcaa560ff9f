import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { RefusedByWeChat, UnusableAnswer } from './answer.ts';
import type { CredentialKind } from './fetcher.ts';
import { BACKOFF_MS } from './timing.ts';
import type { TokenFailure } from './token-document.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MAX_ERRMSG_LENGTH = 200;
const CONSOLE = 'https://developers.weixin.qq.com/platform (开发接口管理 → 基本配置)';

/** What an errcode of a token endpoint means: how long to leave WeChat alone, and what to do. */
interface Policy {
  readonly waitMs: number;
  readonly code?: ErrorCode;
  readonly advice: string;
}

const wrongSecret: Policy = {
  waitMs: 5 * MINUTE,
  advice: `the AppSecret is wrong or was reset. Compare WECHAT_APPSECRET with the console, ${CONSOLE}`,
};
const wrongAppid: Policy = {
  waitMs: 5 * MINUTE,
  advice: `the AppID is not known. Compare WECHAT_APPID with the console, ${CONSOLE}`,
};
const confirmation: Policy = {
  waitMs: MINUTE,
  advice:
    'an administrator must confirm this address in WeChat, or add it to the IP whitelist in the console',
};
const punished: Policy = {
  waitMs: 5 * MINUTE,
  advice: 'the account is frozen or may not use tokens. See the notices in the console',
};

/** Nobody tries again while such a failure is fresh: only an operator can mend it. */
const policies: Readonly<Record<number, Policy>> = {
  40001: wrongSecret,
  40125: wrongSecret,
  41004: wrongSecret,
  40013: wrongAppid,
  41002: wrongAppid,
  40164: {
    waitMs: MINUTE,
    advice: `this address is not in the IP whitelist. Add it in the console, ${CONSOLE} → IP白名单, and give the function a fixed outgoing IP`,
  },
  40243: {
    waitMs: 5 * MINUTE,
    advice: `the AppSecret is frozen. Unfreeze it in the console, ${CONSOLE}; it takes effect after 10 minutes`,
  },
  45009: {
    waitMs: 10 * MINUTE,
    code: 'rate_limited',
    advice:
      'the calls of today are used up. Something else uses this AppSecret too, or wait for midnight in Beijing',
  },
  45011: {
    waitMs: MINUTE,
    code: 'rate_limited',
    advice: 'the calls of this minute are used up',
  },
  48001: {
    waitMs: 10 * MINUTE,
    advice:
      'the account does not have this API. If it needs no JS-SDK, set WECHAT_JSAPI_TICKET=off',
  },
  50004: punished,
  50007: punished,
  61024: {
    waitMs: 5 * MINUTE,
    advice: 'WECHAT_APPID and WECHAT_APPSECRET are those of a third-party platform',
  },
  89501: confirmation,
  89502: confirmation,
  89503: confirmation,
  89504: confirmation,
  89505: confirmation,
  89506: { ...confirmation, waitMs: 60 * MINUTE },
  89507: { ...confirmation, waitMs: 60 * MINUTE },
};

/**
 * Only time and WeChat can mend it, so that a caller may wait for the next try. Whoever had no access
 * token has waited for that one already.
 */
export function isTransient({ reason, errcode }: TokenFailure): boolean {
  return (
    !['forced', 'access_token'].includes(reason) &&
    (errcode === undefined || policies[errcode] === undefined)
  );
}

/** What went wrong, as it is written down for the other instances. */
export function toFailure(
  error: unknown,
  context: {
    readonly now: number;
    readonly keyId: string;
    readonly previous: TokenFailure | undefined;
    /** From 0 to 1; spreads the next tries. */
    readonly random: () => number;
  },
): TokenFailure {
  const count = (context.previous?.count ?? 0) + 1;
  const what = classify(error);
  const backoffMs = Math.min(BACKOFF_MS.last, BACKOFF_MS.first * 2 ** Math.min(count - 1, 16));
  const policy = what.errcode === undefined ? undefined : policies[what.errcode];
  const waitMs = policy?.waitMs ?? Math.round(backoffMs * (1 + context.random() / 4));
  return { at: context.now, until: context.now + waitMs, count, keyId: context.keyId, ...what };
}

type What = Pick<TokenFailure, 'reason' | 'errcode' | 'errmsg'>;

function classify(error: unknown): What {
  if (error instanceof RefusedByWeChat) {
    return {
      reason: 'wechat',
      errcode: error.errcode,
      errmsg: error.message.slice(0, MAX_ERRMSG_LENGTH),
    };
  }
  if (error instanceof UnusableAnswer) return { reason: 'answer' };
  if (error instanceof AppError) {
    if (error.code === 'timeout') return { reason: 'timeout' };
    return { reason: 'access_token', errmsg: error.message.slice(0, MAX_ERRMSG_LENGTH) };
  }
  // Such as ECONNREFUSED; other words of the network may hold the address, and with it a secret.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { reason: 'network', ...(/^[A-Z_]{2,40}$/.test(code) ? { errmsg: code } : {}) };
}

const reasons: Readonly<Record<TokenFailure['reason'], string>> = {
  network: 'WeChat could not be reached, or did not answer with JSON',
  timeout: 'WeChat did not answer in time',
  answer: 'WeChat answered with something that holds no credential',
  wechat: 'WeChat refused',
  access_token: 'there is no access_token that WeChat takes, to ask for it with',
  forced:
    'WeChat refuses the token in calls, yet hands out the same one, and no forced refresh is allowed now (20 a day, 30 s apart)',
};

/** The recorded failure as the error that a caller sees; it says the same on every instance. */
export function explain(kind: CredentialKind, failure: TokenFailure): AppError {
  const { reason, errcode, errmsg = '', count } = failure;
  const retryAt = new Date(failure.until).toISOString();
  const policy = errcode === undefined ? undefined : policies[errcode];
  const address = /invalid ip ([^ ,]+)/.exec(errmsg)?.[1];
  const rid = /rid: ?([0-9a-f-]+)/.exec(errmsg)?.[1];
  const said = errcode === undefined ? errmsg && ` (${errmsg})` : ` with ${errcode} "${errmsg}"`;
  const advice = policy
    ? `: ${policy.advice.replace('this address', (words) => address ?? words)}`
    : '';
  const details: Record<string, unknown> = { kind, reason, failures: count, retryAt };
  if (errcode !== undefined) details.errcode = errcode;
  if (rid) details.rid = rid;
  if (errcode === 40164 && address) details.ip = address;
  const code = policy?.code ?? (reason === 'timeout' ? 'timeout' : 'upstream');
  return new AppError(
    code,
    `There is no valid ${kind}: ${reasons[reason]}${said}${advice}. The next try is not before ${retryAt}.`,
    { details },
  );
}
