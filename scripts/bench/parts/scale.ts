import { startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { quantile } from '../report/stats.ts';
import { loadDeployment, measureLoad } from '../workload/deployment.ts';

const STEPS = [1, 2, 4, 8, 16];
const MESSAGES = 600;

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
      await loadDeployment(emulation, inFlight, 2 * inFlight);
      const { instances, messagesPerSecond, latencies, cpuMs } = await measureLoad(
        emulation,
        inFlight,
        MESSAGES,
      );
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantile(latencies, part));
      rows.push({
        name: `${inFlight} in flight`,
        values: [instances, messagesPerSecond, p50, p95, p99, cpuMs] as readonly number[],
      });
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
