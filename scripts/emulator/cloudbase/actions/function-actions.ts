import { ServiceError } from '../errors.ts';
import { MAX_FUNCTION_BYTES } from '../limits.ts';
import { type Action, optionalText, text } from './action.ts';

/** Runs a function and gives its result; what it throws is the function's failure. */
export type InvokeFunction = (envId: string, name: string, data: unknown) => Promise<unknown>;

/** Codes that a runtime may put on what it throws; any other failure is the function's own. */
const RUNTIME_CODES: ReadonlySet<unknown> = new Set([
  'FUNCTION_NOT_FOUND',
  'FUNCTIONS_EXECUTE_FAIL',
  'FUNCTIONS_TIME_LIMIT_EXCEEDED',
]);

export function createFunctionActions(
  invoke: InvokeFunction | undefined,
): Readonly<Record<string, Action>> {
  return {
    'functions.invokeFunction': async ({ body, environment }) => {
      const name = text(body, 'function_name');
      const data = parse(optionalText(body, 'request_data') ?? '{}');
      if (!invoke) throw notFound(name);
      const result = await run(() => invoke(environment.envId, name, data));
      const responseData = JSON.stringify(result ?? null);
      if (Buffer.byteLength(responseData) > MAX_FUNCTION_BYTES) {
        throw executeFail('body size is too long');
      }
      return { data: { response_data: responseData } };
    },
  };
}

function parse(requestData: string): unknown {
  if (Buffer.byteLength(requestData) > MAX_FUNCTION_BYTES) {
    throw executeFail('request size is too long');
  }
  return JSON.parse(requestData);
}

async function run(invoke: () => Promise<unknown>): Promise<unknown> {
  try {
    return await invoke();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!RUNTIME_CODES.has(code)) throw executeFail(String(error));
    throw new ServiceError(String(code), `[${String(code)}] ${(error as Error).message}`);
  }
}

function executeFail(reason: string): ServiceError {
  return new ServiceError('FUNCTIONS_EXECUTE_FAIL', `[FUNCTIONS_EXECUTE_FAIL] ${reason}`);
}

function notFound(name: string): ServiceError {
  return new ServiceError(
    'FUNCTION_NOT_FOUND',
    `[FUNCTION_NOT_FOUND] Function not found: ${name}. Check that it is deployed.`,
  );
}
