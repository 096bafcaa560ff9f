import * as v from 'valibot';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Collection, Store } from '../../../../shared/store/store.ts';

const orderSchema = v.strictObject({
  _id: v.string(),
  batch: v.string(),
  state: v.picklist(['open', 'paid', 'sent']),
  total: v.number(),
  placedAt: v.date(),
  tags: v.array(v.string()),
  urgent: v.optional(v.boolean()),
  note: v.optional(v.string()),
  buyer: v.optional(v.strictObject({ name: v.string(), since: v.optional(v.date()) })),
  anything: v.optional(v.unknown()),
});
export type Order = v.InferOutput<typeof orderSchema>;
export const orders: Collection<Order> = { name: 'orders', schema: orderSchema };

const seatSchema = v.strictObject({ _id: v.string(), row: v.string(), number: v.number() });
export type Seat = v.InferOutput<typeof seatSchema>;
export const seats: Collection<Seat> = {
  name: 'seats',
  schema: seatSchema,
  indexes: [
    {
      fields: [
        { name: 'row', direction: 'asc' },
        { name: 'number', direction: 'asc' },
      ],
      unique: true,
    },
  ],
};

const crewSchema = v.strictObject({ _id: v.string(), members: v.array(v.string()) });
/** A person is in one crew only. */
export const crews: Collection<v.InferOutput<typeof crewSchema>> = {
  name: 'crews',
  schema: crewSchema,
  indexes: [{ fields: [{ name: 'members', direction: 'asc' }], unique: true }],
};

const sessionSchema = v.strictObject({ _id: v.string(), seenAt: v.date() });
/** A session expires an hour after it was seen. */
export const sessions: Collection<v.InferOutput<typeof sessionSchema>> = {
  name: 'sessions',
  schema: sessionSchema,
  indexes: [{ fields: [{ name: 'seenAt', direction: 'asc' }], expireAfterSeconds: 3_600 }],
};

export const contractCollections = [orders, seats, crews, sessions] as const;

export interface Fixture {
  readonly store: Store;
  readonly close?: () => Promise<void>;
}

let lastId = 0;
export function freshId(): string {
  lastId += 1;
  return `doc-${lastId}`;
}

export function order(fields: Partial<Order> = {}): Order {
  return {
    _id: freshId(),
    batch: 'any',
    state: 'open',
    total: 10,
    placedAt: new Date(1_700_000_000_123),
    tags: [],
    ...fields,
  };
}

/** The error with which `promise` fails. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('It did not fail with an AppError.', { cause: error });
}
