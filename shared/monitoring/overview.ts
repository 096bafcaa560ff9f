import { createMetricReader, readActive } from '../alerts/index.ts';
import { countJobs, type JobState } from '../jobs/index.ts';
import { chinaDate, chinaHour } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { gather } from '../metrics/index.ts';
import type { Store } from '../store/store.ts';
import type { CredentialStatus } from '../token/index.ts';
import type { UpstreamMessages, UserSummary } from '../wechat/catalogue/data-cube.ts';
import type { Api } from '../wechat/client/index.ts';
import { metricTable } from './metric-table.ts';
import { credentialsOf, type ReadingConfig } from './readings.ts';

/** How the account stands now, by the store alone. */
export interface StatusOverview {
  /** When this was read, by the clock of the functions. */
  readonly at: number;
  readonly credentials: readonly CredentialStatus[];
  /** The names of the alerts that fire. */
  readonly alerts: readonly string[];
  readonly jobs: Readonly<Record<JobState, number>>;
  /** Answers since the metrics began, and how many took longer than so many seconds. */
  readonly answers: {
    readonly total: number;
    readonly slower: readonly { readonly seconds: number; readonly count: number }[];
  };
  /** The used part of daily allowances, 0 to 1, the fullest first. */
  readonly quotas: readonly { readonly endpoint: string; readonly used: number }[];
}

/** One day of the account, as WeChat counts it. */
export interface DayOverview {
  /** `YYYY-MM-DD`, in Beijing. */
  readonly day: string;
  readonly followers: number;
  readonly came: number;
  readonly left: number;
  readonly messages: number;
  /** How many followers wrote them. */
  readonly writers: number;
}

export interface Overview {
  status(): Promise<StatusOverview>;
  /** The last seven days of which WeChat has figures, the oldest first. @throws AppError `upstream` */
  days(): Promise<readonly DayOverview[]>;
}

/** WeChat gives so many days at once. */
const DAYS = 7;
const DAY_MS = 86_400_000;
/** WeChat has yesterday's figures from 8:00 in Beijing; an hour is for late ones. */
const FIGURES_FROM_HOUR = 9;
/** WeChat hangs up after five seconds; the others show how far answers are from that. */
const ANSWER_BOUNDS = [0.1, 0.5, 1, 3, 4.5, 5] as const;

export function createOverview(options: {
  readonly store: Pick<Store, 'get' | 'count' | 'query'>;
  readonly api: Api;
  readonly config: ReadingConfig;
  readonly clock: Clock;
}): Overview {
  const { store, api, config, clock } = options;
  return {
    async status() {
      const [credentials, alerts, jobs, totals] = await Promise.all([
        credentialsOf(store, config),
        readActive(store),
        countJobs(store),
        gather(store, metricTable),
      ]);
      const metrics = createMetricReader(metricTable, totals, []);
      const quotas = [...metrics.by('quota_used_ratio', 'endpoint')];
      return {
        at: clock.now(),
        ...{ credentials, alerts, jobs },
        answers: {
          total: metrics.count('callback_seconds'),
          slower: ANSWER_BOUNDS.map((seconds) => ({
            seconds,
            count: metrics.count('callback_seconds', {}, seconds),
          })),
        },
        quotas: quotas
          .map(([endpoint, used]) => ({ endpoint, used }))
          .sort((a, b) => b.used - a.used),
      };
    },

    async days() {
      const days = lastDays(clock.now());
      const range = { begin_date: days[0] ?? '', end_date: days.at(-1) ?? '' };
      const [cumulated, growth, messages] = await Promise.all([
        api.dataCube.getUserCumulate(range),
        api.dataCube.getUserSummary(range),
        api.dataCube.getUpstreamMsg(range),
      ]);
      return days.map((day) => ({
        day,
        followers: cumulated.list.find(({ ref_date }) => ref_date === day)?.cumulate_user ?? 0,
        came: total<UserSummary>(growth.list, day, ({ new_user }) => new_user),
        left: total<UserSummary>(growth.list, day, ({ cancel_user }) => cancel_user),
        messages: total<UpstreamMessages>(messages.list, day, ({ msg_count }) => msg_count),
        writers: total<UpstreamMessages>(messages.list, day, ({ msg_user }) => msg_user),
      }));
    },
  };
}

/** The days whose figures WeChat has, the oldest first. */
function lastDays(now: number): readonly string[] {
  const ago = chinaHour(now) < FIGURES_FROM_HOUR ? 2 : 1;
  return Array.from({ length: DAYS }, (_, at) => chinaDate(now - (DAYS - 1 - at + ago) * DAY_MS));
}

/** WeChat gives a row for each source, or each type of message. */
function total<Row extends { readonly ref_date: string }>(
  rows: readonly Row[],
  day: string,
  figure: (row: Row) => number,
): number {
  return rows.reduce((sum, row) => (row.ref_date === day ? sum + figure(row) : sum), 0);
}
