import type {
  InterfaceSummary,
  UpstreamDistribution,
  UpstreamMessages,
} from '../../../../shared/wechat/catalogue/data-cube.ts';
import type { CallbackCount, MessageCount, Moment } from '../state/figures.ts';

const DAY_MS = 86_400_000;

export type Unit = 'hour' | 'day' | 'week' | 'month';

/** `msg_type` of the reports. */
const types: Readonly<Record<string, number>> = {
  text: 1,
  image: 2,
  voice: 3,
  video: 4,
  shortvideo: 4,
  link: 6,
};

/** The messages of every unit that begins on one of the days. */
export function upstreamOf(
  counts: readonly MessageCount[],
  days: readonly string[],
  unit: Unit,
): readonly (UpstreamMessages & { readonly ref_hour: number })[] {
  const known = counts.filter(({ type }) => types[type] !== undefined);
  return groups(known, days, unit, ({ type }) => String(types[type])).map(([at, members]) => ({
    ...at,
    msg_type: types[members[0]?.type ?? ''] ?? 0,
    msg_user: new Set(members.map(({ openid }) => openid)).size,
    msg_count: members.reduce((sum, { count }) => sum + count, 0),
  }));
}

/** How many followers wrote how much in every unit. */
export function distributed(
  counts: readonly MessageCount[],
  days: readonly string[],
  unit: Unit,
): readonly UpstreamDistribution[] {
  return groups(counts, days, unit, () => '').flatMap(([{ ref_date }, members]) => {
    const byFollower = new Map<string, number>();
    for (const { openid, count } of members) {
      byFollower.set(openid, (byFollower.get(openid) ?? 0) + count);
    }
    const intervals = [...byFollower.values()].map(intervalOf);
    return ([1, 2, 3] as const)
      .map((interval) => ({
        ref_date,
        count_interval: interval,
        msg_user: intervals.filter((each) => each === interval).length,
      }))
      .filter(({ msg_user }) => msg_user > 0);
  });
}

export function interfaceOf(
  counts: readonly CallbackCount[],
  days: readonly string[],
  unit: 'hour' | 'day',
): readonly (InterfaceSummary & { readonly ref_hour: number })[] {
  return groups(counts, days, unit, () => '').map(([at, members]) => ({
    ...at,
    callback_count: members.reduce((sum, { count }) => sum + count, 0),
    fail_count: members.reduce((sum, { failed }) => sum + failed, 0),
    total_time_cost: members.reduce((sum, { totalMs }) => sum + totalMs, 0),
    max_time_cost: Math.max(...members.map(({ maxMs }) => maxMs)),
  }));
}

interface At {
  readonly ref_date: string;
  /** 0 to 2300; 0 unless the unit is the hour. */
  readonly ref_hour: number;
}

/** In the order of time. */
function groups<Count extends Moment>(
  counts: readonly Count[],
  days: readonly string[],
  unit: Unit,
  kindOf: (count: Count) => string,
): readonly (readonly [At, readonly Count[]])[] {
  const found = new Map<string, { at: At; members: Count[] }>();
  for (const count of counts) {
    const ref_date = startOf(count.date, unit);
    if (!days.includes(ref_date)) continue;
    const at = { ref_date, ref_hour: unit === 'hour' ? count.hour * 100 : 0 };
    const key = `${ref_date} ${String(at.ref_hour).padStart(4, '0')} ${kindOf(count)}`;
    const group = found.get(key) ?? { at, members: [] };
    found.set(key, group);
    group.members.push(count);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { at, members }]) => [at, members]);
}

/** The day on which the unit begins: a week on Monday, a month on the first. */
function startOf(date: string, unit: Unit): string {
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  if (unit !== 'week') return date;
  const ms = Date.parse(date);
  const daysSinceMonday = (new Date(ms).getUTCDay() + 6) % 7;
  return new Date(ms - daysSinceMonday * DAY_MS).toISOString().slice(0, 10);
}

function intervalOf(count: number): 1 | 2 | 3 {
  if (count <= 5) return 1;
  return count <= 10 ? 2 : 3;
}
