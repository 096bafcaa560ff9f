/**
 * WeChat counts its days and months in China, which has no summer time. A day is a number, the
 * count of days since the epoch there, so that days compare and subtract.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export function chinaDay(now: number): number {
  return Math.floor((now + OFFSET_MS) / DAY_MS);
}

/** When a day begins, in ms since the epoch. */
export function startOfChinaDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** The time until the next day begins, when WeChat renews its daily allowances. */
export function untilChinaMidnight(now: number): number {
  return startOfChinaDay(chinaDay(now) + 1) - now;
}

/** The first day of the month of a day, and the first day of the next month. */
export function chinaMonth(day: number): { readonly from: number; readonly until: number } {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: Date.UTC(year, month) / DAY_MS, until: Date.UTC(year, month + 1) / DAY_MS };
}

/** 0 to 23. */
export function chinaHour(now: number): number {
  return new Date(now + OFFSET_MS).getUTCHours();
}

/** The time in China, such as `2026-11-25 08:00`. */
export function chinaTime(now: number): string {
  return new Date(now + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The date in China, such as `2026-11-25`. */
export function chinaDate(now: number): string {
  return chinaTime(now).slice(0, 10);
}
