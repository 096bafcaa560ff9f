import type { NoVariables, Values, Variables } from '../kernel/variable.ts';
import {
  type EventMessage,
  type EventName,
  isEventName,
  type KnownEvent,
  type Message,
  type UnknownEvent,
} from '../wechat/message/message.ts';
import { Asks } from './asks.ts';
import { claimed } from './claimed.ts';
import type { Context, MessageContext } from './context.ts';
import { answeringFailures, type FailureHandler, keepingReply } from './failures.ts';
import type { Middleware, Next } from './middleware.ts';
import { type Route, Routes } from './routes.ts';
import { slowWordsOf } from './slow.ts';

/** A handler of one kind of message. */
export type Handler<M extends Message = Message, Own extends Variables = NoVariables> = (
  ctx: Context<M, Own>,
  next: Next,
) => void | Promise<void>;

/** The message with this `type` (and, for an event, this `event`). */
type OfType<Type extends Message['type']> = Extract<Message, { type: Type }>;
type OfEvent<Name extends string> = Name extends EventName
  ? Extract<KnownEvent, { event: Name }>
  : UnknownEvent;

/**
 * A handler that is also handed what the pattern found. TypeScript cannot read a pattern, so a group
 * is `string | undefined` to it: `ctx.match[1] ?? ''`. In `/^(?:no|order (\d+))$/` it may indeed be
 * missing, and a type that denies this would be wrong just there.
 */
export type MatchHandler<M extends Message = Message, Own extends Variables = NoVariables> = (
  ctx: Context<M, Own> & { readonly match: RegExpExecArray },
  next: Next,
) => void | Promise<void>;

/** A router as the functions run it, whichever variables it declares. */
export interface Account {
  readonly variables: Variables;
  /** All routes as one middleware, whose handlers get these values of the variables. */
  middleware(values: Readonly<Record<string, unknown>>): Middleware<Context>;
  /** What is done for a message that the worker gives up. */
  deadHandler(values: Readonly<Record<string, unknown>>): FailureHandler | undefined;
}

/** A router that needs no variable but these. (Of a property, unlike a method, the compiler checks that.) */
interface Inner<Own extends Variables> {
  readonly middleware: (values: Values<Own>) => Middleware<Context>;
  /** A dialog has none. */
  readonly asks?: Asks;
}

/**
 * Routes in the order in which they were added: the first that takes a message handles it, and the
 * following ones only see it if the handler calls `next()`.
 *
 * @example new Router({ ORDERS_URL: variable.url('Address of the order system') })
 */
export class Router<const Own extends Variables = NoVariables> implements Account {
  readonly variables: Variables;
  /** For the router that this one is in. */
  readonly asks = new Asks();
  readonly #routes = new Routes();
  #takesAsks = false;
  #onError: FailureHandler<Context<Message, Own>> | undefined;
  #onDead: FailureHandler<Context<Message, Own>> | undefined;

  /** Handlers find the values of these variables in `ctx.env`. */
  constructor(...[variables]: keyof Own extends never ? [variables?: Own] : [variables: Own]) {
    this.variables = variables ?? {};
  }

  /** Text that equals one of the words (white space around it aside), or matches the pattern. */
  text(words: string | readonly string[], handler: Handler<OfType<'text'>, Own>): this;
  text(pattern: RegExp, handler: MatchHandler<OfType<'text'>, Own>): this;
  text(expected: string | readonly string[] | RegExp, handler: unknown): this {
    const matches = matcher(expected);
    const test = (message: Message) => message.type === 'text' && matches(message.content.trim());
    return this.#add({ types: ['text'], test }, handler);
  }

  /** An event by the name that WeChat gives it, and if wanted by its key (menu key or scene). */
  event<const Name extends EventName | (string & {})>(
    name: Name,
    handler: Handler<OfEvent<Name>, Own>,
  ): this;
  event<const Name extends EventName | (string & {})>(
    name: Name,
    key: string,
    handler: Handler<OfEvent<Name>, Own>,
  ): this;
  event<const Name extends EventName | (string & {})>(
    name: Name,
    key: RegExp,
    handler: MatchHandler<OfEvent<Name>, Own>,
  ): this;
  event(name: string, ...rest: readonly unknown[]): this {
    const handler = rest.at(-1);
    const matches = rest.length === 2 ? matcher(rest[0] as string | RegExp) : () => true;
    const test = (message: Message) =>
      message.type === 'event' && isWhole(message, name) && matches(keyOf(message) ?? '');
    return this.#add({ types: ['event'], event: name, test }, handler);
  }

