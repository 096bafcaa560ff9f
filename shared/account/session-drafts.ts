import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { checked } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';

/** The state of one session as it is kept; `until` is when it expires, in ms since the epoch. */
export interface StoredState {
  readonly value: unknown;
  readonly until: number;
}

/** The sessions of one follower, by name. */
export type SessionStates = Readonly<Record<string, StoredState>>;

/** What a session is, apart from what handlers do with it. */
export interface SessionRules<State extends object = object> {
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, State>;
  readonly initial: State;
  readonly expiresAfterMs: number;
  readonly maxBytes: number;
  readonly migrate: ((stored: unknown) => unknown) | undefined;
}

export interface SessionDraftsOptions {
  readonly stored: SessionStates;
  readonly now: () => number;
  /** A stored state does not fit its schema and begins anew. */
  readonly onReset: (name: string) => void;
}

/**
 * The sessions of a follower while the handlers of one message have them in hand. Handlers change
 * copies; what they changed counts from `stage` on, so a handler that fails changes nothing.
 */
export class SessionDrafts {
  readonly #options: SessionDraftsOptions;
  readonly #drafts = new Map<string, { readonly rules: SessionRules; value: object }>();
  #states: SessionStates;

  constructor(options: SessionDraftsOptions) {
    this.#options = options;
    this.#states = liveStates(options.stored, options.now());
  }

  /** What is to be kept of all sessions. */
  get states(): SessionStates {
    return this.#states;
  }

  of<State extends object>(rules: SessionRules<State>): State {
    const draft = this.#drafts.get(rules.name);
    // A name belongs to one session, whose schema has checked the value.
    return (draft?.value ?? this.set(rules, this.#read(rules))) as State;
  }

  set<State extends object>(rules: SessionRules<State>, value: State): State {
    this.#drafts.set(rules.name, { rules, value });
    return value;
  }

  /**
   * Makes what the handlers have changed so far count.
   *
   * @throws AppError `invalid` for a state that could not be read again, or is too large
   */
  stage(): void {
    const states: Record<string, StoredState> = { ...this.#states };
    for (const [name, { rules, value }] of this.#drafts) {
      const kept = keepable(rules, value);
      // A session that is as at the start need not be kept.
      if (isDeepStrictEqual(kept, rules.initial)) delete states[name];
      else states[name] = { value: kept, until: this.#options.now() + rules.expiresAfterMs };
    }
    this.#states = states;
  }

  #read<State extends object>({ name, schema, initial, migrate }: SessionRules<State>): State {
    const stored = this.#states[name];
    if (!stored) return structuredClone(initial);
    const value = structuredClone(stored.value);
    const asStored = v.safeParse(schema, value);
    if (asStored.success) return asStored.output;
    const migrated = migrate && v.safeParse(schema, migrate(value));
    if (migrated?.success) return migrated.output;
    this.#options.onReset(name);
    return structuredClone(initial);
  }
}

/** Those that have not expired. */
export function liveStates(states: SessionStates, now: number): SessionStates {
  return Object.fromEntries(Object.entries(states).filter(([, { until }]) => until > now));
}

/** The value as it will be read again. */
function keepable({ name, schema, maxBytes }: SessionRules, value: object): unknown {
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes) {
    throw new AppError(
      'invalid',
      `The session "${name}" has ${bytes} bytes, and its maxBytes allows ${maxBytes}. Keep less in it, or give session() a larger maxBytes.`,
      { details: { bytes, isFinal: true } },
    );
  }
  const kept: unknown = JSON.parse(json);
  checked(schema, kept, { what: `The session "${name}"` });
  return kept;
}
