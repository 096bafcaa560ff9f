import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

const schema = v.strictObject({
  /** A keyed hash of the name or address: a list of these names nobody. */
  _id: v.string(),
  /** Guesses since the last right one. */
  count: v.number(),
  lastAt: v.number(),
  removeAt: v.date(),
  mac: macField,
});

/** How often somebody has guessed for a name, or from an address, or was refused for want of a role. */
export type GuessDocument = v.InferOutput<typeof schema>;

export const guessCollection = defineCollection<GuessDocument>({
  name: 'console-guesses',
  schema,
  bound: 'all',
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
});
