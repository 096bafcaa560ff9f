import type * as v from 'valibot';
import { checked } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Context } from './context.ts';
import { delivery } from './delivery.ts';
import { withoutClaim } from './idempotent.ts';
import { inOrder } from './in-order.ts';
import type { Middleware, Next } from './middleware.ts';
import type { SessionDrafts, SessionRules } from './session-drafts.ts';

const MINUTE_MS = 60_000;
const DEFAULT_MAX_BYTES = 16 * 1024;
/** All sessions of a follower are one document, and no database takes one without limit. */
const MOST_BYTES = 256 * 1024;

export interface SessionOptions<State extends object> {
  /** Lower-case letters, digits and dashes. It belongs to this session, in all releases. */
  readonly name: string;
  /** What a state is, as JSON: a stored one that does not fit is migrated, or begins anew. */
  readonly schema: v.GenericSchema<unknown, State>;
  /** The state of a follower who has none. */
  readonly initial: State;
  /** The state is forgotten when no message has used it for this long. */
  readonly expiresAfterMinutes: number;
  /** How large a state may be, as JSON in UTF-8; default 16 KB. */
  readonly maxBytes?: number;
  /** Makes a state of one that an earlier release stored and that does not fit the schema any more. */
  readonly migrate?: (stored: unknown) => unknown;
}

/**
 * What an account remembers of each follower. What a handler changes in it is stored in the same
 * transaction as the reply: both or neither.
 *
 * @example
 * const visits = session({
 *   name: 'visits',
 *   schema: v.object({ count: v.number() }),
 *   initial: { count: 0 },
 *   expiresAfterMinutes: 60,
 * });
 * account.text('hi', visits.with(async (ctx, state) => {
 *   state.count += 1;
 *   ctx.reply(`Visit ${state.count}`);
 * }));
 */
export function session<State extends object>(options: SessionOptions<State>): Session<State> {
  const { name } = options;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) throw unusable(name, 'has no proper name');
  return new Session(options);
}

export class Session<State extends object> {
  readonly #rules: SessionRules<State>;

  /** @throws AppError `invalid` for options that make no sense */
  constructor(options: SessionOptions<State>) {
    const { name, schema, initial, expiresAfterMinutes } = options;
    const { maxBytes = DEFAULT_MAX_BYTES, migrate } = options;
    if (!(expiresAfterMinutes > 0)) throw unusable(name, 'needs a positive expiresAfterMinutes');
    if (!(maxBytes > 0 && maxBytes <= MOST_BYTES))
      throw unusable(name, `needs a maxBytes of at most ${MOST_BYTES}`);
    checked(schema, initial, { what: `The initial state of the session "${name}"` });
    const expiresAfterMs = expiresAfterMinutes * MINUTE_MS;
    this.#rules = { name, schema, initial, expiresAfterMs, maxBytes, migrate };
  }

  get name(): string {
    return this.#rules.name;
  }

  /**
   * A handler that has the follower's state in hand, to read it and to change it in place. Messages of
   * one follower to such handlers run one at a time, in the order in which they were sent; those of
   * other followers do not wait. If the handler fails, nothing is changed.
   */
  with<C extends Context<Message>>(
    handler: (ctx: C, state: State, next: Next) => void | Promise<void>,
  ): Middleware<C> {
    return inOrder(
      withoutClaim(async (ctx: C, next: Next) => {
        const drafts = await takeTurn(ctx, this.name);
        await handler(ctx, drafts.of(this.#rules), next);
        drafts.stage();
      }),
    );
  }

  /**
   * The state of the follower, in a handler that has another session in hand by `with`.
   *
   * @throws AppError `invalid` in any other handler
   */
  of(ctx: Context<Message>): State {
    return this.#drafts(ctx).of(this.#rules);
  }

  /** Puts a whole state in the place of the one that is there. */
  set(ctx: Context<Message>, state: State): void {
    this.#drafts(ctx).set(this.#rules, state);
  }

  /** Puts the initial state in its place. */
  forget(ctx: Context<Message>): void {
    this.set(ctx, structuredClone(this.#rules.initial));
  }

  #drafts(ctx: Context<Message>): SessionDrafts {
    const drafts = ctx[delivery]?.sessions;
    if (drafts) return drafts;
    throw new AppError(
      'invalid',
      `The session "${this.name}" is read in a handler that does not declare a session. Wrap the handler: ${this.name}.with(async (ctx, state) => …).`,
      { details: { isFinal: true } },
    );
  }
}

async function takeTurn(ctx: Context<Message>, name: string): Promise<SessionDrafts> {
  const current = ctx[delivery];
  if (!current?.takeTurn) {
    throw new AppError('conflict', `The session "${name}" cannot be read: there is no store here.`);
  }
  return current.sessions ?? current.takeTurn();
}

function unusable(name: string, why: string): AppError {
  return new AppError('invalid', `The session "${name}" ${why}.`);
}
