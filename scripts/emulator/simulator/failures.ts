import type { LogLine } from '../scf/invocation.ts';

/** An exception of a handler, as a function has logged it. */
export interface HandlerFailure {
  readonly requestId: string;
  /** Which message it was, by WeChat's MsgId; an event has none. */
  readonly messageId: string | undefined;
  /** Name and message of the error. */
  readonly what: string;
  /** Where it came from: its frames, the innermost first. */
  readonly where: string;
}

/** The events that say that a handler has failed: once and for all, or for this time. */
const EVENTS: ReadonlySet<unknown> = new Set(['handler failed', 'deferred handler failed']);
/** More than this is of no help in a chat. */
const MOST_FRAMES = 8;
const MOST_KEPT = 200;

/** The failures of handlers, and the messages at which they happened. */
export class Failures {
  #kept: HandlerFailure[] = [];

  /** What a line says of a failure; `undefined` for any other line. */
  note(line: LogLine): HandlerFailure | undefined {
    const failure = readFailure(line);
    if (failure) this.#kept = [...this.#kept.slice(1 - MOST_KEPT), failure];
    return failure;
  }

  /** Gives those that belong to a message, each once. */
  take(messageId: string | undefined, requestIds: readonly string[]): readonly HandlerFailure[] {
    const isIts = (failure: HandlerFailure) =>
      (messageId !== undefined && failure.messageId === messageId) ||
      requestIds.includes(failure.requestId);
    const taken = this.#kept.filter(isIts);
    this.#kept = this.#kept.filter((failure) => !isIts(failure));
    return taken;
  }
}

function readFailure({ line, requestId }: LogLine): HandlerFailure | undefined {
  if (!line.startsWith('{') || !line.includes('handler failed"')) return undefined;
  const { event, error, messageId } = parsed(line);
  if (!EVENTS.has(event) || typeof error !== 'object' || error === null) return undefined;
  const { name = 'Error', message = '', stack = '' } = error as Readonly<Record<string, unknown>>;
  const frames = String(stack)
    .split('\n')
    .filter((frame) => /^\s*at /.test(frame) && !frame.includes('node:internal'));
  return {
    requestId,
    messageId: typeof messageId === 'string' ? messageId : undefined,
    what: `${String(name)}: ${String(message)}`,
    where: frames
      .slice(0, MOST_FRAMES)
      .map((frame) => frame.trim())
      .join('\n'),
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
