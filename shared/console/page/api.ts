import type { ActionResult } from '../../kernel/action.ts';
import type { ErrorCode, ErrorDetails } from '../../kernel/errors.ts';
import { openAnswer } from './answer.ts';
import { pageKey } from './key.ts';
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

/**
 * Calls an action, such as `call('menu', 'create', menu)`; which there are, and who may, says
 * `shared/app/console/areas.ts`.
 *
 * @throws CallError
 */
export async function call<Data>(area: string, action: string, payload?: unknown): Promise<Data> {
  const key = pageKey();
  const response = await fetch(`console/api/${area}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-console-key': key },
    ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
  }).catch((error: unknown) => {
    throw new CallError('network', String(error));
  });
  const text = await response.text();
  let result: ActionResult<Data>;
  try {
    result = (await openAnswer(key, text)) as ActionResult<Data>;
  } catch {
    // A gateway or another program has answered, not the console.
    throw new CallError('network', `HTTP ${response.status}`);
  }
  if (result.ok) return result.data;
  const { code, message, details } = result.error;
  if (code === 'unauthorized' && area !== 'sign-in') isSignedOut.value = true;
  throw new CallError(code, message, details);
}
