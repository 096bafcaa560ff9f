import type { Eventual } from '../kernel/eventual.ts';
import { eventName, type Message } from '../wechat/message/message.ts';
import { MessageContext } from './context.ts';
import { type Middleware, type Next, nextOnce } from './middleware.ts';

/** A handler, and the messages that it takes. */
export interface Route {
  /** Missing for a route that takes messages of all types. */
  readonly types?: readonly string[];
  /** Of events, those of this name alone. */
  readonly event?: string;
  /** Whether the route takes a message of these types; a match of a pattern is for the handler. */
  readonly test?: (message: Message) => boolean | RegExpExecArray;
  readonly handle: Middleware<MessageContext>;
}

/**
 * Routes in the order in which they were added, indexed by the type of a message and the name of an
 * event: a message costs nothing at the routes of other kinds.
 */
export class Routes {
  readonly #all: Route[] = [];
  /** The events that have routes of their own. */
  readonly #events = new Set<string>();
  readonly #ofType = new Map<string, readonly Route[]>();
  readonly #ofEvent = new Map<string, readonly Route[]>();

  add(route: Route): void {
    this.#all.push(route);
    if (route.event !== undefined) this.#events.add(route.event);
    this.#ofType.clear();
    this.#ofEvent.clear();
  }

  /** Adds a route in front of all that are there. */
  addFirst(route: Route): void {
    this.add(route);
    const [last] = this.#all.splice(-1);
    if (last) this.#all.unshift(last);
  }

  /** Runs the first route that takes the message; its `next` runs the one after it. */
  run(ctx: MessageContext, next: Next): Eventual<void> {
    return runFrom(0, this.#for(ctx.message), ctx, next);
  }

  /** The routes that may take the message; only the first message of its kind looks for them. */
  #for(message: Message): readonly Route[] {
    const name = message.type === 'event' ? eventName(message) : undefined;
    const hasOwn = name !== undefined && this.#events.has(name);
    const lists = hasOwn ? this.#ofEvent : this.#ofType;
    const kind = hasOwn ? name : message.type;
    let found = lists.get(kind);
    if (!found) {
      found = this.#all.filter(
        ({ types, event }) =>
          (types?.includes(message.type) ?? true) && (event === undefined || event === name),
      );
      lists.set(kind, found);
    }
    return found;
  }
}

function runFrom(
  start: number,
  routes: readonly Route[],
  ctx: MessageContext,
  next: Next,
): Eventual<void> {
  for (let index = start; index < routes.length; index += 1) {
    const { test, handle } = routes[index] as Route;
    const found = test === undefined || test(ctx.message);
    if (found === false) continue;
    const following = nextOnce(() => runFrom(index + 1, routes, ctx, next));
    return handle(found === true ? ctx : new MessageContext(ctx, found), following);
  }
  return next();
}
