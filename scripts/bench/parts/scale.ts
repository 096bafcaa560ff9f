import { readFileSync } from 'node:fs';
import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { quantile } from '../report/stats.ts';

const STEPS = [1, 2, 4, 8, 16];
const MESSAGES = 600;
/** So that nobody floods. */
const FOLLOWERS = 200;

/** (g) The whole deployment in the emulator, with as many messages in flight as instances. */
export async function scale({ root }: BenchContext): Promise<PartReport> {
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
  });
  try {
    const rows = [];
    for (const inFlight of STEPS) {
      await load(emulation, inFlight, 2 * inFlight);
      rows.push({ name: `${inFlight} in flight`, values: await measure(emulation, inFlight) });
    }
    const [first] = rows;
    return {
      title: 'The whole deployment in the emulator',
      note: `${MESSAGES} encrypted texts, each through the gateway, an instance that is a process of its own, and the store, all on one machine: it is the emulators and the machine's cores that end the growth. CPU is that of the instances, a message: our code, and two requests by the SDK.`,
      columns: ['instances', 'messages/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms'],
      rows,
      ratios: {},
      figures: { 'message.cpuMs': first?.values.at(-1) ?? Number.NaN },
    };
  } finally {
    await emulation.close();
  }
}

async function measure(emulation: Emulation, inFlight: number): Promise<readonly number[]> {
  const callback = () => emulation.scf.instances().filter((each) => each.function === 'callback');
  const cpuMs = () => callback().reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
  const [startedAt, cpuBefore] = [performance.now(), cpuMs()];
  const latencies = await load(emulation, inFlight, MESSAGES);
  const seconds = (performance.now() - startedAt) / 1000;
  return [
    callback().length,
    MESSAGES / seconds,
    ...[0.5, 0.95, 0.99].map((part) => quantile(latencies, part)),
    (cpuMs() - cpuBefore) / MESSAGES,
  ];
}

/** User and system of one process, in steps of 10 ms; only Linux tells. */
function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return 10 * (Number(user) + Number(system));
  } catch {
    return Number.NaN;
  }
}

/** Each sender waits for its answer before it sends the next. */
async function load({ push }: Emulation, inFlight: number, count: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = count;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, sender) => {
      while (left > 0) {
        left -= 1;
        const content = `hello ${left} of ${sender}`;
        const startedAt = performance.now();
        const { outcome } = await push.send(ordinary.text(`oBench${left % FOLLOWERS}`, content));
        latencies.push(performance.now() - startedAt);
        const reply = outcome.kind === 'reply' ? outcome.reply : undefined;
        if (reply?.type !== 'text' || reply.content !== content) {
          throw new Error(`"${content}" was answered wrongly: ${JSON.stringify(outcome)}`);
        }
      }
    }),
  );
  return latencies;
}
