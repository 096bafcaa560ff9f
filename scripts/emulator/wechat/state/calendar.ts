const HOUR_MS = 3_600_000;

/** Names the calendar day, month and minute of a moment, at a fixed distance from UTC. */
export function createCalendar(now: () => number, utcOffsetHours: number) {
  const local = () => new Date(now() + utcOffsetHours * HOUR_MS).toISOString();
  return {
    day: () => local().slice(0, 10),
    month: () => local().slice(0, 7),
    minute: () => local().slice(0, 16),
  };
}

export type Calendar = ReturnType<typeof createCalendar>;

/** As WeChat writes times. */
export function secondsOf(ms: number): number {
  return Math.floor(ms / 1_000);
}
