import { CloudApiError } from '../../cloud/api.ts';

/** A function refuses changes for seconds after one, and sometimes again when it already was active. */
const BUSY =
  /^(FailedOperation\.(FunctionStatusError|FunctionNameStatusError|FunctionVersionStatusNotActive|OperationConflict|ReservedInProgress)|ResourceInUse)$/;
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const LIMIT_MS = 60_000;

/** Repeats a call that the cloud refuses because it is still busy with an earlier one. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  let pause = PAUSE_MS;
  for (let waited = 0; ; waited += pause) {
    try {
      return await call();
    } catch (error) {
      const isBusy = error instanceof CloudApiError && BUSY.test(error.code);
      if (!isBusy || waited >= LIMIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}
