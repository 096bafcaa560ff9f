import { readNumber } from '../numbers.ts';
import type { Soak } from '../soak.ts';
import { type ScenarioReport, soakTokens } from './soak.ts';

export const tokenSoak: Soak = {
  help: `npm run soak -- token [--instances 32] [--seed 1] [--faults 0.25] [--json]

Races real processes for one access token: it is expired, revoked, the store fails, the one who
renews it is killed or frozen. Exit code 1 if a call failed, a token was fetched more often than
needed, or a refused token was handed out.

  --instances N   how many processes want the token at the same moment (2 to 200)
`,
  options: { instances: '32', faults: '0.25' },

  async run(values, { seed, show }) {
    const report = await soakTokens({
      instances: readNumber('instances', values.instances, 2, 200),
      faults: readNumber('faults', values.faults, 0, 0.5, 'fraction'),
      seed,
      onScenario: (scenario) => show(lineOf(scenario)),
    });
    const ms = report.scenarios.reduce((total, scenario) => total + scenario.ms, 0);
    show(lineOf({ ...report, name: 'in all', ms, errors: [] }));
    if (report.leaks > 0) show(`Tokens or secrets were found in clear, ${report.leaks} times.`);
    return report;
  },
};

function lineOf(report: ScenarioReport): string {
  const { name, calls, failed, fetches, validityPeriods, staleTokensServed, waits, conflicts } =
    report;
  const line = [
    `${name}:`.padEnd(24),
    `${calls} calls, ${failed} failed, ${fetches} fetches for ${validityPeriods},`,
    `${staleTokensServed} stale, ${waits} waits, ${conflicts} conflicts,`,
    `${(report.ms / 1_000).toFixed(1)} s`,
  ].join(' ');
  return [line, ...report.errors.map((error) => `  ${error}`)].join('\n');
}
