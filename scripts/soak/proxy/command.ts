import { type Command, wholeNumber } from '../command.ts';
import { type ClientReport, soakProxy } from './soak.ts';

const HELP = `npm run soak -- proxy [--seconds 60] [--instances 8] [--kill-every 5] [--seed 1] [--json]

Calls the API proxy from all sides for three clients that want more than they may, over many real
instances, and kills one every few seconds. Exit code 1 if any client got more than its rate allows,
if a call failed that was safe to repeat, or if a secret is to be found in the log or the store.

  --seconds N      how long (5 to 3600)
  --instances N    of the proxy (2 to 32)
  --kill-every N   seconds from one kill to the next; 0: none (0 to 600)
  --seed N         chooses which instances are killed
  --json           one JSON object on stdout, and nothing else
`;

export const proxyCommand: Command = {
  help: HELP,
  options: {
    seconds: { type: 'string', default: '60' },
    instances: { type: 'string', default: '8' },
    'kill-every': { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
  async run(values, json) {
    const report = await soakProxy({
      seconds: wholeNumber('seconds', values.seconds, 5, 3_600),
      instances: wholeNumber('instances', values.instances, 2, 32),
      killEveryMs: wholeNumber('kill-every', values['kill-every'], 0, 600) * 1_000,
      seed: wholeNumber('seed', values.seed, 0, 1_000_000),
      ...(json ? {} : { onClient: show }),
    });
    if (json) console.log(JSON.stringify(report));
    else {
      const { requests, killed, failedSafe, storeCallsPer1000, storeCalls, errors } = report;
      console.log(
        `in all: ${requests} requests, ${killed} instances killed, ${failedSafe} safe calls failed, ${report.overshoot} over the rate, ${storeCallsPer1000} store calls for 1000 requests ${JSON.stringify(storeCalls)}`,
      );
      for (const error of errors) console.log(`  ${error}`);
      console.log(report.ok ? 'All is well.' : `Not as it should be; leaks: ${report.leaks}.`);
    }
    return report.ok;
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
