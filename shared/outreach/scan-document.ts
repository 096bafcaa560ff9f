import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';

const count = v.number();

const schema = v.strictObject({
  /** The day and the hash of the scene: a scene is longer than an id may be. */
  _id: v.string(),
  scene: v.string(),
  /** In China, counted from the epoch. */
  day: v.number(),
  /** All scans, of followers and of those who began to follow by it. */
  scans: count,
  /** Who began to follow by it; some may have left since. */
  follows: count,
  removeAt: v.date(),
});

/** How often the codes of a scene were scanned on a day. It names nobody. */
export type ScanDocument = v.InferOutput<typeof schema>;

/** So many days, today among them, are kept and shown. */
export const KEPT_SCAN_DAYS = 90;

export const scanCollection = defineCollection<ScanDocument>({
  name: 'qrcode_scans',
  schema,
  indexes: [
    { fields: [{ name: 'day', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});
