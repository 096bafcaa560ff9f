import type { Abort } from '../kernel/abort.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { type AuthorLog, forAuthor, type Log } from '../kernel/log.ts';
import type { NoVariables, Values, Variables } from '../kernel/variable.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Sendable } from '../wechat/custom-message.ts';
import type { Message } from '../wechat/message/message.ts';
import { checkReplyTo, type Reply, text } from '../wechat/reply.ts';
import { type Delivery, delivery } from './delivery.ts';
import { createSender, type Sender, type Typing } from './send.ts';

/**
 * What a handler gets: the message, two ways to answer it, and the tools to do so. `Own` are the
 * variables that the account declares: `Context<Message, typeof variables>`.
 */
export interface Context<M extends Message = Message, Own extends Variables = NoVariables> {
  readonly message: M;
  /**
   * The sender, the same as `message.openid`: the follower, but for events about personal data, which
   * WeChat's push service sends and which name the follower in `message.userOpenid`.
   */
  readonly openid: string;
  /**
   * Answers in this response, once; a string is a text. It is not a promise, so it cannot be lost.
   *
   * @throws AppError `invalid` if WeChat would not show it, `conflict` on a second reply.
   */
  reply(content: string | Reply): void;
  /**
   * Writes to the follower through the customer-service API: a string, `image()` and the like, or
   * any customer-service message in WeChat's words. Await it: the process freezes once the handler is
   * done.
   *
   * @throws AppError `invalid`, `conflict` or `rate_limited` if it cannot be sent; WeChatError
   */
  send(content: Sendable): Promise<void>;
  /**
   * Shows the follower that an answer is being written: for some 15 s, or until the work has settled,
   * whose outcome it gives: `const answer = await ctx.typing(model.answer(turns, ctx))`. That the sign
   * could not be shown is in the log, and is no failure of the handler.
   */
  readonly typing: Typing;
  /** The whole WeChat API: `ctx.api.user.get({ openid })`. */
  readonly api: Api;
  /** Aborted when the time to answer is over: pass it on to `fetch` and to other calls that wait. */
  readonly signal: AbortSignal;
  readonly log: AuthorLog;
  /** The values of the variables that the account declares: `ctx.env.ORDERS_URL`. */
  readonly env: Values<Own>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** What a pattern of a `text` or `event` route found. */
  readonly match?: RegExpExecArray;
  /** For the router and the wrappers of routes. */
  readonly [delivery]?: Delivery | undefined;
}

export interface ContextOptions {
  readonly message: Message;
  readonly abort: Pick<Abort, 'signal' | 'isAborted'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly api: Api;
  /** Throws if the reply cannot be given. Default: a reply has to be one that WeChat shows in a response. */
  readonly checkReply?: (reply: Reply) => void;
  /** The messages that a text becomes. Default: one, which WeChat limits to 2048 bytes. */
  readonly repliesOf?: (content: string) => readonly Reply[];
  readonly delivery?: Delivery;
}

/** One run of the handlers of a message: what all contexts of the run share. */
export class HandlerRun {
  readonly options: ContextOptions;
  readonly ctx: Context;
  #replies: readonly Reply[] = [];
  #sender: Sender | undefined;

  constructor(options: ContextOptions) {
    this.options = options;
    this.ctx = new MessageContext(this);
  }

  /** What the handlers have replied so far. */
  get reply(): Reply | undefined {
    return this.#replies[0];
  }

  /** The same with what follows it, where a long text becomes several messages. */
  get replies(): readonly Reply[] {
    return this.#replies;
  }

  get sender(): Sender {
    this.#sender ??= createSender(this.options);
    return this.#sender;
  }

  /** What the handlers have replied counts no more. */
  dropReply(): void {
    this.#replies = [];
  }

  give(content: string | Reply): void {
    const { message, abort, log, checkReply, repliesOf = oneText } = this.options;
    // The response has left without this reply. A handler that goes on in a thawed process must not fail.
    if (abort.isAborted) {
      log.warn('reply after the deadline was dropped');
      return;
    }
    if (this.reply) {
      throw new AppError(
        'conflict',
        'ctx.reply was called twice for one message; WeChat shows only one reply. Use ctx.send for more.',
      );
    }
    const replies = typeof content === 'string' ? repliesOf(content) : [content];
    for (const reply of replies) {
      if (checkReply) checkReply(reply);
      else checkReplyTo(message, reply);
    }
    this.#replies = replies;
  }
}

const oneText = (content: string): readonly Reply[] => [text(content)];

/** Its functions are made when a handler takes one, and can be taken apart: `({ reply }) => reply('Hi')`. */
export class MessageContext implements Context {
  readonly message: Message;
  readonly openid: string;
  readonly log: AuthorLog;
  readonly env: Values<NoVariables>;
  readonly match?: RegExpExecArray;
  readonly [delivery]: Delivery | undefined;
  protected readonly run: HandlerRun;

  /** The first context of a run, or another one that differs in what a pattern has found. */
  constructor(from: HandlerRun | MessageContext, match?: RegExpExecArray) {
    const isFirst = from instanceof HandlerRun;
    this.run = isFirst ? from : from.run;
    const { message, log, delivery: current } = this.run.options;
    this.message = message;
    this.openid = message.openid;
    this.log = forAuthor(log);
    this.env = isFirst ? {} : from.env;
    const found = match ?? (isFirst ? undefined : from.match);
    if (found) this.match = found;
    this[delivery] = current;
  }

  get reply(): Context['reply'] {
    return (content) => this.run.give(content);
  }

  get send(): Context['send'] {
    return this.run.sender.send;
  }

  get typing(): Context['typing'] {
    return this.run.sender.typing;
  }

  get now(): Context['now'] {
    const { clock } = this.run.options;
    return () => clock.now();
  }

  get api(): Api {
    return this.run.options.api;
  }

  get signal(): AbortSignal {
    return this.run.options.abort.signal;
  }

  /** For the router, as the next two are: the chain of handlers was ended. */
  get isOver(): boolean {
    return this.run.options.abort.isAborted;
  }

  get hasReplied(): boolean {
    return this.run.reply !== undefined;
  }

  dropReply(): void {
    this.run.dropReply();
  }
}
