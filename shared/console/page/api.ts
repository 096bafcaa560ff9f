import type { ActionResult } from '../../kernel/action.ts';
import type { ErrorCode, ErrorDetails } from '../../kernel/errors.ts';
import { openAnswer } from './answer.ts';
import { pageKey } from './key.ts';
import { send } from './send.ts';
import { isSignedOut } from './session.ts';

/** What a function has refused, or has failed to do. */
export class CallError extends Error {
  readonly code: ErrorCode | 'network';
  readonly details: ErrorDetails;

  constructor(code: ErrorCode | 'network', message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

interface CallOptions {
  /** Hears which part of the payload has been sent, from 0 to 1. */
  readonly onSent?: (share: number) => void;
}

/**
 * Calls an action, such as `call('menu', 'create', menu)`; which there are, and who may, says
 * `shared/app/console/areas.ts`.
 *
 * @throws CallError
 */
export async function call<Data>(
  area: string,
  action: string,
  payload?: unknown,
  { onSent }: CallOptions = {},
): Promise<Data> {
  const key = pageKey();
  const { status, text } = await send(`console/api/${area}/${action}`, {
    headers: { 'content-type': 'application/json', 'x-console-key': key },
    body: payload === undefined ? '' : JSON.stringify(payload),
    onSent,
  }).catch((error: unknown) => {
    throw new CallError('network', String(error));
  });
  let result: ActionResult<Data>;
  try {
    result = (await openAnswer(key, text)) as ActionResult<Data>;
  } catch {
    // A gateway or another program has answered, not the console.
    throw new CallError('network', `HTTP ${status}`);
  }
  if (result.ok) return result.data;
  const { code, message, details } = result.error;
  if (code === 'unauthorized' && area !== 'sign-in') isSignedOut.value = true;
  throw new CallError(code, message, details);
}
