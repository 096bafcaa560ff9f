import { type Command, wholeNumber } from '../command.ts';
import { type MassSendReport, type PhaseReport, soakMassSend } from './soak.ts';

const HELP = `npm run soak -- mass-send [--followers 100000] [--kills 0] [--seed 1] [--json]

Syncs so many followers, counts them by a filter and sends them one message, with everything that
npm start runs, and kills all workers at random points. Exit code 1 if a follower got it twice or
not at all, by WeChat's own record, or if more calls were made than needed (without kills).

  --followers N   2 to 1 000 000
  --kills N       half of them during the sync, half during the sending
  --seed N        chooses the points
  --json          one JSON object on stdout, and nothing else
`;

export const massSendCommand: Command = {
  help: HELP,
  options: {
    followers: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
  async run(values, json) {
    const report = await soakMassSend({
      followers: wholeNumber('followers', values.followers, 2, 1_000_000),
      kills: wholeNumber('kills', values.kills, 0, 10_000),
      seed: wholeNumber('seed', values.seed, 0, 1_000_000),
      ...(json ? {} : { onPhase: showPhase }),
    });
    if (json) console.log(JSON.stringify(report));
    else show(report);
    return report.ok;
  },
};

function showPhase({ name, seconds, kills, storeOpsPerFollower }: PhaseReport): void {
  console.log(
    `${`${name}:`.padEnd(8)} ${seconds.toFixed(1)} s, ${kills} kills, ${storeOpsPerFollower.toFixed(4)} store operations a follower`,
  );
}

function show(report: MassSendReport): void {
  const { followers, received, receivedTwice, missing, apiCalls, fewestCalls, peakRssMB } = report;
  console.log(
    [
      `${received} of ${followers} received it, ${receivedTwice} twice, ${missing} missing.`,
      ...Object.entries(fewestCalls).map(
        ([name, fewest]) => `${name}: ${apiCalls[name]} calls (fewest possible: ${fewest})`,
      ),
      `Memory: ${Object.entries(peakRssMB)
        .map(([name, mb]) => `${name} ${mb} MB`)
        .join(', ')}.`,
      `${report.storeOpsPerFollower.toFixed(4)} store operations a follower in all, ${report.seconds.toFixed(0)} s.`,
      report.ok ? 'All is well.' : 'Not as it should be.',
    ].join('\n'),
  );
}
