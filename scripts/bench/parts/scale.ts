import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { quantile } from '../report/stats.ts';

const STEPS = [1, 2, 4, 8, 16];
const MESSAGES = 600;

/** (g) The whole deployment in the emulator, with as many messages in flight as instances. */
export async function scale({ root }: BenchContext): Promise<PartReport> {
  const emulation = await startEmulation({ root, port: 0, mode: 'safe' });
  try {
    const rows = [];
    for (const inFlight of STEPS) {
      await load(emulation, inFlight, 2 * inFlight);
      rows.push({ name: `${inFlight} in flight`, values: await measure(emulation, inFlight) });
    }
    return {
      title: 'The whole deployment in the emulator',
      note: `${MESSAGES} encrypted texts, each through the gateway, an instance that is a process of its own, and the store, all on one machine: it is the emulators and the machine's cores that end the growth.`,
      columns: ['instances', 'messages/s', 'p50 ms', 'p95 ms', 'p99 ms'],
      rows,
      ratios: {},
      figures: {},
    };
  } finally {
    await emulation.close();
  }
}

async function measure(emulation: Emulation, inFlight: number): Promise<readonly number[]> {
  const startedAt = performance.now();
  const latencies = await load(emulation, inFlight, MESSAGES);
  const seconds = (performance.now() - startedAt) / 1000;
  const callback = emulation.scf.instances().filter((each) => each.function === 'callback');
  return [
    callback.length,
    MESSAGES / seconds,
    ...[0.5, 0.95, 0.99].map((part) => quantile(latencies, part)),
  ];
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
        const { outcome } = await push.send(ordinary.text(`oBench${sender}`, content));
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
