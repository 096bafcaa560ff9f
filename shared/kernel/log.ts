import { hash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import type { LogEvent, LogEvents } from './log-events.ts';
import { mask, plainField } from './mask.ts';

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

/** The log of a bot author, whose events are any phrase. */
export interface AuthorLog {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): AuthorLog;
}

export interface LogOptions {
  readonly write: (line: string) => void;
  readonly now: () => number;
  readonly level?: LogLevel;
  /** Default `hash`. */
  readonly openids?: 'hash' | 'plain';
  /**
   * The request that is being handled, for lines that do not name one: where a process handles many
   * at once, the platform cannot tell whose a line is.
   */
  readonly requestId?: (() => string | undefined) | undefined;
  /** Masks a finished line; default: what stands under a name that looks secret. */
  readonly mask?: (line: string) => string;
  /** Called for every event with its fields, also for one below the level. */
  readonly onEvent?: (event: string, fields: LogFields) => void;
}

/** Gives subscribers in this process every line, and the openid that is hashed in it. */
const written = channel('fuwuhao.log');

export function createLog(options: LogOptions, bound: LogFields = {}): AuthorLog {
  const isPlain = options.openids === 'plain';
  const { mask: maskLine = mask } = options;
  const threshold = logLevels.indexOf(options.level ?? 'info');

  function write(level: LogLevel, event: string, fields?: LogFields): void {
    const isWritten = logLevels.indexOf(level) >= threshold;
    if (!isWritten && !options.onEvent) return;
    // Two spreads in one literal cost ten times as much.
    const all: LogFields = fields ? Object.assign({}, bound, fields) : bound;
    options.onEvent?.(event, all);
    if (!isWritten) return;
    const line = lineOf(level, event, all);
    options.write(line);
    if (written.hasSubscribers) written.publish({ line, openid: all.openid, isPlain });
  }

  function lineOf(level: LogLevel, event: string, fields: LogFields): string {
    const { openid } = fields;
    const time = new Date(options.now()).toISOString();
    const line: Record<string, unknown> = { time, level, event };
    const requestId = options.requestId?.();
    if (requestId !== undefined) line.requestId = requestId;
    for (const name of Object.keys(fields)) {
      if (name !== 'openid') line[name] = plainField(name, fields[name as keyof LogFields]);
    }
    if (openid !== undefined) line.openid = isPlain ? openid : hashOpenid(openid);
    return maskLine(JSON.stringify(line));
  }

  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    child: (fields) => createLog(options, Object.assign({}, bound, fields)),
  };
}

/**
 * The same log for a bot author. Every log can write any phrase; only our own code is held to a
 * list.
 */
export function forAuthor(log: Log): AuthorLog {
  return log as AuthorLog;
}

/** The hash shows which lines are about the same follower, but no message can be sent to it. */
function hashOpenid(openid: string): string {
  return `#${hash('sha256', openid).slice(0, 12)}`;
}
