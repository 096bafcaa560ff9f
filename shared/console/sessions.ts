import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Store } from '../store/store.ts';
import { type OperatorDocument, operatorCollection } from './operator-document.ts';
import { hashOf, isSecretOf } from './secret-hash.ts';
import {
  type ConsoleSessionDocument,
  consoleSessionCollection,
  type SignInMethod,
} from './session-document.ts';

/** A working day; and a break after which whoever sits there may be somebody else. */
export const SESSION_MS = 12 * 3_600_000;
export const IDLE_MS = 2 * 3_600_000;
/** How exactly the store knows when a session was used last. */
const NOTE_EVERY_MS = 5 * 60_000;
const MAX_LISTED = 100;

/** Somebody who is signed in, and as whom. */
export interface SignedIn {
  readonly operator: OperatorDocument;
  readonly session: ConsoleSessionDocument;
}

/** A session in a list. */
export interface SessionSummary {
  readonly id: string;
  readonly operator: string;
  readonly method: SignInMethod;
  readonly browser: string;
  readonly openedAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
}

/** Who has signed in. A session needs both the cookie and the key that the page has chosen. */
export interface Sessions {
  open(request: {
    readonly operator: OperatorDocument;
    readonly method: SignInMethod;
    readonly cookie: string;
    readonly pageKey: string;
    readonly browser: string;
  }): Promise<void>;
  /** Undefined unless both belong to a session that goes on, of an operator who is enabled. */
  find(cookie: string, pageKey: string): Promise<SignedIn | undefined>;
  list(operator?: string): Promise<readonly SessionSummary[]>;
  /** @param operator whose session it must be; of anybody if left out. @throws AppError `not_found` */
  revoke(id: string, operator?: string): Promise<void>;
}

export function createSessions(options: {
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf' | 'query' | 'remove'>;
  readonly clock: Clock;
}): Sessions {
  const { store, clock } = options;
  return {
    async open({ operator, method, cookie, pageKey, browser }) {
      const now = clock.now();
      const isNew = await store.create(consoleSessionCollection, {
        _id: hashOf(cookie),
        operator: operator._id,
        pageKey: hashOf(pageKey),
        method,
        openedAt: now,
        seenAt: now,
        browser,
        endsAt: new Date(now + SESSION_MS),
      });
      if (!isNew) throw new Error('Two sessions got the same 32 random bytes.');
    },

    async find(cookie, pageKey) {
      const found = await store.get(consoleSessionCollection, hashOf(cookie));
      if (!found || !isSecretOf(pageKey, found.doc.pageKey) || !goesOn(found.doc)) return undefined;
      const operator = await store.get(operatorCollection, found.doc.operator);
      if (!operator?.doc.isEnabled) return undefined;
      if (found.doc.openedAt < operator.doc.sessionsSince) return undefined;
      const now = clock.now();
      if (now - found.doc.seenAt >= NOTE_EVERY_MS) {
        // If another request of the page is quicker, it has noted the same.
        await store.replaceIf(consoleSessionCollection, { ...found.doc, seenAt: now }, found.rev);
      }
      return { operator: operator.doc, session: found.doc };
    },

    async list(operator) {
      const found = await store.query(consoleSessionCollection, {
        filter: operator === undefined ? 'all' : { operator: { eq: operator } },
        order: [{ field: '_id', direction: 'asc' }],
        limit: MAX_LISTED,
      });
      return found
        .map(({ doc }) => doc)
        .filter(goesOn)
        .map(({ _id: id, pageKey: _, endsAt, ...doc }) => ({
          id,
          ...doc,
          endsAt: endsAt.getTime(),
        }));
    },

    async revoke(id, operator) {
      const found = await store.get(consoleSessionCollection, id);
      // A session of somebody else is told apart from none at all by nobody.
      if (!found || (operator !== undefined && found.doc.operator !== operator)) {
        throw new AppError('not_found', 'There is no such session; it may be over already.');
      }
      await store.remove(consoleSessionCollection, id);
    },
  };

  function goesOn({ endsAt, seenAt }: ConsoleSessionDocument): boolean {
    const now = clock.now();
    return now < endsAt.getTime() && now < seenAt + IDLE_MS;
  }
}
