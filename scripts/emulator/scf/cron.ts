import { Cron } from 'croner';

/** SCF's cron has seven fields; these are their ranges, in order. */
const fields = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  {
    name: 'month',
    min: 1,
    max: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  { name: 'week', min: 0, max: 6, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  { name: 'year', min: 1970, max: 2099 },
] as const satisfies readonly Field[];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Other words for the numbers from `min` on. */
  readonly words?: readonly string[];
}

const TIME_ZONE = 'Asia/Shanghai';

export interface CronSchedule {
  /** The first time after `epochMs`, in epoch milliseconds; undefined when there is none. */
  next(epochMs: number): number | undefined;
}

/**
 * Reads a timer's cron: second minute hour day month week year, each `*`, a number, `a-b`, `x/step`
 * or a list of these with commas. A day of the month and a day of the week both given mean either.
 * https://cloud.tencent.com/document/product/583/9708
 *
 * @throws Error that says which field is wrong.
 */
export function parseCron(text: string): CronSchedule {
  const job = new Cron(toCroner(text), { timezone: TIME_ZONE, mode: '7-part', paused: true });
  return { next: (epochMs) => job.nextRun(new Date(epochMs))?.getTime() };
}

/** Only plain lists are left, so that croner's richer syntax (`L`, `W`, `#`, `?`) stays out. */
export function toCroner(text: string): string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    throw new Error(
      `"${text}" has ${parts.length} fields; a timer needs 7: second minute hour day month week year.`,
    );
  }
  return fields.map((field, at) => expand(field, parts[at] ?? '', text)).join(' ');
}

function expand(field: Field, part: string, text: string): string {
  const chosen = new Set(part.split(',').flatMap((item) => values(field, item, text)));
  const isEvery = chosen.size === field.max - field.min + 1;
  return isEvery ? '*' : [...chosen].sort((a, b) => a - b).join(',');
}

function values(field: Field, item: string, text: string): number[] {
  const { name, min, max } = field;
  const [, from = '', to, step = '1'] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
  const isOpen = from === '*' || (to === undefined && item.includes('/'));
  const first = from === '*' ? min : numberOf(field, from);
  const last = isOpen ? max : numberOf(field, to ?? from);
  const by = Number(step);
  const isValid = first >= min && last <= max && first <= last && by >= 1;
  if (!isValid || (from === '*' && to !== undefined)) {
    throw new Error(`"${item}" is no ${name} (${min} to ${max}) in the cron "${text}".`);
  }
  const chosen: number[] = [];
  for (let value = first; value <= last; value += by) chosen.push(value);
  return chosen;
}

function numberOf({ min, words = [] }: Field, text: string): number {
  const word = words.indexOf(text.toUpperCase());
  if (word >= 0) return min + word;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
