import * as v from 'valibot';
import type { Follower } from '../followers/index.ts';
import { chinaDay, chinaHour, chinaMonth, startOfChinaDay } from '../kernel/china-time.ts';
import { present } from '../kernel/present.ts';
import { defineCollection } from '../store/collection.ts';
import { CALLS_A_MINUTE, type Limits } from './limits.ts';
import type { Refused } from './refusal.ts';

const ms = v.number();

const gateSchema = v.strictObject({
  _id: v.literal('gate'),
  /** The starts of broadcasts, of this month and to come. */
  slots: v.array(v.strictObject({ id: v.string(), at: ms })),
  /** Calls of this day in China, and the times of those of the last minute. */
  calls: v.strictObject({ day: v.number(), count: v.number(), recent: v.array(ms) }),
  /** Broadcasts of this month for which no follower was marked: only WeChat knows who got them. */
  oneCalls: v.array(
    v.strictObject({ id: v.string(), day: v.number(), tagId: v.optional(v.number()) }),
  ),
});
export type Gate = v.InferOutput<typeof gateSchema>;

/** The one document that all broadcasts of the account pass. */
export const gateCollection = defineCollection<Gate>({
  name: 'mass_send_gate',
  schema: gateSchema,
});

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const openGate: Gate = {
  _id: 'gate',
  slots: [],
  calls: { day: 0, count: 0, recent: [] },
  oneCalls: [],
};

/** The gate without the slots and calls that no longer count. */
export function tidied(gate: Gate, now: number): Gate {
  const { from } = chinaMonth(chinaDay(now));
  const today = chinaDay(now);
  const { calls } = gate;
  return {
    ...gate,
    slots: gate.slots.filter(({ at }) => chinaDay(at) >= from),
    calls: {
      day: today,
      count: calls.day === today ? calls.count : 0,
      recent: calls.recent.filter((at) => at > now - MINUTE_MS),
    },
    oneCalls: gate.oneCalls.filter(({ day }) => day >= from),
  };
}

/** Refuses a start that is too close to that of another broadcast, before or after it. */
export function slotRefusal(
  gate: Gate,
  { id, at }: { readonly id: string; readonly at: number },
  { gapMinutes }: Limits,
): Refused | undefined {
  const gapMs = gapMinutes * MINUTE_MS;
  const others = gate.slots.filter((slot) => slot.id !== id).map((slot) => slot.at);
  if (!others.some((other) => Math.abs(other - at) < gapMs)) return undefined;
  // The first time from there on that is far enough from every other start.
  let freesAt = at;
  for (const other of others.sort((a, b) => a - b)) {
    if (Math.abs(other - freesAt) < gapMs) freesAt = other + gapMs;
  }
  const why = `another broadcast starts less than ${gapMinutes} minutes before or after this one`;
  return { rule: 'one broadcast an hour', why, freesAt };
}

/** Refuses a call beyond those of the day or of the minute. */
export function callRefusal(gate: Gate, now: number, { callsPerDay }: Limits): Refused | undefined {
  const { calls } = tidied(gate, now);
  if (calls.count >= callsPerDay) {
    const freesAt = startOfChinaDay(chinaDay(now) + 1);
    return { rule: 'calls a day', why: `${callsPerDay} calls were made today`, freesAt };
  }
  if (calls.recent.length < CALLS_A_MINUTE) return undefined;
  const freesAt = (calls.recent[0] ?? now) + MINUTE_MS;
  const why = `${CALLS_A_MINUTE} calls were made in the last minute`;
  return { rule: 'calls a minute', why, freesAt };
}

/** The gate with one call more. */
export function withCall(gate: Gate, now: number): Gate {
  const { calls, ...rest } = tidied(gate, now);
  return { ...rest, calls: { ...calls, count: calls.count + 1, recent: [...calls.recent, now] } };
}

/** The gate with a broadcast that went out in one call; `undefined` if it is there already. */
export function withOneCall(
  gate: Gate,
  {
    id,
    day,
    tagId,
  }: Omit<Gate['oneCalls'][number], 'tagId'> & { readonly tagId: number | undefined },
): Gate | undefined {
  if (gate.oneCalls.some((each) => each.id === id)) return undefined;
  return { ...gate, oneCalls: [...gate.oneCalls, { id, day, ...present({ tagId }) }] };
}

/** Refuses to send in the quiet hours. */
export function quietRefusal(at: number, { quietHours }: Limits): Refused | undefined {
  if (!quietHours) return undefined;
  const [from, until] = quietHours;
  const hour = chinaHour(at);
  const isQuiet = from < until ? hour >= from && hour < until : hour >= from || hour < until;
  if (!isQuiet) return undefined;
  const today = startOfChinaDay(chinaDay(at)) + until * HOUR_MS;
  const freesAt = today > at ? today : today + 24 * HOUR_MS;
  return { rule: 'quiet hours', why: `nothing is sent from ${from}:00 to ${until}:00`, freesAt };
}

/**
 * Whether a follower may have had all the messages of a day or a month, so that the worker must look
 * at each receiver. A broadcast reaches a follower once at most: while there were fewer broadcasts
 * than messages that a follower may get, no follower can have had too many.
 */
export function mayAnyBeFull(
  gate: Gate,
  { id, at }: { readonly id: string; readonly at: number },
  { perDay, perMonth }: Limits,
): boolean {
  const day = chinaDay(at);
  const { from, until } = chinaMonth(day);
  const days = gate.slots.filter((slot) => slot.id !== id).map((slot) => chinaDay(slot.at));
  const ofMonth = days.filter((each) => each >= from && each < until).length;
  // A broadcast that began the day before may still be sending.
  const ofDay = days.filter((each) => each === day || each === day - 1).length;
  return ofDay >= perDay || ofMonth >= perMonth;
}

/** The limit that keeps a follower from getting one more message on this day. */
export function fullness(
  follower: Follower,
  gate: Gate,
  day: number,
  { perDay, perMonth }: Limits,
): 'day' | 'month' | undefined {
  const { from, until } = chinaMonth(day);
  const ofAll = gate.oneCalls
    .filter(({ tagId }) => tagId === undefined || follower.tags?.includes(tagId))
    .map((each) => each.day);
  const days = [...(follower.sent ?? []).map(([each]) => each), ...ofAll];
  if (days.filter((each) => each >= from && each < until).length >= perMonth) return 'month';
  return days.filter((each) => each === day).length >= perDay ? 'day' : undefined;
}
