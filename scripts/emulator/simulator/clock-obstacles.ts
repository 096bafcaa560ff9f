import type { ShownDatabase } from './shown-database.ts';

/**
 * What a clock that was moved back has ahead of it, in one collection: the functions take it for the
 * latest, or wait for its end.
 */
export interface ClockObstacle {
  readonly collection: string;
  /** `written`: by the stamps in the documents. `held`: whoever worked on them has them until later. */
  readonly kind: 'written' | 'held';
  readonly documents: number;
  /** The latest of these times, in ms since the epoch. */
  readonly until: number;
}

/** No function lives as long, so no lease that began by now ends later. */
const LONGEST_LEASE_MS = 900_000;
/** The newest of each collection are looked at. */
const LOOKED_AT = 500;
/** Of what happened; those of what is to come are named otherwise: `dueAt`, `expiresAt`, `removeAt`, `endsAt`. */
const STAMP = /^(?:at|since|(?!due|expires|remove|ends)[a-z]\w*At)$/;
/** Ends of leases, claims and turns. */
const HOLD = /^(?:until|dueAt)$/;
/** Any number of ours that is so large is a time in ms. */
const FIRST_MS = 1e12;

/** What is later than `now` in the functions' database. */
export async function clockObstacles(
  database: ShownDatabase,
  now: number,
): Promise<readonly ClockObstacle[]> {
  const collections = await database.collections();
  const found = await Promise.all(
    collections.map(async ({ name }) => {
      const { documents } = await database.find(name, { limit: LOOKED_AT });
      return [
        sum(name, 'written', documents.map(writtenAt), now),
        sum(name, 'held', documents.map(heldUntil), now + LONGEST_LEASE_MS),
      ];
    }),
  );
  return found.flat().flatMap((each) => each ?? []);
}

function sum(
  collection: string,
  kind: ClockObstacle['kind'],
  times: readonly number[],
  limit: number,
): ClockObstacle | undefined {
  const later = times.filter((time) => time > limit);
  if (later.length === 0) return undefined;
  return { collection, kind, documents: later.length, until: Math.max(...later) };
}

const writtenAt = (document: object) => latest(document, STAMP);

/** Only of what somebody has in hand: anything else has an end because it was made to have one. */
function heldUntil(document: Readonly<Record<string, unknown>>): number {
  const { state, lease, line } = document;
  if (lease !== undefined) return latest(lease, HOLD);
  if (line !== undefined) return latest(line, HOLD);
  return state === 'running' || state === 'claimed' ? latest({ ...document }, HOLD) : 0;
}

/** The latest time that a field of such a name has, at any depth; 0 if there is none. */
function latest(value: unknown, names: RegExp): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (last, [name, item]) => Math.max(last, names.test(name) ? timeOf(item) : latest(item, names)),
    0,
  );
}

function timeOf(value: unknown): number {
  if (typeof value === 'number') return value >= FIRST_MS ? value : 0;
  const date = (value as { readonly $date?: unknown } | null)?.$date;
  return typeof date === 'string' ? Date.parse(date) : 0;
}
