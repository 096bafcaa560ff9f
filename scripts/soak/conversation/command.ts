import { HTTP_CONCURRENCY } from '../../start/options.ts';
import type { SoakCommand } from '../command.ts';
import { type SoakReport, soakConversation } from './soak.ts';

export const conversationSoak: SoakCommand<'messages' | 'instances' | 'seed' | 'kills'> = {
  usage: '[--messages 20000] [--instances 8] [--seed 1] [--kills 0.01]',
  about: `Followers ask an account whose model thinks for 1 to 25 s and that counts its answers in a session,
one question after the other and now and then two at once, while the soak kills the processes of
callback and worker, with all that they have in hand. Exit code 1 if an answer was lost, came twice
or out of order, if a session lost a change or took one twice, or if a handler started twice without
a kill.

  --messages N    how many messages (1 to 100000)
  --instances N   how many processes (1 to 50), of ${HTTP_CONCURRENCY} requests at a time each
  --seed N        chooses questions, thoughts and the processes to kill
  --kills P       the part of the messages at which a process is killed, 0 to 0.1`,
  isByHttp: true,
  numbers: {
    messages: { fallback: 20_000, min: 1, max: 100_000 },
    instances: { fallback: 8, min: 1, max: 50 },
    seed: { fallback: 1, min: 0, max: 1_000_000 },
    kills: { fallback: 0.01, min: 0, max: 0.1, isFraction: true },
  },
  async run(numbers, { json, store, concurrency = HTTP_CONCURRENCY }) {
    const onProgress = (done: number) => console.log(`${done} of ${numbers.messages} messages …`);
    const report = await soakConversation({
      ...numbers,
      ...{ store, concurrency, thinkMs: 25_000 },
      ...(json ? {} : { onProgress }),
    });
    if (!json) show(report);
    return report;
  },
};

function show(report: SoakReport): void {
  const { ways } = report;
  const rows = [
    ['messages', report.messages],
    ['followers', report.followers],
    ['instances killed', report.killed],
    ['requests in their hands', report.inHand],
    ['handler starts', report.handlerStarts],
    ['more starts, after a kill', report.rerunsAfterKill],
    ['answered in time', ways.inTime],
    ['while WeChat asks again', ways.whileAskedAgain],
    ['later, as messages', ways.later],
    ['lost', report.lost],
    ['lost on the way', report.lostOnTheWay],
    ['seen by no instance', report.unseen],
    ['doubled', report.doubled],
    ['doubled by a death', report.doubledOnTheWay],
    ['out of order', report.outOfOrder],
    ['overtaken on the way', report.overtakenOnTheWay],
    ['session updates lost', report.sessionUpdatesLost],
    ['fault notices', report.faultNotices],
    ['seconds', report.seconds],
    ['of them held back', report.secondsHeldBack],
  ] as const;
  for (const [name, value] of rows) console.log(`${name.padEnd(26)}${String(value).padStart(8)}`);
  for (const finding of report.findings) console.log(JSON.stringify(finding));
  console.log(report.ok ? '\nAll is well.' : '\nNot as it should be.');
}
