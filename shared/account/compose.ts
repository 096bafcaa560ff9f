export type Next = () => Promise<void>;

/** Does its part, and calls `next` to let the following middlewares do theirs, or ends the chain. */
export type Middleware<C> = (ctx: C, next: Next) => void | Promise<void>;

/** One middleware that runs the given ones in order. Calling `next` twice is an error. */
export function compose<C>(middlewares: readonly Middleware<C>[]): Middleware<C> {
  return async (ctx, next) => {
    let reached = -1;
    async function run(index: number): Promise<void> {
      if (index <= reached) throw new Error('next() was called more than once');
      reached = index;
      const middleware = middlewares[index];
      await (middleware ? middleware(ctx, () => run(index + 1)) : next());
    }
    await run(0);
  };
}
