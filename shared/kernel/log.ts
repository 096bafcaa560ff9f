import { channel } from 'node:diagnostics_channel';
import type { LogEvent, LogEvents } from './log-events.ts';
import { mask, plain, plainField } from './mask.ts';
import { createPassingTrace, type TraceOf } from './trace.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * What a line may say. The set is closed so that a token, a signature or a follower's words cannot
 * be logged by mistake: there is no field for them. `details` is for a bot author's own data; names
 * and values in it that look secret are masked.
 */
export interface LogFields<Reason extends string = string> {
  readonly function?: string;
  readonly requestId?: string | undefined;
  /** WeChat's id of a message, or our id of an event. */
  readonly messageId?: string | undefined;
  /** Written as a short hash unless the log was made with `openids: 'plain'`. */
  readonly openid?: string | undefined;
  /** The type of a message, or the name of an event. */
  readonly message?: string;
  /** The type of the passive reply, or `none`. */
  readonly reply?: string;
  /** What the inbox knew of the message: see its `Standing`. */
  readonly standing?: string;
  /** The action that an operator asked for. */
  readonly action?: string;
  /** The id of a client of the API proxy. */
  readonly client?: string | undefined;
  /** A catalogue name such as `menu.create`, never a URL. */
  readonly endpoint?: string;
  readonly errcode?: number | undefined;
  readonly rid?: string | undefined;
  readonly status?: number;
  readonly ms?: number;
  readonly count?: number;
  /** The length of the answer. */
  readonly bytes?: number;
  /** Why something was refused, skipped or chosen: one of a few fixed words. */
  readonly reason?: Reason;
  readonly error?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Tell = <Event extends LogEvent>(event: Event, fields?: FieldsOf<Event>) => void;

/** What a line of this event may say. */
export type FieldsOf<Event extends LogEvent> = LogFields<LogEvents[Event]>;

/** One JSON object a line. `event` is a fixed phrase; what varies goes into the fields. */
export interface Log {
  readonly debug: Tell;
  readonly info: Tell;
  readonly warn: Tell;
  readonly error: Tell;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): Log;
}

/** What the compiler says of a field that a line does not have. */
type NoSuchField = 'A log line has no such field: put data of your own into details: { … }';

interface AuthorTell {
  (event: string, fields?: LogFields): void;
  /** No call is meant to match this. It makes the error for an unknown field say where the data belongs. */
  (event: string, fields: LogFields & Readonly<Record<string, NoSuchField>>): void;
}

/** The log of a bot author, whose events are any phrase. */
export interface AuthorLog {
  readonly debug: AuthorTell;
  readonly info: AuthorTell;
  readonly warn: AuthorTell;
  readonly error: AuthorTell;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): AuthorLog;
}

export interface LogOptions {
  readonly write: (line: string) => void;
  readonly now: () => number;
  readonly level?: LogLevel;
  /** Default `hash`. */
  readonly openids?: 'hash' | 'plain';
  /** How an openid is hashed; unless given, under a key of this process. */
  readonly traceOf?: TraceOf | undefined;
  /**
   * The request that is being handled, for lines that do not name one: where a process handles many
   * at once, the platform cannot tell whose a line is.
   */
  readonly requestId?: (() => string | undefined) | undefined;
  /** Masks a piece of a line; default: what stands under a name that looks secret. */
  readonly mask?: (text: string) => string;
  /** Called for every event with its fields, also for one below the level. */
  readonly onEvent?: (event: string, fields: LogFields) => void;
}

/** Shows which lines are about the same follower, but no message can be sent to it. */
const HASH_LENGTH = 12;
const passingTrace = createPassingTrace();

/** Gives subscribers in this process every line, and the openid that is hashed in it. */
const written = channel('fuwuhao.log');

export function createLog(options: LogOptions, bound: LogFields = {}): AuthorLog {
  return new LineLog(new LineWriter(options), bound);
}

/** A log whose every line carries its bound fields. */
class LineLog implements AuthorLog {
  readonly #writer: LineWriter;
  readonly #bound: LogFields;

  constructor(writer: LineWriter, bound: LogFields) {
    this.#writer = writer;
    this.#bound = bound;
  }

  debug(event: string, fields?: LogFields): void {
    this.#writer.write('debug', event, this.#with(fields));
  }

  info(event: string, fields?: LogFields): void {
    this.#writer.write('info', event, this.#with(fields));
  }

  warn(event: string, fields?: LogFields): void {
    this.#writer.write('warn', event, this.#with(fields));
  }

  error(event: string, fields?: LogFields): void {
    this.#writer.write('error', event, this.#with(fields));
  }

