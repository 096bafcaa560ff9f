import type { Context } from '../account/context.ts';
import { delivery } from '../account/delivery.ts';
import { withoutClaim } from '../account/idempotent.ts';
import type { Middleware, Next } from '../account/middleware.ts';
import { type Eventual, whenDone } from '../kernel/eventual.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { answersOf, type ChosenRule } from './choose.ts';
import { KnownRules } from './known-rules.ts';
import { occasionOf } from './occasion.ts';

/**
 * Answers by the rules that operators keep in the console, or by the action `setAutoReplies` of the function menu:
 * no deploy is needed. What no rule takes goes on to the routes after it; a rule under "otherwise" takes
 * every message, so it usually stands last. A change counts after ten seconds at the latest. An instance
 * reads the store once in ten seconds at the most, and while the store fails it goes on with the rules that
 * it knows; one that has read none yet lets the message go on.
 *
 * @example account.text('order', …).use(autoReplies())
 */
export function autoReplies(): Middleware<Context> {
  const rules = new KnownRules();
  return withoutClaim((ctx: Context, next: Next) => {
    const occasion = occasionOf(ctx.message);
    if (!occasion) return next();
    return whenDone(rules.current(ctx), (choose) => {
      const chosen = choose?.(occasion, ctx.now());
      return chosen ? answer(ctx, chosen) : next();
    });
  });
}

function answer(ctx: Context, { rule }: ChosenRule): Eventual<void> {
  const answers = answersOf(rule, () => messageId(ctx.message));
  const [last] = answers.slice(-1);
  if (!last) return;
  if (answers.length > 1) return answerInTurn(ctx, answers);
  // Every delivery of the message computes the same again, so nothing needs to be stored of it.
  ctx[delivery]?.leaveUnrecorded?.();
  ctx.reply(last);
}

/** The response carries one message: the last, and the others are sent before it, in their order. */
async function answerInTurn(ctx: Context, answers: ReturnType<typeof answersOf>): Promise<void> {
  await ctx[delivery]?.claim?.();
  for (const each of answers.slice(0, -1)) {
    try {
      await ctx.send(each);
    } catch (error) {
      // The follower gets the rest: an account without the right to send still has the response.
      ctx.log.error('an answer of several was not sent', { error });
    }
  }
  const last = answers.at(-1);
  if (last) ctx.reply(last);
}
