import { type Eventual, rescue } from '../kernel/eventual.ts';
import type { Context, MessageContext } from './context.ts';
import { delivery } from './delivery.ts';
import type { Middleware, Next } from './middleware.ts';

/** Answers the follower of a message whose handler has failed. */
export type FailureHandler<C = Context> = (error: unknown, ctx: C) => void | Promise<void>;

/** A handler has failed, its follower is answered all the same, and the failure counts as one. */
export class AnsweredFailure extends Error {
  override readonly name = 'AnsweredFailure';

  constructor(cause: unknown) {
    super('A handler has failed, and its follower was answered.', { cause });
  }
}

/** The failure of a handler itself, answered or not. */
export function causeOf(error: unknown): unknown {
  return error instanceof AnsweredFailure ? error.cause : error;
}

const keeping = new WeakSet<object>();

/**
 * For a route whose reply stands when its handler throws after it: the follower reads the reply, and the
 * failure is in the log. Without it a handler that throws has replied nothing. It goes around the other
 * wrappers: `keepReply(defer(…))`.
 *
 * @example .text('order', keepReply(async (ctx) => { ctx.reply('Ordered.'); await tellTheKitchen(); }))
 */
export function keepReply<C extends Context>(handler: Middleware<C>): Middleware<C> {
  keeping.add(handler);
  return handler;
}

/** What a route does, with the reply kept if its handler is one that keeps it. */
export function keepingReply(
  handler: object,
  handle: Middleware<MessageContext>,
): Middleware<MessageContext> {
  if (!keeping.has(handler)) return handle;
  return (ctx, next) =>
    rescue(
      () => handle(ctx, next),
      (error) => {
        throw ctx.hasReplied && !ctx.isOver ? answered(error) : error;
      },
    );
}

/** Runs handlers, and has the follower answered if one of them fails. */
export function answeringFailures(
  ctx: MessageContext,
  next: Next,
  work: (next: Next) => Eventual<void>,
  onError: FailureHandler,
): Eventual<void> {
  let failedBehind: { readonly error: unknown } | undefined;
  const following: Next = async () => {
    try {
      await next();
    } catch (error) {
      failedBehind = { error };
      throw error;
    }
  };
  return rescue(() => work(following), answer);

  async function answer(error: unknown): Promise<void> {
    const isOthers = failedBehind?.error === error || error instanceof AnsweredFailure;
    // A chain that was ended is no failure, and what is tried again may still be answered.
    if (isOthers || ctx.isOver || ctx[delivery]?.triesAgain) throw error;
    ctx.dropReply();
    try {
      await onError(error, ctx);
    } catch (second) {
      ctx.dropReply();
      throw new AggregateError([error, second], 'A handler has failed, and then onError.');
    }
    throw answered(error);
  }
}

const answered = (error: unknown): AnsweredFailure =>
  error instanceof AnsweredFailure ? error : new AnsweredFailure(error);
