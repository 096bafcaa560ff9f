import { collections } from '../../shared/app/collections.ts';
import type { CloudbaseEmulator } from '../emulator/cloudbase/index.ts';
import type { InvokeOutcome } from '../emulator/scf/invocation.ts';
import { LOCAL_ENV_ID } from './local-account.ts';

/** What `npm run provision` does in a real environment: nothing makes a collection on the fly. */
export function provision({ control }: CloudbaseEmulator): void {
  const envId = LOCAL_ENV_ID;
  const present = new Set(control.collections(envId).map(({ name }) => name));
  for (const { name, access, indexes } of collections) {
    if (!present.has(name)) control.createCollection(envId, { name, indexes, rule: access });
  }
}

/** As `callFunction` of the SDK would have it: the result, or an error with the platform's code. */
export function resultOf(outcome: InvokeOutcome | undefined): unknown {
  if (outcome?.ok) return outcome.result;
  const { statusCode, errorMessage, stackTrace } = outcome?.error ?? {};
  const codes: Readonly<Record<number, string>> = {
    433: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    435: 'FUNCTION_NOT_FOUND',
  };
  throw Object.assign(new Error(stackTrace ?? errorMessage ?? 'The functions are not up yet.'), {
    code: codes[statusCode ?? 0] ?? 'FUNCTIONS_EXECUTE_FAIL',
  });
}
