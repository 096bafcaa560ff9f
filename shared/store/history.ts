import type { Change, Raw } from './link.ts';
import type { Value } from './values.ts';

/** How many write ids a document remembers. */
export const WRITES_KEPT = 16;

/** The clocks of two instances never differ by more than this. */
const CLOCK_SKEW_MS = 60_000;

/** An id for a write: when it was first sent, by the writer's clock, and what makes it unique. */
export function writeIdOf(nowMs: number, unique: string): string {
  return `${Math.floor(nowMs / 1000).toString(36)}.${unique}`;
}

export function nextStamp(base: Raw, writeId: string): Pick<Raw, '_rev' | '_writes'> {
  return { _rev: base._rev + 1, _writes: [...base._writes, writeId].slice(-WRITES_KEPT) };
}

/** The document after a change, for a link that computes it in memory. */
export function changed(raw: Raw, change: Change): Raw {
  const fields: Record<string, Value> = { ...raw, ...change.set };
  for (const name of change.unset) delete fields[name];
  for (const [name, by] of Object.entries(change.add)) {
    const before = fields[name];
    fields[name] = (typeof before === 'number' ? before : 0) + by;
  }
  return { ...fields, _id: raw._id, ...nextStamp(raw, change.writeId) };
}

/**
 * Whether a write is part of a document as it is now; undefined if the document does not tell.
 *
 * @param from the revision it was made from; undefined if it created the document
 */
export function wasWritten(
  now: Raw | undefined,
  from: number | undefined,
  writeId: string,
): boolean | undefined {
  if (!now) return undefined;
  if (now._writes.includes(writeId)) return true;
  const isRemembered =
    from === undefined
      ? now._writes.length < WRITES_KEPT
      : now._rev >= from && now._rev - from <= now._writes.length;
  return isRemembered ? false : undefined;
}

/**
 * The same for a write that was sent at the time given, without knowing the revision. A write that is
 * not found did not happen only if the document remembers every write since then.
 */
export function wasWrittenSince(now: Raw, sentMs: number, writeId: string): boolean | undefined {
  if (now._writes.includes(writeId)) return true;
  const [oldest = ''] = now._writes;
  const oldestMs = Number.parseInt(oldest, 36) * 1000;
  const isRemembered = now._writes.length < WRITES_KEPT || oldestMs < sentMs - CLOCK_SKEW_MS;
  return isRemembered ? false : undefined;
}
