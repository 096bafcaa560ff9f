import type { Eventual } from '../kernel/eventual.ts';
import type { Reply } from '../wechat/reply.ts';
import type { SettledTurn, SlowAnswer } from './slow-answer.ts';

/**
 * What a delivery knows of its message: `untouched` nothing yet, `new` it is the first delivery,
 * `taken over` the first one died, `repeat` another delivery has handled it or is at it,
 * `unavailable` the store did not say.
 */
export const standings = ['untouched', 'new', 'taken over', 'repeat', 'unavailable'] as const;
export type Standing = (typeof standings)[number];

/** What the inbox has to know of a handler before it acts. */
export interface ClaimingHandler {
  /** It must not run twice. */
  readonly hasBegun?: boolean;
  /** It may be at work when the responses are over. */
  readonly isSlow?: boolean;
}

/** One delivery of a message, on its way through the inbox. None of its methods fails. */
export interface InboxEntry {
  readonly standing: Standing;
  /** Of a `repeat`: what the message was answered, as far as is known. */
  readonly reply: Reply | undefined;
  /** The message is this delivery's own, and stays in the store until it is settled. */
  readonly isClaimed: boolean;
  /** A handler that must not run twice has begun. */
  readonly hasBegun: boolean;
  /** The store has failed, and in a way that does not pass by itself. */
  readonly isHopeless: boolean;
  /**
   * Makes the message this delivery's own, once, before anything is done for it: one write. A repeat
   * waits here for the reply of the first delivery, or takes the message over from one that died.
   */
  claim(handler?: ClaimingHandler): Eventual<void>;
  /**
   * Stores what the message was answered: one write, or a transaction with what its turn has changed
   * in the follower's sessions. Gives the answer that counts.
   */
  settle(reply: Reply | undefined, turn?: SettledTurn): Eventual<Reply | undefined>;
  /**
   * Puts the message into the worker's queue, in its place among those of its follower if it has a
   * turn, and stores what it was answered: all or nothing. `false` if the store failed; if another
   * delivery was quicker, this one is now a `repeat`.
   */
  handOver(reply: Reply | undefined, turn?: SettledTurn): Promise<boolean>;
  /** Of a slow handler. */
  readonly answer: SlowAnswer;
}
