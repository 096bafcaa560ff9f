/** Where a message is being handled, for the wrappers of routes; handlers have no need of it. */
export const deferral: unique symbol = Symbol('deferral');

export type Deferral =
  | {
      readonly place: 'callback';
      /** The worker is to run the message; the answer of this response is what was replied so far. */
      readonly later: () => void;
      /** If it takes too long, it is given up and not run again. */
      readonly keepFromWorker: () => void;
    }
  | {
      readonly place: 'worker';
      /** To be called by a handler that must not run twice. @throws AppError if it may have run. */
      readonly beginOnce: () => Promise<void>;
    };
