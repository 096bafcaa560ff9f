/** A time for people, in the zone of this machine and as ISO 8601 writes it: `2026-11-29T07:37:58+08:00`. */
export function localTime(at: number | Date): string {
  const date = new Date(at);
  const minutes = -date.getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${shifted(date, minutes).toISOString().slice(0, 19)}${zone}`;
}

/** The time of day of it, to the millisecond. */
export function localTimeOfDay(at: number | Date): string {
  const date = new Date(at);
  return shifted(date, -date.getTimezoneOffset()).toISOString().slice(11, 23);
}

/** Read as UTC it says what a clock in the local zone says. */
function shifted(date: Date, minutes: number): Date {
  return new Date(date.getTime() + minutes * 60_000);
}

function two(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}
