import { present } from '../kernel/present.ts';
import type { Auth } from './catalogue/endpoint.ts';
import { type Errcode, errcodeClasses } from './errcode-class.ts';
import { classAdvice, codes } from './errcode-table.ts';
import { type WeChatAnswer, WeChatError } from './wechat-error.ts';

/** The code for a wrong AppSecret. */
const WRONG_SECRET = 40125;

/** Where a follower's own token was sent, a code about a stale token is about that one. */
const staleUserToken: Errcode = {
  class: 'oauth',
  meaning: "the follower's token is invalid or has expired",
  advice: 'Refresh it, or send the follower to the authorize page again.',
};

/** Ranges in which every code is about what the account may do. */
const rightsRanges = [
  [48_000, 48_999],
  [50_000, 50_999],
  [61_000, 61_099],
  [89_500, 89_599],
] as const;

/**
 * Explains a code that WeChat returned. An unknown code counts as a mistake of the caller, unless
 * its range is about rights; neither is repeated.
 */
export function explainErrcode(errcode: number, auth: Auth = 'token'): Errcode {
  const known = lookUp(errcode);
  if (known?.class === 'token_stale' && auth === 'secret') return explainErrcode(WRONG_SECRET);
  if (known?.class === 'token_stale' && auth === 'user') return staleUserToken;
  if (known) return known;
  const isAboutRights = rightsRanges.some(([from, to]) => errcode >= from && errcode <= to);
  const errcodeClass = isAboutRights ? 'configuration' : 'caller';
  return {
    class: errcodeClass,
    meaning: "not a code that we know; WeChat's own text says more",
    advice: classAdvice[errcodeClass],
  };
}

/** The answer as an error that explains its code. */
export function weChatError(answer: WeChatAnswer): WeChatError {
  return new WeChatError(answer, explainErrcode(answer.errcode, answer.auth));
}

function lookUp(errcode: number): Errcode | undefined {
  for (const errcodeClass of errcodeClasses) {
    const row = codes[errcodeClass][errcode];
    if (row === undefined) continue;
    const [meaning, advice = classAdvice[errcodeClass], waitMs] =
      typeof row === 'string' ? [row] : row;
    return { class: errcodeClass, meaning, advice, ...present({ waitMs }) };
  }
  return undefined;
}
