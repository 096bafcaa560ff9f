import type { Eventual } from '../kernel/eventual.ts';

export type Next = () => Promise<void>;

/** Does its part, and calls `next` to let the following middlewares do theirs, or ends the chain. */
export type Middleware<C> = (ctx: C, next: Next) => Eventual<void>;

/** What a middleware is given as `next`: a promise also of work that is done at once, or fails then. */
export function nextOnce(run: () => Eventual<void>): Next {
  let isCalled = false;
  return async () => {
    if (isCalled) throw new Error('next() was called more than once');
    isCalled = true;
    await run();
  };
}

/** The `next` of the last middleware. */
export const endOfChain: Next = () => Promise.resolve();
