import type { CloudTypes } from './models/index.ts';

/** What a function answered, or why it did not. */
export type Outcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly text: string; readonly message: string };

type InvokeAnswer = CloudTypes['scf']['Result'];

/**
 * Reads the answer of Invoke. Its InvokeResult is no longer maintained: where it is absent, a
 * message of an error or an answer in the form of SCF's own errors means a failure.
 */
export function outcomeOf({ RetMsg, ErrMsg, InvokeResult }: InvokeAnswer = {}): Outcome {
  const text = RetMsg ?? '';
  const failure = ErrMsg || platformError(text) || (InvokeResult ? `code ${InvokeResult}` : '');
  return failure ? { ok: false, text, message: failure } : { ok: true, text };
}

/** `{"errorCode": …, "errorMessage": …}` is how SCF reports what a handler threw. */
function platformError(text: string): string | undefined {
  try {
    const { errorCode, errorMessage } = JSON.parse(text) as Record<string, unknown>;
    return errorCode !== undefined && typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
