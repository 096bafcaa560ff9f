import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';

const schema = v.strictObject({
  /** The hash of the secret in the link, or of the challenge that was answered. */
  _id: v.string(),
  /**
   * `invite` lets an operator set up a way to sign in; `admit` signs an operator in; `challenge` was
   * answered by a passkey, and is not taken again.
   */
  kind: v.picklist(['invite', 'admit', 'challenge']),
  operator: v.string(),
  until: v.date(),
  mac: macField,
});

/** What is good once. */
export type TicketDocument = v.InferOutput<typeof schema>;

export const ticketCollection = defineCollection<TicketDocument>({
  name: 'console-tickets',
  schema,
  bound: 'all',
  indexes: [{ fields: [{ name: 'until', direction: 'asc' }], expireAfterSeconds: 0 }],
});
