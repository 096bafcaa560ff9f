import type { ModelFault } from './behaviour.ts';

interface RefusalRow {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: (detail: string) => string;
}

/** The answers to what is not taken, in the form of OpenAI's errors. */
const rows = {
  noKey: {
    status: 401,
    type: 'invalid_request_error',
    code: null,
    message: () => "You didn't provide an API key.",
  },
  wrongKey: {
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message: () => 'Incorrect API key provided.',
  },
  unknownPath: {
    status: 404,
    type: 'invalid_request_error',
    code: 'unknown_url',
    message: (path) => `Unknown request URL: ${path}.`,
  },
  wrongMethod: {
    status: 405,
    type: 'invalid_request_error',
    code: 'method_not_supported',
    message: (method) => `Not allowed to ${method} on /v1/chat/completions.`,
  },
  invalid: {
    status: 400,
    type: 'invalid_request_error',
    code: null,
    message: (problem) => problem,
  },
  unknownModel: {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: (model) => `The model \`${model}\` does not exist or you do not have access to it.`,
  },
  outOfBalance: {
    status: 402,
    type: 'unknown_error',
    code: 'invalid_request_error',
    message: () => 'Insufficient Balance',
  },
  tooMany: {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: () => 'Rate limit reached for requests.',
  },
  overloaded: {
    status: 503,
    type: 'server_error',
    code: null,
    message: () => 'The engine is currently overloaded, please try again later.',
  },
} as const satisfies Readonly<Record<string, RefusalRow>>;

export type Refusal = keyof typeof rows;

const byFault: Readonly<Partial<Record<ModelFault, Refusal>>> = {
  refuses_key: 'wrongKey',
  out_of_balance: 'outOfBalance',
  too_many_requests: 'tooMany',
  overloaded: 'overloaded',
};

/** The refusal that a chosen fault is. */
export const refusalFor = (fault: ModelFault): Refusal | undefined => byFault[fault];

/** @see https://platform.openai.com/docs/guides/error-codes */
export function refuse(refusal: Refusal, detail = ''): Response {
  const { status, type, code, message }: RefusalRow = rows[refusal];
  return Response.json(
    { error: { message: message(detail), type, param: null, code } },
    { status },
  );
}
