import * as v from 'valibot';
import type { Binder } from '../store/binder.ts';
import { macField } from '../store/bound-store.ts';
import type { Collection } from '../store/store.ts';

const epochMs = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A secret at rest; its number tells it from earlier ones. */
const sealedSecret = v.strictObject({ number: count, sealed: v.string() });

const schema = v.strictObject({
  /** The client's id. */
  _id: v.string(),
  secret: sealedSecret,
  /** During a rotation the old secret is good as well. */
  previous: v.optional(v.strictObject({ ...sealedSecret.entries, until: epochMs })),
  allow: v.array(v.string()),
  deny: v.array(v.string()),
  /** May call paths that the catalogue does not have. */
  raw: v.boolean(),
  /** May show a fixed key in place of a signature. */
  staticKey: v.boolean(),
  /** Calls a second in the long run, and how many at once. */
  perSecond: v.number(),
  burst: count,
  budgets: v.array(v.strictObject({ pattern: v.string(), perDay: count })),
  /** The part of each daily allowance of the account that this client may use, 0 to 1. */
  quotaShare: v.number(),
  enabled: v.boolean(),
  expiresAt: v.optional(epochMs),
  createdAt: epochMs,
  /** Counts the changes; missing in documents of before it. An older document has a smaller one. */
  version: v.optional(count),
  note: v.optional(v.string()),
  mac: macField,
});

/** A business system that calls WeChat through the proxy. */
export type ClientDocument = v.InferOutput<typeof schema>;

export const clientCollection: Collection<ClientDocument> = {
  name: 'proxy-clients',
  schema,
  bound: 'all',
};

/**
 * The version of each client that its last change has left, by the audit trail: what has a smaller one is
 * a document of an earlier time, which somebody put back.
 */
export type ReadVersions = () => Promise<ReadonlyMap<string, number>>;

const DIGEST_LENGTH = 16;

/**
 * What tells a client's document from every other that it was or will be: a keyed hash of all of it. The
 * audit trail has it of each change, so that an old document which somebody puts back shows.
 */
export function clientDigest(binder: Binder, { _id, mac: _, ...fields }: ClientDocument): string {
  return binder.mac('proxy-clients digest', _id, fields).slice(0, DIGEST_LENGTH);
}

/** A secret is sealed to its client and number, and opens nowhere else. */
export function secretLabel(client: string, number: number) {
  return { purpose: `proxy client ${client}`, generation: number };
}
