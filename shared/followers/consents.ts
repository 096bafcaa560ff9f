import { AppError } from '../kernel/errors.ts';
import type { Book } from './book.ts';
import type { Consent, Follower } from './follower.ts';

/** More than a person gives; the oldest go first. */
const MAX_CONSENTS = 50;

/**
 * Notes that a follower has consented to something, or has taken that back. Nothing is overwritten: what
 * counts is the last note of each thing, and the earlier ones say since when.
 *
 * @throws AppError `not_found` if nobody of this openid follows
 */
export function createConsents(book: Pick<Book, 'editEach'>, now: () => number) {
  return async (openid: string, consent: Omit<Consent, 'at'>): Promise<void> => {
    const note = { ...consent, at: now() };
    const add = (one: Follower): Follower => ({
      ...one,
      consents: [...(one.consents ?? []), note].slice(-MAX_CONSENTS),
    });
    if ((await book.editEach([openid], add)) === 0) throw nobody();
  };
}

export function nobody(): AppError {
  return new AppError('not_found', 'Nobody of this openid follows, as far as our copy knows.');
}
