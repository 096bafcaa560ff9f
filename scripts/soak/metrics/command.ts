import path from 'node:path';
import { readNumber } from '../numbers.ts';
import type { Soak } from '../soak.ts';
import { type SoakReport, soakMetrics } from './soak.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Without a kill the sums are exact; a kill costs what its instance had not written yet. */
const scenarios = [
  { name: 'frozen and folded', kills: false },
  { name: 'killed, too', kills: true },
] as const;

export const metricsSoak: Soak = {
  help: `npm run soak -- metrics [--instances 16] [--messages 2000] [--troubles 20] [--seed 1] [--faults 0.2] [--json]

Real instances of the callback count messages while they are frozen, folded into the archive, and
killed, and while a part of the store's answers is lost. Then what the metrics function says is
compared with what the emulators saw. Exit code 1 if a sum is too high, or lower than the memory of
the killed explains.

  --instances N   how many messages are under way at the same moment (2 to 20)
  --messages N    in each scenario
  --troubles N    freezes in each scenario, and kills in the second
`,
  options: { instances: '16', messages: '2000', troubles: '20', faults: '0.2' },

  async run(values, { seed, show }) {
    const reports: SoakReport[] = [];
    for (const { name, kills } of scenarios) {
      const troubles = readNumber('troubles', values.troubles, 0, 1_000);
      const report = await soakMetrics({
        root,
        name,
        instances: readNumber('instances', values.instances, 2, 20),
        messages: readNumber('messages', values.messages, 1, 1_000_000),
        kills: kills ? troubles : 0,
        freezes: troubles,
        faults: readNumber('faults', values.faults, 0, 0.5, 'fraction'),
        seed,
      });
      reports.push(report);
      show(lineOf(report));
    }
    return { ok: reports.every(({ ok }) => ok), scenarios: reports };
  },
};

function lineOf({ name, happened, counted, mayBeLost, ...report }: SoakReport): string {
  const { answers, calls, coldStarts } = happened;
  return [
    `${name}:`.padEnd(20),
    `${counted.answers} of ${answers} answers, ${counted.calls} of ${calls} calls,`,
    `${counted.coldStarts} of ${coldStarts} cold starts counted`,
    `(the killed may have known of ${mayBeLost.answers} answers);`,
    `${report.kills} kills, ${report.freezes} freezes, ${report.folded} folds,`,
    `${report.storeFaults} faults of the store, ${(report.ms / 1_000).toFixed(1)} s`,
  ].join(' ');
}
