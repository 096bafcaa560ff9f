import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Binder } from '../store/binder.ts';
import type { Store } from '../store/store.ts';
import { guessCollection } from './guess-document.ts';

/** How guessing is slowed down. */
interface GuessRule {
  /** So many guesses cost nothing: people mistype. */
  readonly free: number;
  /** From so many on nothing is tried any more until `lockMs` have passed without a guess. */
  readonly lockAt: number;
  readonly lockMs: number;
}

/** For one name, and for one address over all names. */
export const guessRules = {
  name: { free: 3, lockAt: 12, lockMs: 24 * 3_600_000 },
  address: { free: 20, lockAt: 100, lockMs: 3_600_000 },
} as const satisfies Readonly<Record<string, GuessRule>>;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Others may guess for the same name at the same moment. */
const TRIES = 5;

/** Who guesses: the name that is tried, and the address if the platform tells it. */
export interface Guesser {
  readonly name: string;
  readonly address: string | undefined;
}

/** Counts the tries of passwords, also those for names that no operator has: they look the same. */
export interface Guesses {
  /**
   * Counts a guess before it is looked at, so that many at the same moment are all counted.
   *
   * @throws AppError `rate_limited` if it comes too early or the name is locked
   */
  count(guesser: Guesser): Promise<void>;
  /** The guess was right. The address stays counted: it may be somebody with an account of his own. */
  forget(name: string): Promise<void>;
}

export function createGuesses(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf' | 'remove'>;
  readonly binder: Binder;
  readonly clock: Clock;
}): Guesses {
  const { store, binder, clock } = options;
  return {
    async count({ name, address }) {
      if (address !== undefined) await countOne('address', address);
      await countOne('name', name);
    },
    forget: async (name) => void (await store.remove(guessCollection, idOf('name', name))),
  };

  function idOf(kind: keyof typeof guessRules, text: string): string {
    return binder.mac('console guess', kind, text);
  }

  async function countOne(kind: keyof typeof guessRules, text: string): Promise<void> {
    const id = idOf(kind, text);
    const { lockMs } = guessRules[kind];
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = clock.now();
      const found = await store.get(guessCollection, id);
      const isOver = !found || now >= found.doc.lastAt + lockMs;
      const before = isOver ? 0 : found.doc.count;
      if (!isOver) refuseEarly(kind, before, now - found.doc.lastAt);
      const doc = { _id: id, count: before + 1, lastAt: now, removeAt: new Date(now + lockMs) };
      const isWritten = found
        ? await store.replaceIf(guessCollection, doc, found.rev)
        : await store.create(guessCollection, doc);
      if (isWritten) return;
    }
    throw tooMany(FIRST_WAIT_MS);
  }
}

function refuseEarly(kind: keyof typeof guessRules, count: number, sinceMs: number): void {
  const { lockMs } = guessRules[kind];
  const waitMs = waitAfter(kind, count);
  if (sinceMs < waitMs) throw tooMany(Math.min(waitMs, lockMs) - sinceMs);
}

/** How long after so many guesses the next one is looked at. */
export function waitAfter(kind: keyof typeof guessRules, count: number): number {
  const { free, lockAt, lockMs } = guessRules[kind];
  if (count < free) return 0;
  if (count >= lockAt) return lockMs;
  return Math.min(FIRST_WAIT_MS * 2 ** (count - free), LONGEST_WAIT_MS);
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new AppError(
    'rate_limited',
    `Too many tries. Wait ${seconds} s; an operator with the role manage can send a new invitation.`,
    { details: { seconds } },
  );
}
