import * as v from 'valibot';
import { chinaDate, chinaTime } from '../kernel/china-time.ts';
import { object } from '../wechat/rules.ts';

const DAY_MS = 86_400_000;

const date = v.pipe(
  v.string('must be a date'),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-12-01'),
  v.check(isDay, 'is no day of the calendar'),
);
const hour = v.pipe(
  v.string('must be a time'),
  v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00'),
);

/** A stretch of time in Beijing: all of its parts must hold. */
export const timeSchema = v.pipe(
  object({
    /** Both days belong to it. */
    dates: v.exactOptional(
      v.pipe(
        object({ from: date, until: date }),
        v.check(({ from, until }) => from <= until, 'ends before it begins'),
      ),
    ),
    /** 1 is Monday, 7 is Sunday. */
    days: v.exactOptional(
      v.pipe(
        v.array(v.picklist([1, 2, 3, 4, 5, 6, 7], 'must be 1 (Monday) to 7 (Sunday)')),
        v.minLength(1, 'is empty'),
      ),
    ),
    /** Until this minute, which does not belong to it; until an earlier one: past midnight. */
    hours: v.exactOptional(
      v.pipe(
        object({ from: hour, until: hour }),
        v.check(({ from, until }) => from !== until, 'has no length'),
      ),
    ),
  }),
  v.check((time) => Object.keys(time).length > 0, 'says no time: dates, days or hours'),
);
export type AnswerTime = v.InferOutput<typeof timeSchema>;

function isDay(value: string): boolean {
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** Whether one of the times is now. What begins before midnight belongs to the day on which it begins. */
export function isWithin(times: readonly AnswerTime[] | undefined, now: number): boolean {
  return times === undefined || times.some((time) => isIn(time, now));
}

function isIn({ hours, ...days }: AnswerTime, now: number): boolean {
  if (!hours) return isOn(days, now);
  const clock = chinaTime(now).slice(11);
  const { from, until } = hours;
  if (from < until) return from <= clock && clock < until && isOn(days, now);
  return (from <= clock && isOn(days, now)) || (clock < until && isOn(days, now - DAY_MS));
}

function isOn({ dates, days }: Omit<AnswerTime, 'hours'>, now: number): boolean {
  const today = chinaDate(now);
  if (dates && (today < dates.from || dates.until < today)) return false;
  return !days || (days as readonly number[]).includes(new Date(today).getUTCDay() || 7);
}
