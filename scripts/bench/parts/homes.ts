import path from 'node:path';
import type { EmulationOptions } from '../../start/emulation/options.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { mean, median } from '../report/stats.ts';
import { callbackCpuMs, loadDeployment, measureLoad } from '../workload/deployment.ts';

const SIZES = {
  long: { rounds: 7, messages: 100 },
  short: { rounds: 3, messages: 60 },
};

const homes: Readonly<Record<string, Pick<EmulationOptions, 'mode' | 'home'>>> = {
  'server, safe': { mode: 'safe' },
  'server, plain': { mode: 'plain' },
  'cloud function': { mode: 'safe', home: 'wechat-function' },
  container: { mode: 'safe', home: 'wechat-container' },
};

interface Found {
  /** From the push to the reply, of a message that finds no instance. */
  readonly coldMs: number;
  /** Of its instance by then, bare Node.js included. */
  readonly coldCpuMs: number;
  readonly cpuMs: number;
  readonly ms: number;
}

/** (l) A first message and later ones, in each home of an account, in turns. */
export async function inEachHome({ root, folder, isShort }: BenchContext): Promise<PartReport> {
  const { rounds, messages } = SIZES[isShort ? 'short' : 'long'];
  const running: { readonly name: string; readonly emulation: Emulation; found: Found[] }[] = [];
  try {
    for (const [name, home] of Object.entries(homes)) {
      const outDir = path.join(folder, `home-${running.length}`);
      const options = { root, account: fixtureAccount, outDir, port: 0, timers: 'hand' } as const;
      const emulation = await startEmulation({ ...options, ...home });
      await loadDeployment(emulation, 1, messages);
      running.push({ name, emulation, found: [] });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const each of running) each.found.push(await measure(each.emulation, messages));
    }
    return reportOf(running, rounds);
  } finally {
    for (const { emulation } of running.reverse()) await emulation.close();
  }
}

async function measure(emulation: Emulation, messages: number): Promise<Found> {
  // Ends the instances there are.
  await emulation.scf.reload('callback');
  const [coldMs = Number.NaN] = await loadDeployment(emulation, 1, 1);
  const coldCpuMs = callbackCpuMs(emulation);
  await loadDeployment(emulation, 1, messages);
  const { cpuMs, latencies } = await measureLoad(emulation, 1, messages);
  return { coldMs, coldCpuMs, cpuMs, ms: median(latencies) };
}

function reportOf(
  running: readonly { readonly name: string; readonly found: readonly Found[] }[],
  rounds: number,
): PartReport {
  const rows = running.map(({ name, found }) => {
    const of = (key: keyof Found) => found.map((each) => each[key]);
    // The system counts CPU in steps of 10 ms, which only a mean gets below.
    const values = [
      median(of('coldMs')),
      mean(of('coldCpuMs')),
      median(of('ms')),
      mean(of('cpuMs')),
    ];
    return { name, values };
  });
  const safe = rows[0]?.values ?? [];
  const cpuOf = (name: string) => rows.find((row) => row.name === name)?.values[3] ?? Number.NaN;
  return {
    title: 'One account in three homes',
    note: `${rounds} rounds in turns, the whole deployment in the emulator with the documents of CloudBase; an instance is a process of its own, and the first message finds none. CPU is that of the instance. In brackets: over a server in safe mode.`,
    columns: ['first message ms', 'first message CPU ms', 'ms', 'CPU ms a message'],
    rows: rows.map(({ name, values }) => ({
      name,
      values: values.map((value, n) => `${shown(value)} (${shown(value / (safe[n] ?? 1))})`),
    })),
    ratios: {},
    figures: {
      'function.cpuMs': cpuOf('cloud function'),
      'container.cpuMs': cpuOf('container'),
    },
  };
}

function shown(value: number): string {
  return value.toPrecision(3);
}