  child(fields: LogFields): AuthorLog {
    return new LineLog(this.#writer, this.#with(fields));
  }

  #with(fields: LogFields | undefined): LogFields {
    // Two spreads in one literal cost ten times as much.
    return fields ? Object.assign({}, this.#bound, fields) : this.#bound;
  }
}

/** Numbers and texts that stand under these names are written as they are, but for what is masked. */
const simpleFields: readonly (keyof LogFields)[] = [
  ...(['function', 'requestId', 'messageId', 'message', 'reply', 'standing', 'action'] as const),
  ...(['client', 'endpoint', 'errcode', 'rid', 'status', 'ms', 'count', 'bytes'] as const),
  'reason',
];
/** What stands in front of the value of such a field, made once: a piece less to join for each field. */
const beforeSimple: ReadonlyMap<string, { readonly number: string; readonly words: string }> =
  new Map(simpleFields.map((name) => [name, { number: `,"${name}":`, words: `,"${name}":"` }]));
/** The fields whose values are a few words that come again and again: they are made once, whole. */
const wordFields = ['function', 'message', 'reply', 'standing', 'action', 'endpoint', 'reason'];
/** Of each: an account in plain mode is sent what anybody calls an event. */
const MOST_KNOWN = 200;

/** What stands between the time and the event. */
const behindTime = Object.fromEntries(
  logLevels.map((level) => [level, `Z","level":"${level}","event":`]),
) as Readonly<Record<LogLevel, string>>;

/** Needs no escape in JSON, and without `=` and `:` it holds nothing that `mask` would take for a secret. */
const PLAIN_WORDS = /^[\w #.,/-]{0,200}$/;

/** Writes lines field by field: what goes through JSON or a mask is free text only. */
class LineWriter {
  readonly #options: LogOptions;
  readonly #threshold: number;
  readonly #mask: (text: string) => string;
  /** What is made once, by what stands in front of the word. */
  readonly #known: ReadonlyMap<string, Map<string, string>> = new Map(
    [...Object.values(behindTime), ...wordFields.map((name) => `,"${name}":`)].map((before) => [
      before,
      new Map(),
    ]),
  );
  #second = Number.NaN;
  #toSecond = '';

  constructor(options: LogOptions) {
    this.#options = options;
    this.#threshold = logLevels.indexOf(options.level ?? 'info');
    this.#mask = options.mask ?? mask;
  }

  write(level: LogLevel, event: string, fields: LogFields): void {
    const { write, onEvent, openids, requestId } = this.#options;
    onEvent?.(event, fields);
    if (logLevels.indexOf(level) < this.#threshold) return;
    let line = this.#beginning() + this.#worded(behindTime[level], event);
    if (fields.requestId === undefined) line += this.#field('requestId', requestId?.());
    for (const name in fields) line += this.#field(name, fields[name as never]);
    line += '}';
    write(line);
    if (written.hasSubscribers) {
      written.publish({ line, openid: fields.openid, isPlain: openids === 'plain' });
    }
  }

  #hash(openid: string): string {
    const { traceOf = passingTrace } = this.#options;
    return `#${traceOf(openid).slice(0, HASH_LENGTH)}`;
  }

  #field(name: string, value: unknown): string {
    if (value === undefined) return '';
    if (name === 'openid') {
      const openid = String(value);
      const shown = this.#options.openids === 'plain' ? openid : this.#hash(openid);
      return `,"openid":${this.#text(shown)}`;
    }
    const before = beforeSimple.get(name);
    if (before !== undefined) {
      if (typeof value === 'string') {
        if (this.#known.has(before.number)) return this.#worded(before.number, value);
        const isPlain = this.#isPlain(value);
        return isPlain ? `${before.words}${value}"` : before.number + this.#text(value);
      }
      if (Number.isFinite(value)) return before.number + String(value);
    }
    const json = JSON.stringify({ [name]: plainField(name, value) });
    return json === '{}' ? '' : `,${this.#mask(json).slice(1, -1)}`;
  }

  #worded(before: string, word: string): string {
    const known = this.#known.get(before);
    const made = known?.get(word);
    if (made !== undefined) return made;
    const piece = before + this.#text(word);
    if (known && known.size < MOST_KNOWN) known.set(word, piece);
    return piece;
  }

  /** A text in JSON. What is masked by its value may be any word. */
  #text(text: string): string {
    return this.#isPlain(text) ? `"${text}"` : this.#mask(JSON.stringify(plain(text)));
  }

  #isPlain(text: string): boolean {
    return this.#mask === mask && PLAIN_WORDS.test(text);
  }

  /** To the end of the time, as ISO 8601 has it, of which all but the milliseconds is made once a second. */
  #beginning(): string {
    const now = this.#options.now();
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#toSecond = `{"time":"${new Date(second * 1_000).toISOString().slice(0, -4)}`;
    }
    return this.#toSecond + String(Math.floor(now - second * 1_000)).padStart(3, '0');
  }
}

/**
 * The same log for a bot author. Every log can write any phrase; only our own code is held to a
 * list.
 */
export function forAuthor(log: Log): AuthorLog {
  return log as AuthorLog;
}
