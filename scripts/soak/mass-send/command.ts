import type { SoakCommand } from '../command.ts';
import { type MassSendReport, type PhaseReport, soakMassSend } from './soak.ts';

export const massSendSoak: SoakCommand<'followers' | 'kills' | 'seed'> = {
  usage: '[--followers 100000] [--kills 0] [--seed 1]',
  about: `Syncs so many followers, counts them by a filter and sends them one message, with everything that
npm start runs, and kills all workers at random points. Exit code 1 if, by WeChat's own record, a
follower got the message twice or not at all, or (without kills) if more calls were made than needed.

  --followers N   2 to 1 000 000
  --kills N       kills of all workers, half during the sync and half during the sending
  --seed N        chooses the points of the kills`,
  isByHttp: true,
  numbers: {
    followers: { fallback: 100_000, min: 2, max: 1_000_000 },
    kills: { fallback: 0, min: 0, max: 10_000 },
    seed: { fallback: 1, min: 0, max: 1_000_000 },
  },
  async run(numbers, { json, store, concurrency }) {
    const report = await soakMassSend({
      ...numbers,
      store,
      concurrency,
      ...(json ? {} : { onPhase: showPhase }),
    });
    if (!json) show(report);
    return report;
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
