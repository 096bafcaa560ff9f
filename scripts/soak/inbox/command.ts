import type { SoakCommand } from '../command.ts';
import { type SoakReport, soakInbox } from './soak.ts';

export const inboxSoak: SoakCommand<'messages' | 'instances' | 'seed' | 'kills' | 'server-kills'> =
  {
    usage: '[--messages 10000] [--instances 8] [--seed 1] [--kills 0.005] [--server-kills 0]',
    about: `Delivers every message one to three times, at the same moment or later, to real processes that the
soak kills at random, and checks what the followers got and how often the handlers ran. Exit code 1
if a message was lost, handled twice without a kill, or answered in two ways, or if a follower saw
WeChat's fault notice.

  --messages N    how many messages (1 to 100000)
  --instances N   how many processes (1 to 50)
  --seed N        chooses the times of delivery and the processes to kill
  --kills P       the part of the deliveries that is killed with its process, 0 to 0.1
  --server-kills N  with --store postgres: how often the soak kills its server and starts it again; after
                  each kill it cuts all connections, takes all of them, or stalls the server`,
    isByHttp: true,
    hasHomes: true,
    numbers: {
      messages: { fallback: 10_000, min: 1, max: 100_000 },
      instances: { fallback: 8, min: 1, max: 50 },
      seed: { fallback: 1, min: 0, max: 1_000_000 },
      kills: { fallback: 0.005, min: 0, max: 0.1, isFraction: true },
      'server-kills': { fallback: 0, min: 0, max: 1_000 },
    },
    async run({ 'server-kills': serverKills, ...numbers }, { json, store, concurrency, home }) {
      const onProgress = (done: number) => console.log(`${done} of ${numbers.messages} messages …`);
      const report = await soakInbox({
        ...numbers,
        store,
        concurrency,
        home,
        serverKills,
        ...(json ? {} : { onProgress }),
      });
      if (!json) show(report);
      return report;
    },
  };

function show(report: SoakReport): void {
  const rows = [
    ['messages', report.messages],
    ['deliveries', report.deliveries],
    ['instances killed', report.killed],
    ['deliveries in their hands', report.inHand],
    ['server killed', report.serverKills],
    ['other troubles of it', report.serverTroubles],
    ['handler runs', report.handlerRuns],
    ['more runs, after a kill', report.rerunsAfterKill],
    ['taken over by the worker', report.takenOverByWorker],
    ['lost', report.lost],
    ['conflicting replies', report.conflictingReplies],
    ['fault notices', report.faultNotices],
    ['killed with each delivery', report.killedThrice],
    ['answered, and not stored', report.unsettled],
    ['seconds', report.seconds],
  ] as const;
  for (const [name, value] of rows) console.log(`${name.padEnd(26)}${String(value).padStart(8)}`);
  console.log('\nrequests to the store        writes   reads   transactions');
  for (const [kind, { writes, reads, transactions }] of Object.entries(report.costs)) {
    console.log(
      [kind.padEnd(26), ...[writes, reads, transactions].map((n) => n.toFixed(1).padStart(8))].join(
        ' ',
      ),
    );
  }
  console.log(report.ok ? '\nAll is well.' : '\nNot as it should be.');
}
