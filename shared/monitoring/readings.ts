import { readActive } from '../alerts/index.ts';
import { countJobs } from '../jobs/index.ts';
import type { Series } from '../kernel/metrics.ts';
import type { Config } from '../kernel/settings.ts';
import { readProgress } from '../mass-send/progress.ts';
import type { FunctionTotals } from '../metrics/index.ts';
import type { Store } from '../store/store.ts';
import { type CredentialStatus, readStatus } from '../token/index.ts';
import { alertRules } from './alert-rules.ts';
import type { metricTable } from './metric-table.ts';

type Name = keyof typeof metricTable;

/** The settings that name the account, and the credentials that it uses. */
export const readingSettings = ['appid', 'tokenKind', 'tokenSource', 'jsapiTicket'] as const;
export type ReadingConfig = Pick<Config, (typeof readingSettings)[number]>;

/**
 * The credentials in use. The store may still hold some of another kind, or from before the token came
 * from WeChat Cloud.
 */
export function credentialsOf(
  store: Pick<Store, 'get'>,
  { appid, tokenKind, tokenSource, jsapiTicket }: ReadingConfig,
): Promise<readonly CredentialStatus[]> {
  return readStatus(store, appid, [
    ...(tokenSource === 'document' ? ([`${tokenKind}_token`] as const) : []),
    ...(jsapiTicket === 'on' ? (['jsapi_ticket'] as const) : []),
  ]);
}

/** What is not counted because the store tells it: the age of the token, the number of jobs. */
export async function readings(
  store: Pick<Store, 'get' | 'count' | 'query'>,
  config: ReadingConfig,
  now: number,
): Promise<readonly Series[]> {
  const [credentials, jobs, active, { broadcasts, batches }] = await Promise.all([
    credentialsOf(store, config),
    countJobs(store),
    readActive(store),
    readProgress(store),
  ]);
  const gauge = (metric: Name, value: number, ...labels: string[]): Series => ({
    metric,
    labels,
    values: [value, now],
  });
  return [
    ...credentials.flatMap(({ kind, issuedAt, expiresAt, failures }) => [
      gauge('token_failures', failures, kind),
      ...(issuedAt === undefined
        ? []
        : [gauge('token_age_seconds', (now - issuedAt) / 1_000, kind)]),
      ...(expiresAt === undefined
        ? []
        : [gauge('token_expires_in_seconds', (expiresAt - now) / 1_000, kind)]),
    ]),
    ...Object.entries(jobs).map(([state, count]) => gauge('jobs', count, state)),
    ...Object.entries(broadcasts).map(([state, count]) => gauge('mass_sends', count, state)),
    ...Object.entries(batches).map(([state, count]) => gauge('mass_send_batches', count, state)),
    ...Object.keys(alertRules).map((rule) =>
      gauge('alerts_firing', active.includes(rule) ? 1 : 0, rule),
    ),
  ];
}

/** Adds to the totals of each function the number of its instances, as a series. */
export function withInstances(
  totals: readonly FunctionTotals[],
  now: number,
): readonly FunctionTotals[] {
  return totals.map((each) => ({
    ...each,
    series: [
      ...each.series,
      { metric: 'instances' satisfies Name, labels: [], values: [each.instances, now] },
    ],
  }));
}
