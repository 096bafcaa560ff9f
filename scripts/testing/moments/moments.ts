const DAY_MS = 24 * 3_600_000;
/** China has no daylight saving time. */
const CHINA_MS = 8 * 3_600_000;

/** A moment at which software that depends on the hour, the day or the zone shows it. */
export interface Moment {
  readonly about: string;
  /** The first such moment after `now`, in milliseconds since the epoch. */
  next(now: number): number;
  /** The time zone of the machine, if it matters. */
  readonly zone?: string;
}

export const moments = {
  midnight: {
    about: 'a day ends in China: quotas, reports and daily jobs change over',
    next: (now) => Math.ceil((now + 1 + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS,
  },
  'month-end': {
    about: 'a month ends in China',
    next: (now) => nextOf(now, (year, month) => Date.UTC(year, month, 1) - CHINA_MS),
  },
  'year-end': {
    about: 'a year ends by UTC, which is 8:00 in China',
    next: (now) => nextOf(now, (year) => Date.UTC(year, 0, 1)),
  },
  'leap-day': {
    about: '29 February begins in China',
    next: (now) =>
      nextOf(now, (year) => (isLeap(year) ? Date.UTC(year, 1, 29) - CHINA_MS : undefined)),
  },
  'clocks-forward': {
    about: 'an hour is left out in New York, where the machine stands',
    // On the second Sunday in March at 2:00, by winter time.
    next: (now) => nextOf(now, (year) => secondSunday(year, 2) + 7 * 3_600_000),
    zone: 'America/New_York',
  },
  'clocks-back': {
    about: 'an hour comes twice in New York, where the machine stands',
    // On the first Sunday in November at 2:00, by summer time.
    next: (now) => nextOf(now, (year) => secondSunday(year, 10) - 7 * DAY_MS + 6 * 3_600_000),
    zone: 'America/New_York',
  },
} as const satisfies Record<string, Moment>;

/** The first moment after `now` of those that the months of this and of the coming years have. */
function nextOf(now: number, of: (year: number, month: number) => number | undefined): number {
  const first = new Date(now).getUTCFullYear();
  // Every fourth year is a leap year, but for one in a century.
  for (let month = 0; month < 9 * 12; month += 1) {
    const at = of(first + Math.floor(month / 12), month % 12);
    if (at !== undefined && at > now) return at;
  }
  throw new RangeError('There is no such moment in the next eight years.');
}

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
}

/** Its beginning by UTC. */
function secondSunday(year: number, month: number): number {
  const first = Date.UTC(year, month, 1);
  return first + (((7 - new Date(first).getUTCDay()) % 7) + 7) * DAY_MS;
}
