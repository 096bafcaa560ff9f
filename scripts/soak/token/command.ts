import { type Command, number, wholeNumber } from '../command.ts';
import { type ScenarioReport, soakTokens } from './soak.ts';

const HELP = `npm run soak -- token [--instances 32] [--seed 1] [--faults 0.25] [--json]

Races real processes for one access token: it is expired, revoked, the store fails, the one who
renews it is killed or frozen. Exit code 1 if a call failed, a token was fetched more often than
needed, or a refused token was handed out.

  --instances N   how many processes want the token at the same moment (2 to 200)
  --seed N        chooses which requests to the store fail
  --faults P      which part of them fails in the scenarios with faults, 0 to 0.5
  --json          one JSON object on stdout, and nothing else
`;

export const tokenCommand: Command = {
  help: HELP,
  options: {
    instances: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '0.25' },
  },
  async run(values, json) {
    const report = await soakTokens({
      instances: wholeNumber('instances', values.instances, 2, 200),
      seed: wholeNumber('seed', values.seed, 0, 1_000_000),
      faults: number('faults', values.faults, 0, 0.5),
      ...(json ? {} : { onScenario: show }),
    });
    if (json) console.log(JSON.stringify(report));
    else {
      show({ ...report, name: 'in all', ms: sumOf(report.scenarios), errors: [] });
      console.log(report.ok ? 'All is well.' : `Not as it should be; leaks: ${report.leaks}.`);
    }
    return report.ok;
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

function sumOf(reports: readonly ScenarioReport[]): number {
  return reports.reduce((total, { ms }) => total + ms, 0);
}
