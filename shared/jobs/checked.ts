import type * as v from 'valibot';
import { checked } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';
import { MAX_JSON_BYTES } from './timing.ts';

/**
 * Gives the value back as it came if it fits its schema and is not too large to be kept in the job.
 *
 * @throws AppError `invalid`
 */
export function checkedJson<T>(schema: v.GenericSchema<T>, value: unknown, what: string): T {
  const given = checked(schema, value, { what });
  const bytes = Buffer.byteLength(JSON.stringify(given) ?? '');
  if (bytes > MAX_JSON_BYTES) {
    throw new AppError(
      'invalid',
      `${what} has ${bytes} bytes; ${MAX_JSON_BYTES} are allowed. Keep the data in documents of its own, and put their ids here.`,
      { details: { bytes } },
    );
  }
  return given;
}

export function invalidKind(kind: string, why: string): AppError {
  return new AppError('invalid', `The job kind "${kind}" ${why}.`);
}
