import { fromText } from '../../../shared/store/postgres/values.ts';
import { restored } from '../../../shared/store/values.ts';
import type { ShownDocument } from '../../emulator/simulator/shown-database.ts';

/** `{ "$date": ms }` as people read it, and ids as they were given. */
export function readable({ id, rev, doc }: Readonly<Record<string, unknown>>): ShownDocument {
  return { ...(shownValue(restored(doc)) as object), _id: fromText(String(id)), _rev: rev };
}

function shownValue(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shownValue(item)]));
}

/** What people typed, as the store takes it. */
export function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value) return new Date(String(value.$date));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, storable(item)]));
}
