import * as v from 'valibot';
import { liveStates, type SessionStates } from '../account/session-drafts.ts';
import { macField } from '../store/bound-store.ts';
import type { Collection } from '../store/store.ts';
import { UNHANDLED_KEPT_MS } from './timing.ts';

const ticketSchema = v.strictObject({
  /** The id of the message, as in the inbox. */
  message: v.string(),
  /** When the follower sent it, in ms since the epoch; WeChat says it in seconds. */
  sentAt: v.number(),
  /** Tells apart what was sent in one second; an event has none. */
  msgId: v.optional(v.string()),
  /** The attempt that has the turn, once it has. */
  holder: v.optional(v.string()),
  /** Until when its instance is at it, in ms since the epoch. Missing once it waits for the worker. */
  until: v.optional(v.number()),
});

/** The place of a message among those of its follower. */
export type Ticket = v.InferOutput<typeof ticketSchema>;

const sessionSchema = v.strictObject({
  /** The trace of the follower. */
  _id: v.string(),
  /** Messages that have the sessions in hand or wait for them: only the first one has its turn. */
  line: v.array(ticketSchema),
  /** All sessions of the follower, as JSON. */
  states: v.optional(v.string()),
  removeAt: v.date(),
  mac: macField,
});

/** The sessions of one follower, and the order of the messages that use them. */
export type SessionDocument = v.InferOutput<typeof sessionSchema>;

export const sessionCollection: Collection<SessionDocument> = {
  name: 'sessions',
  schema: sessionSchema,
  // A handler acts upon what it remembers.
  bound: ['states'],
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
};

export function statesOf(doc: SessionDocument | undefined): SessionStates {
  return doc?.states === undefined ? {} : (JSON.parse(doc.states) as SessionStates);
}

/** What is kept of a follower's sessions and line; `undefined` if nothing remains. */
export function sessionDocument(
  id: string,
  line: readonly Ticket[],
  states: SessionStates,
  now: number,
): SessionDocument | undefined {
  const live = liveStates(states, now);
  const names = Object.keys(live);
  if (names.length === 0 && line.length === 0) return undefined;
  return {
    _id: id,
    line: [...line],
    ...(names.length === 0 ? {} : { states: JSON.stringify(live) }),
    removeAt: removeAtOf(line, live, now),
  };
}

/** Not before the last state expires, nor while a message waits. */
export function removeAtOf(line: readonly Ticket[], states: SessionStates, now: number): Date {
  const ends = Object.values(states).map(({ until }) => until);
  if (line.length > 0) ends.push(now + UNHANDLED_KEPT_MS);
  return new Date(Math.max(now, ...ends));
}
