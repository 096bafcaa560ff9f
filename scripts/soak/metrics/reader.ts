import { FOLD_AFTER_MS, foldSilent } from '../../../shared/metrics/index.ts';
import { metricTable } from '../../../shared/monitoring/metric-table.ts';
import type { Emulation } from '../../start/emulation.ts';
import type { Counts } from './witness.ts';

export interface Reader {
  /** Folds every document, as if all instances had been silent for long. Gives their number. */
  foldAll(): Promise<number>;
  /** The metrics that the function gives, by HTTP. */
  counts(): Promise<Counts>;
}

export function createReader({ database, urls, keys }: Emulation): Reader {
  const store = database.instance();

  return {
    foldAll: () =>
      foldSilent({
        store,
        table: metricTable,
        now: () => Date.now() + FOLD_AFTER_MS + 60_000,
      }),
    async counts() {
      const headers = { authorization: `Bearer ${keys.metricsKey}` };
      const text = await (await fetch(urls.metrics, { headers })).text();
      const value = (series: RegExp) =>
        text
          .split('\n')
          .filter((line) => series.test(line))
          .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      return {
        answers: value(/^fuwuhao_callback_seconds_count{/),
        // Also calls of the worker, which goes on for instances that died; but none that never arrived.
        calls: value(
          /^fuwuhao_wechat_calls_total{.*endpoint="customerService.send",outcome="(?!network)/,
        ),
        coldStarts: value(/^fuwuhao_cold_starts_total{function="callback"/),
      };
    },
  };
}
