import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

/** By what an operator signed in. */
export const signInMethods = ['passkey', 'password', 'link'] as const;
export type SignInMethod = (typeof signInMethods)[number];

const schema = v.strictObject({
  /** The hash of what the cookie holds. */
  _id: v.string(),
  operator: v.string(),
  /** The hash of the key that the page has chosen: the cookie alone opens nothing. */
  pageKey: v.string(),
  method: v.picklist(signInMethods),
  openedAt: v.number(),
  /** When the page last asked for something, to some minutes. */
  seenAt: v.number(),
  /** Which browser, as far as it tells: for the list of sessions. */
  browser: v.string(),
  endsAt: v.date(),
  mac: macField,
});

/** An operator who is signed in, in one browser. */
export type ConsoleSessionDocument = v.InferOutput<typeof schema>;

export const consoleSessionCollection = defineCollection<ConsoleSessionDocument>({
  name: 'console-sessions',
  schema,
  bound: 'all',
  indexes: [
    { fields: [{ name: 'operator', direction: 'asc' }] },
    { fields: [{ name: 'endsAt', direction: 'asc' }], expireAfterSeconds: 0 },
  ],
});
