import type { EmulationOptions } from '../../start/emulation/options.ts';
import { startEmulation } from '../../start/emulation.ts';
import { HTTP_CONCURRENCY } from '../../start/options.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport, Row } from '../report/part.ts';
import { quantile } from '../report/stats.ts';
import { loadDeployment, measureLoad } from '../workload/deployment.ts';

const STEPS = [1, 2, 4, 8, 16];
const MESSAGES = 600;

/** (g) The whole deployment in the emulator, with as many messages in flight as instances. */
export async function scale({ root }: Pick<BenchContext, 'root'>): Promise<PartReport> {
  const events = await measure(root, STEPS, {});
  const http = await measure(root, [HTTP_CONCURRENCY], {
    concurrency: HTTP_CONCURRENCY,
    maxInstances: 1,
  });
  const cpuOf = (rows: readonly Row[]) => Number(rows[0]?.values.at(-1) ?? Number.NaN);
  return {
    title: 'The whole deployment in the emulator',
    note: `${MESSAGES} encrypted texts, each through the gateway, an instance that is a process of its own, and the store, all on one machine: it is the emulators and the machine's cores that end the growth. CPU is that of the instances, a message: our code, and two requests by the SDK. The last row is one process of an HTTP function.`,
    columns: ['instances', 'messages/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms'],
    rows: [...events, ...http],
    ratios: {},
    figures: { 'message.cpuMs': cpuOf(events), 'message.cpuMsAtOnce': cpuOf(http) },
  };
}

async function measure(
  root: string,
  steps: readonly number[],
  kind: Pick<EmulationOptions, 'concurrency' | 'maxInstances'>,
): Promise<readonly Row[]> {
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    ...kind,
  });
  try {
    const rows = [];
    for (const inFlight of steps) {
      await loadDeployment(emulation, inFlight, 2 * inFlight);
      const { instances, messagesPerSecond, latencies, cpuMs } = await measureLoad(
        emulation,
        inFlight,
        MESSAGES,
      );
      const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((part) =>
        quantile(latencies, part),
      );
      rows.push({
        name: kind.concurrency ? `${inFlight} in one process` : `${inFlight} in flight`,
        values: [instances, messagesPerSecond, p50, p95, p99, cpuMs],
      });
    }
    return rows;
  } finally {
    await emulation.close();
  }
}
