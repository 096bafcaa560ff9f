import type { SoakCommand } from '../command.ts';
import { type ScenarioReport, soakTokens } from './soak.ts';

export const tokenSoak: SoakCommand<'instances' | 'seed' | 'faults'> = {
  usage: '[--instances 32] [--seed 1] [--faults 0.25]',
  about: `Lets real processes race for one access token that has expired or was revoked, while the store fails
and the process that renews the token is killed or frozen. Exit code 1 if a call failed, a token was
fetched more often than needed, or a refused token was handed out.

  --instances N   processes that want the token at the same moment (2 to 200)
  --seed N        chooses which requests to the store fail
  --faults P      the part of them that fails in the scenarios with faults, 0 to 0.5`,
  isByHttp: false,
  numbers: {
    instances: { fallback: 32, min: 2, max: 200 },
    seed: { fallback: 1, min: 0, max: 1_000_000 },
    faults: { fallback: 0.25, min: 0, max: 0.5, isFraction: true },
  },
  async run(numbers, { json, store }) {
    const report = await soakTokens({ ...numbers, store, ...(json ? {} : { onScenario: show }) });
    if (!json) {
      const ms = report.scenarios.reduce((sum, each) => sum + each.ms, 0);
      show({ ...report, name: 'in all', ms, errors: [] });
      console.log(report.ok ? 'All is well.' : `Not as it should be; leaks: ${report.leaks}.`);
    }
    return report;
  },
};

function show(report: ScenarioReport): void {
  const { name, calls, failed, fetches, validityPeriods, staleTokensServed, waits, conflicts } =
    report;
  console.log(
    [
      `${name}:`.padEnd(24),
      `${calls} calls, ${failed} failed, ${fetches} fetches for ${validityPeriods},`,
      `${staleTokensServed} stale, ${waits} waits, ${conflicts} conflicts,`,
      `${(report.ms / 1_000).toFixed(1)} s`,
    ].join(' '),
  );
  for (const error of report.errors) console.log(`  ${error}`);
}
