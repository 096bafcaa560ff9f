import {
  createMetricReader,
  createWatch,
  createWebhook,
  type Notice,
  noticeSchema,
} from '../alerts/index.ts';
import { defineJob, type Job, type JobKind, type Queue } from '../jobs/index.ts';
import { chinaDate } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import { foldSilent, gather } from '../metrics/index.ts';
import type { Store } from '../store/store.ts';
import { createHttpTransport } from '../wechat/client/index.ts';
import { alertRules } from './alert-rules.ts';
import { metricTable } from './metric-table.ts';
import type { Upkeep } from './quota-jobs.ts';
import { readingSettings, readings } from './readings.ts';

export const alertSettings = ['alertWebhook', 'alertWebhookKind', ...readingSettings] as const;

/** A notice on its way to the webhook. */
const alertJob: JobKind<Notice, 'alert'> = { kind: 'alert', payload: noticeSchema };

const WECOM_HOST = 'qyapi.weixin.qq.com';

export interface AlertsOptions {
  readonly config: Pick<Config, (typeof alertSettings)[number]>;
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly upkeep: Upkeep;
}

/**
 * What the worker does once a minute, in the instance that is first: it folds what past instances
 * have counted, checks the rules, and enqueues a job for each notice.
 */
export function createAlerts(options: AlertsOptions): {
  readonly tick: () => Promise<void>;
  readonly job: Job<'alert'>;
} {
  const { config, store, queue, clock, log, upkeep } = options;
  const { alertWebhook: url, appid } = config;
  const now = () => clock.now();

  const watch = createWatch({
    store,
    rules: alertRules,
    now,
    log,
    today: () => chinaDate(now()),
    dayTotal: (metrics) => metrics.count('callback_seconds'),
    async readMetrics() {
      await foldSilent({ store, table: metricTable, now });
      const [totals, read] = await Promise.all([
        gather(store, metricTable),
        readings(store, config, now()),
      ]);
      return createMetricReader(metricTable, totals, read);
    },
    async enqueue(notice) {
      if (url) await queue.enqueue(alertJob, notice, { key: notice.key });
    },
  });

  return {
    /** Never fails: a worker that cannot check the rules still runs its jobs. */
    async tick() {
      try {
        const report = await watch();
        if (report) await upkeep(report);
      } catch (error) {
        log.warn('alerts not looked at', { error });
      }
    },
    job: defineJob({
      ...alertJob,
      maxAttempts: 8,
      async run(_, notice) {
        if (!url) return undefined;
        const kind = config.alertWebhookKind ?? kindOf(new URL(url.reveal()));
        const transport = createHttpTransport({ clock });
        const deliver = createWebhook({ transport, clock, url, kind, rules: alertRules, appid });
        await deliver(notice);
        return undefined;
      },
    }),
  };
}

function kindOf({ hostname }: URL) {
  return hostname === WECOM_HOST ? 'wecom' : 'json';
}
