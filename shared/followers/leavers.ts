import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';
import type { SentMark } from './follower.ts';

const leaverSchema = v.strictObject({
  /** The trace of the openid; nothing else about the person. */
  _id: v.string(),
  leftAt: v.date(),
  /** The marks of this month, as JSON: a follower who comes back has still had these messages. */
  sent: v.optional(v.string()),
  removeAt: v.date(),
});
export type Leaver = v.InferOutput<typeof leaverSchema>;

/** Followers who left, for as long as their marks count. */
export const leaverCollection = defineCollection<Leaver>({
  name: 'follower_leavers',
  schema: leaverSchema,
  indexes: [
    { fields: [{ name: 'leftAt', direction: 'asc' }] },
    { fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});

export function marksOf(leaver: Leaver | undefined): readonly SentMark[] {
  return leaver?.sent === undefined ? [] : (JSON.parse(leaver.sent) as readonly SentMark[]);
}

export function hasLeftSince(leaver: Leaver | undefined, at: number): boolean {
  return leaver !== undefined && leaver.leftAt.getTime() > at;
}
