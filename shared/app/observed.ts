import { countJobs } from '../jobs/index.ts';
import type { Series } from '../kernel/metrics.ts';
import type { FunctionTotals } from '../metrics/index.ts';
import type { Store } from '../store/store.ts';
import { readStatus } from '../token/index.ts';
import type { metricTable } from './metric-table.ts';

type Name = keyof typeof metricTable;

/** What nobody counts because the store says it: how old the token is, how many jobs there are. */
export async function readings(
  store: Pick<Store, 'get' | 'count'>,
  { appid, now }: { readonly appid: string; readonly now: number },
): Promise<readonly Series[]> {
  const [credentials, jobs] = await Promise.all([readStatus(store, appid), countJobs(store)]);
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
  ];
}

/** How many instances each function has, as a series of it. */
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
