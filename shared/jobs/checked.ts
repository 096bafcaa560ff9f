import * as v from 'valibot';
import { AppError } from '../kernel/errors.ts';
import { MAX_JSON_BYTES } from './timing.ts';

/**
 * Gives the value back as it came if it fits its schema and is not too large.
 *
 * @throws AppError `invalid` with `details.problems`: paths, never values
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
      `${what} has ${bytes} bytes; ${MAX_JSON_BYTES} are allowed. Keep the data in documents of its own, and put their ids here.`,
      { details: { bytes } },
    );
  }
  return result.output;
}

export function invalidKind(kind: string, why: string): AppError {
  return new AppError('invalid', `The job kind "${kind}" ${why}.`);
}
