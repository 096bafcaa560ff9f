import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';

const qrcodeSchema = v.strictObject({
  /** The hash of the ticket: a ticket is longer than an id may be. */
  _id: v.string(),
  /** What the code says: a number as text, or a text. */
  scene: v.string(),
  ticket: v.string(),
  /** What the picture encodes. */
  url: v.string(),
  note: v.optional(v.string()),
  createdAt: v.date(),
  /** When a temporary code ends. */
  removeAt: v.optional(v.date()),
});
export type QrcodeDoc = v.InferOutput<typeof qrcodeSchema>;

/** The QR codes that were made here: WeChat has no list of them. */
export const qrcodeCollection = defineCollection<QrcodeDoc>({
  name: 'qrcodes',
  schema: qrcodeSchema,
  indexes: [
    { fields: [{ name: 'createdAt', direction: 'desc' }] },
    { fields: [{ name: 'scene', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});
