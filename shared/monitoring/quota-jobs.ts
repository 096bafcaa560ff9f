import * as v from 'valibot';
import type { WatchReport } from '../alerts/index.ts';
import { defineJob, type Job, type JobKind, type Queue } from '../jobs/index.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { OTHER } from '../kernel/metrics.ts';
import { endpoints } from '../wechat/catalogue/endpoints.ts';
import type { Api } from '../wechat/client/index.ts';
import type { metricTable } from './metric-table.ts';

type MetricReport = WatchReport<typeof metricTable>;

/** How often WeChat is asked for the allowances, and of how many endpoints. */
const QUOTA_EVERY_MS = 30 * 60_000;
const QUOTA_ENDPOINTS = 10;

/** WeChat gives the figures of a day from 8:00 in Beijing; we leave an hour for late ones. */
const FIGURES_READY_MS = 9 * 3_600_000;

const DAY_MS = 24 * 3_600_000;

const quotaJob: JobKind<{ endpoints: string[] }, 'quota'> = {
  kind: 'quota',
  payload: v.strictObject({ endpoints: v.array(v.string()) }),
};

const reconcileJob: JobKind<{ day: string; counted: number }, 'reconcile'> = {
  kind: 'reconcile',
  payload: v.strictObject({ day: v.string(), counted: v.number() }),
};

/** Enqueues the jobs that are due from time to time, once over all instances. */
export type Upkeep = (report: MetricReport) => Promise<void>;

export function createUpkeep(options: {
  readonly queue: Queue;
  readonly now: () => number;
}): Upkeep {
  const { queue, now } = options;
  let period = 0;
  let reconciled = '';

  return async ({ metrics, days }) => {
    const current = Math.floor(now() / QUOTA_EVERY_MS);
    if (current !== period) {
      const used = mostUsed(metrics);
      if (used.length > 0) {
        await queue.enqueue(quotaJob, { endpoints: used }, { key: String(current) });
      }
      period = current;
    }
    const [before, today] = days.slice(-2);
    if (before && today && nextDay(before.day) === today.day && before.day !== reconciled) {
      const payload = { day: before.day, counted: today.total - before.total };
      const runAt = Date.parse(`${today.day}T00:00:00+08:00`) + FIGURES_READY_MS;
      await queue.enqueue(reconcileJob, payload, { key: before.day, runAt });
      reconciled = before.day;
    }
  };
}

/**
 * Asks WeChat for what only WeChat knows: the rest of each allowance, and its count of yesterday's
 * pushes. The answers go into the log, and from there into the metrics.
 */
export function createUpkeepJobs({
  api,
}: {
  readonly api: Api;
}): readonly Job<'quota' | 'reconcile'>[] {
  return [
    defineJob({
      ...quotaJob,
      priority: 'low',
      async run({ log, signal }, { endpoints: names }) {
        for (const name of names) {
          const path = endpoints.find((each) => each.name === name)?.endpoint.path;
          if (path) await readQuota(api, log, name, path, signal);
        }
        return undefined;
      },
    }),
    defineJob({
      ...reconcileJob,
      priority: 'low',
      async run({ log, signal }, { day, counted }) {
        const request = { begin_date: day, end_date: day };
        const { list } = await api.dataCube.getInterfaceSummary(request, { signal });
        const sum = (field: 'callback_count' | 'fail_count') =>
          list.reduce((total, each) => total + each[field], 0);
        const [reported, failed] = [sum('callback_count'), sum('fail_count')];
        const details = { day };
        log.info('callback counted', { reason: 'us', count: counted, details });
        log.info('callback counted', { reason: 'wechat', count: reported, details });
        log.info('callback counted', { reason: 'wechat_failed', count: failed, details });
        return undefined;
      },
    }),
  ];
}

/** The endpoints that were called most, since they are the first to run out. */
function mostUsed(metrics: MetricReport['metrics']): string[] {
  const counts = [...metrics.by('wechat_calls_total', 'endpoint')];
  return counts
    .filter(([name]) => name !== OTHER && name !== 'openapi.getQuota')
    .sort(([, a], [, b]) => b - a)
    .slice(0, QUOTA_ENDPOINTS)
    .map(([name]) => name);
}

/** Reads one allowance. If WeChat refuses to tell it, the worker still asks about the others. */
async function readQuota(api: Api, log: Log, endpoint: string, path: string, signal: AbortSignal) {
  try {
    const { quota } = await api.openapi.getQuota({ cgi_path: path }, { signal });
    const { daily_limit: limit, used, remain } = quota;
    log.info('quota read', { endpoint, count: remain, details: { limit, used } });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'upstream') throw error;
    log.info('quota unknown', { endpoint, error });
  }
}

/** The day after, both as in 2026-01-31. */
function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
