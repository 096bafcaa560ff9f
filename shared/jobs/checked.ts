import * as v from 'valibot';
import { AppError } from '../kernel/errors.ts';
import { MAX_JSON_BYTES } from './timing.ts';

/**
 * The value as it came, once its schema and its size are found right.
 *
 * @throws AppError `invalid` with `details.problems`: places, never values
 */
export function checked<T>(schema: v.GenericSchema<T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''} (${issue.type})`);
    throw new AppError('invalid', `${what} does not fit its schema: ${problems.join(', ')}.`, {
      details: { problems },
    });
  }
  const bytes = Buffer.byteLength(JSON.stringify(result.output) ?? '');
  if (bytes > MAX_JSON_BYTES) {
    throw new AppError(
      'invalid',
      `${what} has ${bytes} bytes; ${MAX_JSON_BYTES} are allowed. Keep the data in documents of its own and name them.`,
      { details: { bytes } },
    );
  }
  return result.output;
}

export function invalidKind(kind: string, why: string): AppError {
  return new AppError('invalid', `The job kind "${kind}" ${why}.`);
}
