import path from 'node:path';
import type { SoakCommand } from '../command.ts';
import { type SoakReport, soakMetrics } from './soak.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Without a kill the sums are exact. A kill costs what its instance had not written yet. */
const scenarios = [
  { name: 'frozen and folded', kills: false },
  { name: 'killed, too', kills: true },
] as const;

export const metricsSoak: SoakCommand<'instances' | 'messages' | 'troubles' | 'seed' | 'faults'> = {
  usage: '[--instances 16] [--messages 2000] [--troubles 20] [--seed 1] [--faults 0.2]',
  about: `Real instances of the callback count messages, while the soak freezes them, folds their counts into
the archive, kills them, and loses a part of the store's answers. Then it compares the sums of the
metrics function with the counts of the emulators. Exit code 1 if a sum is too high, or lower than
what the killed instances had in memory explains.

  --instances N   messages that are delivered at the same moment (2 to 20)
  --messages N    messages in each scenario
  --troubles N    freezes in each scenario, and kills in the second one
  --seed N        chooses which requests to the store fail
  --faults P      the part of them that fails, 0 to 0.5`,
  isByHttp: true,
  numbers: {
    instances: { fallback: 16, min: 2, max: 20 },
    messages: { fallback: 2_000, min: 1, max: 1_000_000 },
    troubles: { fallback: 20, min: 0, max: 1_000 },
    seed: { fallback: 1, min: 0, max: 1_000_000 },
    faults: { fallback: 0.2, min: 0, max: 0.5, isFraction: true },
  },

  async run({ instances, messages, troubles, seed, faults }, { json, store, concurrency }) {
    const reports: SoakReport[] = [];
    for (const { name, kills } of scenarios) {
      const report = await soakMetrics({
        root,
        name,
        instances,
        messages,
        kills: kills ? troubles : 0,
        freezes: troubles,
        faults,
        seed,
        store,
        concurrency,
      });
      reports.push(report);
      if (!json) console.log(lineOf(report));
    }
    const ok = reports.every((each) => each.ok);
    if (!json) console.log(ok ? 'All is well.' : 'Not as it should be.');
    return { ok, scenarios: reports };
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
