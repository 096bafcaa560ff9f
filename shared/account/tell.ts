import type { Context } from './context.ts';
import { delivery } from './delivery.ts';

/**
 * Says texts as they come, such as the paragraphs of an answer that a model is still writing: each but
 * the last is a customer-service message, and the last is the reply. What cannot be sent (an account
 * without the right, a window that is used up) stands in the reply instead, so nothing is lost.
 *
 * It is for slow handlers. One that runs again because its process died says what it says again.
 *
 * @returns what the texts return at their end, such as a model's `ModelAnswer`
 * @throws what the texts throw, and the signal's reason when it is aborted
 * @example const { tokens } = await tell(ctx, paragraphs(model.stream(turns, ctx)));
 */
export async function tell<R>(ctx: Context, texts: AsyncGenerator<string, R>): Promise<R> {
  const right = ctx[delivery]?.right;
  const held: string[] = [];
  let canSend = !(await right?.isMissing());
  try {
    let next = await texts.next();
    for (; !next.done; next = await texts.next()) {
      const [before] = held;
      canSend = canSend && (before === undefined || (await isSent(before)));
      if (canSend) held.length = 0;
      held.push(next.value);
    }
    if (held.length > 0) ctx.reply(held.join('\n\n'));
    return next.value;
  } finally {
    await texts.return(undefined as never);
  }

  async function isSent(text: string): Promise<boolean> {
    try {
      await ctx.send(text);
      return true;
    } catch (error) {
      ctx.signal.throwIfAborted();
      await right?.noteRefusal(error);
      ctx.log.warn('paragraphs stand in the reply', { error });
      return false;
    }
  }
}
