import { whenDone } from '../kernel/eventual.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import { withoutClaim } from './idempotent.ts';
import { keepsOrder } from './in-order.ts';
import type { Middleware } from './middleware.ts';
import type { SlowPlan, SlowWay } from './slow-plan.ts';
import { type SlowLanguage, type SlowWords, slowWords } from './slow-words.ts';

export interface SlowOptions {
  /**
   * The ways besides the first response, which is always tried; by default all three.
   *
   * - `whileAskedAgain`: the handler goes on, and WeChat's second or third delivery of the message brings
   *   the answer, up to some 14 s after the first. It needs no right to send.
   * - `later`: as customer-service messages, unless WeChat has refused them to this account (48001).
   * - `whenAsked`: the follower is told to send a word, and is answered then.
   */
  readonly ways?: readonly SlowWay[];
  /** Of the words below that are not given; default `zh`. */
  readonly language?: SlowLanguage;
  readonly words?: Partial<SlowWords>;
  /**
   * Whether the handler may run again when its process died; default `true`. With `false` the follower
   * reads `words.gaveUp` then.
   */
  readonly rerun?: boolean;
  /**
   * After how many ms `ctx.signal` is aborted and the follower reads `words.gaveUp`; default 50 s. The
   * time limit of the function `callback` has to be some seconds longer.
   */
  readonly limitMs?: number;
}

const LIMIT_MS = 50_000;

const plans = new WeakMap<object, SlowPlan>();

/**
 * For a handler that may take longer than the 5 s that WeChat waits, such as one that asks a language
 * model. It is started once, and its answer reaches the follower in the first way that is open: in the
 * response, in the response to a repeat of WeChat, as a customer-service message, or when the follower
 * asks for it. It runs again only if its process died, and never after an error: the follower reads
 * `words.gaveUp` then. A text that is too long for one message becomes several.
 *
 * @example .on('text', slow(async (ctx) => ctx.reply(await answer(ctx.message.content, ctx.signal))))
 */
export function slow<C extends Context<Message>>(
  handler: Middleware<C>,
  options: SlowOptions = {},
): Middleware<C> {
  const plan: SlowPlan = {
    ways: new Set(options.ways ?? ['whileAskedAgain', 'later', 'whenAsked']),
    words: slowWords(options.language ?? 'zh', options.words ?? {}),
    rerun: options.rerun ?? true,
    limitMs: options.limitMs ?? LIMIT_MS,
  };
  const order = { inOrder: keepsOrder(handler) };
  const wrapped = withoutClaim<Middleware<C>>((ctx, next) =>
    whenDone(ctx[delivery]?.beginSlow?.(plan, order) ?? 'here', (where) =>
      where === 'here' ? handler(ctx, next) : undefined,
    ),
  );
  plans.set(wrapped, plan);
  return wrapped;
}

/** The words of a slow handler; `undefined` for any other. */
export function slowWordsOf(handler: object): SlowWords | undefined {
  return plans.get(handler)?.words;
}
