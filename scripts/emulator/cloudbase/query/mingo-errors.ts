import { invalidOperator, requestFailed, ServiceError } from '../errors.ts';

const UNKNOWN_OPERATOR = /(?:unknown|unregistered)[^$]*(\$\w+)|(\$\w+)'? is not registered/i;

/** Runs code of the query library; what it throws is answered as the service would answer it. */
export function asServiceError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const [, first, second] = UNKNOWN_OPERATOR.exec(message) ?? [];
    const operator = first ?? second;
    throw operator ? invalidOperator(operator) : requestFailed(message.replace(/\.$/, ''));
  }
}
