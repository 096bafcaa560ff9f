/** Where a message is being handled, for the wrappers of routes; handlers have no need of it. */
export const place: unique symbol = Symbol('place');

export interface Place {
  /**
   * Before anything is done for the message: makes it ours, or ends it here, by throwing, because
   * another delivery has it. Only in the response to WeChat.
   */
  readonly claim?: () => Promise<void>;
  /** The worker is to run the message; the answer of this response is what was replied so far. */
  readonly later?: () => void;
  /** To be called by a handler that must not run twice. @throws AppError if it may have run */
  readonly beginOnce: () => Promise<void>;
}
