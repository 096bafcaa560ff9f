import type { LogLine } from '../../emulator/scf/invocation.ts';

/** One start of a handler. */
export interface Start {
  readonly pid: number;
  readonly at: number;
}

/** What the journal reads of a line. */
interface Fields {
  readonly event: string;
  readonly openid?: string;
  readonly messageId?: string;
  readonly reason?: string;
  readonly ms?: number;
  readonly count: number;
  readonly details: { readonly pid: number };
}

interface Entry {
  readonly at: number;
  readonly text: string;
}

/** What the functions log, kept by follower, so that each finding can be told with its story. */
export class Journal {
  readonly starts = new Map<number, Start[]>();
  /** The messages whose handler ran, by the number in their text. */
  readonly #messages = new Map<number, { readonly messageId: string; readonly openid: string }>();
  readonly #held = new Set<string>();
  /** Since when the log knows a message, by its id. */
  readonly #knownSince = new Map<string, number>();
  readonly #entries = new Map<string, Entry[]>();

  read({ function: name, instance, stream, line }: LogLine): void {
    if (stream === 'platform' || !line.includes('"openid":')) return;
    // The last line of a process that was killed may be cut off.
    if (!line.endsWith('}')) return;
    const fields = JSON.parse(line) as Fields;
    const { event, openid = '', messageId = '', ms, count, details } = fields;
    const at = Date.now();
    const words = [name, instance, messageId, event, fields.reason, ms];
    const text = words.filter((word) => word !== undefined && word !== '').join(' ');
    append(this.#entries, openid, { at, text });
    const since = event === 'turn awaited' ? at - (ms ?? 0) : at;
    this.#knownSince.set(messageId, Math.min(since, this.#knownSince.get(messageId) ?? since));
    if (event === 'message held') this.#held.add(messageId);
    if (event !== 'handler ran') return;
    this.#messages.set(count, { messageId, openid });
    append(this.starts, count, { pid: details.pid, at });
  }

  /** Whether a delivery of it had to be held, since the store did not answer. */
  wasHeld(number: number): boolean {
    return this.#held.has(this.#messages.get(number)?.messageId ?? '');
  }

  /** When an instance first had its handler begun, or its place in the line of its follower. */
  inLineSince(number: number): number {
    return this.#knownSince.get(this.#messages.get(number)?.messageId ?? '') ?? 0;
  }

  /** What was logged about the follower of a message, with the time in ms from `since`. */
  about(number: number, since: number, until: number): readonly string[] {
    const entries = this.#entries.get(this.#messages.get(number)?.openid ?? '') ?? [];
    return entries
      .filter(({ at }) => at >= since && at <= until)
      .map(({ at, text }) => `${at - since} ${text}`);
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
