import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Binder } from '../store/binder.ts';
import type { Store } from '../store/store.ts';
import { hashOf } from './secret-hash.ts';
import { ticketCollection } from './ticket-document.ts';

/** How long somebody may look for a finger. */
export const CHALLENGE_MS = 5 * 60_000;

/**
 * Challenges for passkeys. A challenge says itself until when it is good, under a key of ours, so that
 * nothing is written for callers who only ask for one; the one that was answered is written down.
 */
export interface Challenges {
  create(): Uint8Array<ArrayBuffer>;
  /** Whether it is one of ours and in time; in base64url. */
  isOurs(challenge: string): boolean;
  /** `false` if it was taken before. */
  take(challenge: string, operator: string): Promise<boolean>;
}

export function createChallenges(options: {
  readonly store: Pick<Store, 'create'>;
  readonly binder: Binder;
  readonly clock: Clock;
}): Challenges {
  const { store, binder, clock } = options;
  const macOf = (nonce: string, until: number) => binder.mac('console challenge', nonce, until);

  return {
    create() {
      const nonce = randomBytes(16).toString('base64url');
      const until = clock.now() + CHALLENGE_MS;
      return new Uint8Array(Buffer.from(`${nonce}.${until}.${macOf(nonce, until)}`));
    },
    isOurs(challenge) {
      const [nonce = '', until = '', mac] = Buffer.from(challenge, 'base64url')
        .toString()
        .split('.');
      return (
        /^\d+$/.test(until) &&
        clock.now() < Number(until) &&
        binder.isGood('console challenge', nonce, Number(until), mac)
      );
    },
    take: (challenge, operator) =>
      store.create(ticketCollection, {
        _id: hashOf(challenge),
        kind: 'challenge',
        operator,
        until: new Date(clock.now() + CHALLENGE_MS),
      }),
  };
}
