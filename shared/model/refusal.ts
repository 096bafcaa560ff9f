import { AppError, type ErrorCode } from '../kernel/errors.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly advice: string;
}

/** What the statuses of OpenAI-compatible endpoints mean, and what to do about each. */
const refusals: Readonly<Record<number, Refusal>> = {
  400: {
    code: 'invalid',
    advice:
      'It does not take the request: check the name of the model, and whether the conversation is longer than it can read.',
  },
  401: {
    code: 'unauthorized',
    advice: 'It refuses the key: check it, and whether it is one for this endpoint.',
  },
  402: { code: 'upstream', advice: 'The balance of its account is used up: top it up.' },
  403: {
    code: 'forbidden',
    advice: 'The key may not use this model: open the model for it in the console of the provider.',
  },
  404: {
    code: 'not_found',
    advice:
      'It knows no such path or model: the URL ends before `/chat/completions`, mostly with `/v1`.',
  },
  413: { code: 'invalid', advice: 'The conversation is too long: send fewer turns.' },
  422: { code: 'invalid', advice: 'It does not take a value of the request.' },
  429: {
    code: 'rate_limited',
    advice: 'It takes no more requests at the moment, or the quota is used up: try again later.',
  },
};

const DOWN: Refusal = { code: 'upstream', advice: 'It has a fault of its own: try again later.' };
const OTHER: Refusal = {
  code: 'upstream',
  advice: 'It answers with a status that means nothing here.',
};

/** The failure that an answer tells of. The provider's own words are left out: they may quote the key. */
export function refusalOf(status: number): AppError {
  const { code, advice } = refusals[status] ?? (status >= 500 ? DOWN : OTHER);
  return new AppError(code, `The model answered with HTTP ${status}. ${advice}`, {
    details: { status },
  });
}

/** The answer ended before it was whole; what came of it is no answer. */
export function brokenOff(cause?: unknown): AppError {
  return new AppError('upstream', 'The answer of the model broke off. Try again.', { cause });
}
