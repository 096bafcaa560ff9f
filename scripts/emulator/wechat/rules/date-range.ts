import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { Moment } from '../state/figures.ts';

const DAY_MS = 86_400_000;
/** When yesterday's figures are there. */
const READY_HOUR = 8;

/** Every day of the range, the last one included. @throws ApiError 61500, 61501, 61503 */
export function daysIn(body: JsonObject, maxDays: number, now: Moment): readonly string[] {
  const [begin, end] = [dayIn(body.begin_date), dayIn(body.end_date)];
  const yesterday = Date.parse(now.date) - DAY_MS;
  const count = (end - begin) / DAY_MS + 1;
  if (count < 1 || count > maxDays || end > yesterday) throw new ApiError(61501);
  if (end === yesterday && now.hour < READY_HOUR) throw new ApiError(61503);
  return Array.from({ length: count }, (_, day) => textOf(begin + day * DAY_MS));
}

function dayIn(value: unknown): number {
  const ms = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || textOf(ms) !== value) throw new ApiError(61500);
  return ms;
}

function textOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
