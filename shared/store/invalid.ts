import { AppError } from '../kernel/errors.ts';
import type { Problem } from './values.ts';

/** A value, a document or a query that the store refuses. Its text names places, never values. */
export function invalid(collection: string, problems: readonly Problem[]): AppError {
  const list = problems.map(({ path, message }) => `\n- ${path || 'the document'} ${message}`);
  return new AppError('invalid', `The store refuses this for ${collection}:${list.join('')}`, {
    details: { collection, problems, outcome: 'refused' },
  });
}
