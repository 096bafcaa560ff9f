import type * as v from 'valibot';
import type { Eventual } from '../kernel/eventual.ts';
import type { SessionDrafts } from './session-drafts.ts';
import type { SlowPlan } from './slow-plan.ts';
import type { SlowWords } from './slow-words.ts';

/** Under this key a context carries its delivery, for the wrappers of routes; handlers have no need of it. */
export const delivery: unique symbol = Symbol('delivery');

/** Whether a handler has a session in hand. */
export interface OrderedHandler {
  readonly inOrder: boolean;
}

/** What is known of the account's right to send customer-service messages. */
export interface RightToSend {
  /** WeChat has refused a message for want of the right, not long ago. */
  isMissing(): Promise<boolean>;
  /** A message could not be sent. Only a refusal for want of the right is noted. It never fails. */
  noteRefusal(error: unknown): Promise<void>;
}

/**
 * Reads documents, for a middleware of a room above this one, which knows no store: the collection is
 * its own.
 */
export interface DocumentReader {
  get<T extends { readonly _id: string }>(
    collection: { readonly name: string; readonly schema: v.GenericSchema<unknown, T> },
    id: string,
  ): Promise<{ readonly doc: T } | undefined>;
}

/** What the wrappers of routes tell the delivery in whose course they run. */
export interface Delivery {
  /**
   * A handler is about to act: makes the message this delivery's own, or ends the chain by throwing
   * because another delivery has the message. Only in the response to WeChat; the worker has the
   * message for itself.
   */
  claim?(): Eventual<void>;
  /** WeChat has delivered the message before, so another instance may be at it. */
  readonly isRepeat?: boolean;
  /** The reply is computed from the message alone, so nothing is stored of it. */
  leaveUnrecorded?(): void;
  /**
   * The worker is to run the handler, and the response carries what was replied so far. Only in the
   * response to WeChat. `inOrder`: the handler has a session in hand, so the message takes its place
   * among those of the follower now.
   */
  defer?(handler?: OrderedHandler): void;
  /** A handler that must not run twice is about to act. @throws AppError if it may have run before */
  beginOnce(): Eventual<void>;
  /** A slow handler is about to act: it runs here, or the worker runs it and the chain ends. */
  beginSlow?(plan: SlowPlan, handler?: OrderedHandler): Eventual<'here' | 'worker'>;
  /**
   * The follower asks for an answer that is kept for him. `false`: there is none. Only in the response
   * to WeChat.
   */
  askForAnswer?(words: SlowWords): Eventual<boolean>;
  /**
   * A handler is about to have the follower's sessions in hand: waits until no other message of the
   * follower has, or ends the chain by throwing. Missing where there is no store to ask.
   */
  takeTurn?(): Promise<SessionDrafts>;
  /**
   * Whether a session of this name may be there, or be begun by a message that is before this one: for
   * a middleware that has nothing to do otherwise. Takes no turn.
   */
  remembers?(session: string): Promise<boolean>;
  /** A handler that fails runs again, so the follower is not told of its failure yet. */
  readonly triesAgain?: boolean;
  /** Missing where there is no store to ask. */
  readonly right?: RightToSend;
  /** Missing where there is no store to ask. */
  readonly documents?: DocumentReader | undefined;
  /** The sessions of the follower, once the message has its turn. */
  readonly sessions?: SessionDrafts | undefined;
}
