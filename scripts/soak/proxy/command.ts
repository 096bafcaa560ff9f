import type { SoakCommand } from '../command.ts';
import { type ClientReport, soakProxy } from './soak.ts';

export const proxySoak: SoakCommand<'seconds' | 'instances' | 'kill-every' | 'seed'> = {
  usage: '[--seconds 60] [--instances 8] [--kill-every 5] [--seed 1]',
  about: `Calls many real instances of the API proxy for three clients that exceed their rates and one that
does not, and kills an instance every few seconds. Exit code 1 if a client got more than its rate
allows, if a call failed that was safe to repeat, or if the log or the store holds a secret.

  --seconds N      how long (5 to 3600)
  --instances N    instances of the proxy (2 to 32)
  --kill-every N   seconds from one kill to the next, 0 for no kills (0 to 600)
  --seed N         chooses which instances are killed`,
  isByHttp: true,
  numbers: {
    seconds: { fallback: 60, min: 5, max: 3_600 },
    instances: { fallback: 8, min: 2, max: 32 },
    'kill-every': { fallback: 5, min: 0, max: 600 },
    seed: { fallback: 1, min: 0, max: 1_000_000 },
  },
  async run(
    { seconds, instances, seed, 'kill-every': killEverySeconds },
    { json, store, concurrency },
  ) {
    const report = await soakProxy({
      seconds,
      instances,
      killEveryMs: killEverySeconds * 1_000,
      seed,
      store,
      concurrency,
      ...(json ? {} : { onClient: show }),
    });
    if (!json) {
      const { requests, killed, failedSafe, storeCallsPer1000, storeCalls, errors } = report;
      console.log(
        `in all: ${requests} requests, ${killed} instances killed, ${failedSafe} safe calls failed, ${report.overshoot} over the rate, ${storeCallsPer1000} store calls for 1000 requests ${JSON.stringify(storeCalls)}`,
      );
      for (const error of errors) console.log(`  ${error}`);
      console.log(report.ok ? 'All is well.' : `Not as it should be; leaks: ${report.leaks}.`);
    }
    return report;
  },
};

function show({
  id,
  perSecond,
  burst,
  granted,
  allowed,
  refused,
  lost,
  worst,
}: ClientReport): void {
  const rate = `${perSecond}/s, burst ${burst}`;
  const stretch = `${worst.granted} of ${worst.allowed} in the worst ${(worst.ms / 1_000).toFixed(1)} s`;
  console.log(
    `${`${id} (${rate}):`.padEnd(28)} ${granted} of ${allowed} granted, ${refused} refused, ${lost} lost; ${stretch}`,
  );
}