  /** Messages of a type, or of one of several. */
  on<const Type extends Message['type']>(
    type: Type | readonly Type[],
    handler: Handler<OfType<Type>, Own>,
  ): this {
    return this.#add({ types: typeof type === 'string' ? [type] : type }, handler);
  }

  /**
   * Every message that gets this far; another router keeps its own order in this place, and finds
   * here the variables that it declares.
   */
  use(middleware: Inner<Own> | Middleware<Context<Message, Own>>): this {
    if (typeof middleware === 'function') return this.#add({}, middleware);
    if (middleware.asks) {
      this.asks.include(middleware.asks);
      this.#takeAsks();
    }
    // The type of `middleware` says that it needs no variable but those of this router.
    this.#routes.add({
      handle: (ctx, next) => middleware.middleware(ctx.env as Values<Own>)(ctx, next),
    });
    return this;
  }

  /**
   * What the follower hears when a handler of this router fails: `ctx.reply` of `handler` is the answer,
   * whatever the one that failed had replied. The failure is in the log as without it. A deferred
   * handler, which the worker tries again, is left to `onDead`.
   *
   * @example account.onError((error, ctx) => ctx.reply('Sorry, something went wrong. 抱歉，出错了。'))
   */
  onError(handler: FailureHandler<Context<Message, Own>>): this {
    this.#onError = handler;
    return this;
  }

  /**
   * What the follower hears when the worker gives a message up, after its last attempt. It counts on the
   * router that is the account, and not on one inside.
   */
  onDead(handler: FailureHandler<Context<Message, Own>>): this {
    this.#onDead = handler;
    return this;
  }

  deadHandler(values: Values<Own>): FailureHandler | undefined {
    const onDead = this.#onDead;
    return onDead && ((error, ctx) => onDead(error, Object.assign(ctx, { env: values })));
  }

  /** This router as one middleware. Routes that are added later count too. */
  middleware(values: Values<Own>): Middleware<Context> {
    return (ctx, next) => {
      // The context is made for this message alone, by a `HandlerRun`, so it may be given the values.
      Object.assign(ctx, { env: values });
      const run = (following: Next) => this.#routes.run(ctx as MessageContext, following);
      const onError = this.#onError as FailureHandler | undefined;
      return onError ? answeringFailures(ctx as MessageContext, next, run, onError) : run(next);
    };
  }

  /** The overloads tie the handler to the messages that the route takes. */
  #add(takes: Omit<Route, 'handle'>, handler: unknown): this {
    const middleware = handler as Middleware<Context>;
    this.#routes.add({ ...takes, handle: keepingReply(middleware, claimed(middleware)) });
    const words = slowWordsOf(middleware);
    if (words) {
      this.asks.add(words);
      this.#takeAsks();
    }
    return this;
  }

  /** A text that asks for a kept answer is looked at before all routes, of which one may take every text. */
  #takeAsks(): void {
    if (!this.#takesAsks) this.#routes.addFirst(this.asks.route);
    this.#takesAsks = true;
  }
}

function matcher(
  expected: string | readonly string[] | RegExp,
): (value: string) => boolean | RegExpExecArray {
  if (expected instanceof RegExp) {
    // `g` and `y` would make a pattern remember where it stopped in the message before.
    const pattern = new RegExp(expected.source, expected.flags.replace(/[gy]/g, ''));
    return (value) => pattern.exec(value) ?? false;
  }
  const words: readonly string[] = typeof expected === 'string' ? [expected] : expected;
  return (value) => words.includes(value);
}

/** A known event that lacks what its kind must have is not what a handler of that kind expects. */
const isWhole = (message: EventMessage, name: string): boolean =>
  message.event !== 'unknown' || !isEventName(name);

const keyOf = (message: EventMessage): string | undefined =>
  'key' in message ? message.key : undefined;
