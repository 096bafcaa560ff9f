import { HTTP_MEMORY_MB, MEMORY_MB } from '../cost/usage.ts';
import type { Figures, Platform } from '../platform.ts';
import type { PartReport } from '../report/part.ts';
import { quantile } from '../report/stats.ts';
import { type Load, type Outcome, simulate } from './model.ts';

const RATES = [10, 100, 1_000, 3_000, 10_000];
const SECONDS = 20;
const TOKEN_LIFE_SECONDS = 7_200 - 300;
const MAX_INSTANCES = 1_000;
/** Beyond this part of what it can do, the store queues. */
const BUSY = 0.95;

export interface Scenario {
  readonly name: string;
  readonly changes: Partial<Load>;
  /** Many messages at a time in one process, with the CPU of a larger instance. */
  readonly isHttp?: boolean;
}

/** As HTTP functions are deployed for many messages. */
const CONCURRENCY = 50;

const scenarios: readonly Scenario[] = [
  { name: 'as deployed', changes: {} },
  { name: 'handlers of 300 ms', changes: { handlerMs: 300 } },
  { name: '1 000 instances', changes: { maxInstances: MAX_INSTANCES } },
  {
    name: '1 000 instances, store × 10',
    changes: { maxInstances: MAX_INSTANCES, storeOperationsPerSecond: 50_000 },
  },
  { name: 'HTTP functions', isHttp: true, changes: {} },
  {
    name: '20 warm HTTP functions, store × 10',
    isHttp: true,
    changes: { warmInstances: 20, maxInstances: 20, storeOperationsPerSecond: 50_000 },
  },
  {
    name: 'HTTP functions, store × 10',
    isHttp: true,
    changes: { storeOperationsPerSecond: 50_000 },
  },
  {
    name: '1 000 warm ones, store × 10',
    changes: {
      maxInstances: MAX_INSTANCES,
      warmInstances: MAX_INSTANCES,
      storeOperationsPerSecond: 50_000,
    },
  },
];

/** A surge out of nothing: no instance runs when the first message comes. */
export function loadOf(
  figures: Figures,
  { limits, timing }: Platform,
  { isHttp = false }: Pick<Scenario, 'isHttp'> = {},
): Load {
  const memoryMb = isHttp ? HTTP_MEMORY_MB : MEMORY_MB;
  // CPU grows with memory, and one thread uses no more than one core.
  const share = Math.min(1, (timing.cpuShare.value * memoryMb) / MEMORY_MB);
  return {
    messagesPerSecond: 1,
    seconds: SECONDS,
    seed: 1,
    cpuMs: figures[isHttp ? 'message.cpuMsAtOnce' : 'message.cpuMs'] / share,
    handlerMs: 0,
    coldMs: timing.sandboxMs.value + figures['cold.firstReplyCpuMs'] / share,
    storeMs: timing.storeMs.value,
    storeSpread: timing.storeSpread.value,
    storeWrites: figures['message.storeWrites'],
    storeOperationsPerSecond: limits.storeOperationsPerSecond.value,
    warmInstances: 0,
    maxInstances: Math.floor(limits.concurrencyMb.value / memoryMb),
    instancesPerSecond: limits.instancesPerSecond.value,
    concurrency: isHttp ? CONCURRENCY : 1,
  };
}

/** Where it ends as messages grow, and by which limit. */
export function simulationReport(figures: Figures, platform: Platform): PartReport {
  const rows = scenarios.flatMap(({ name, changes, ...kind }) =>
    RATES.map((messagesPerSecond) => {
      const load = { ...loadOf(figures, platform, kind), ...changes, messagesPerSecond };
      return { name: `${name}, ${messagesPerSecond}/s`, values: valuesOf(load, simulate(load)) };
    }),
  );
  return {
    title: 'Beyond one machine',
    note: `A surge of ${SECONDS} s, onto a deployment without a single instance but where it says warm, simulated from the measured figures and scripts/bench/platform.json. "Repeated": not answered within 5 s and pushed again; "lost": refused, or not answered three times over. HTTP functions have ${HTTP_MEMORY_MB} MB and take ${CONCURRENCY} messages at a time; the others have ${MEMORY_MB} MB and take one.`,
    columns: [
      ...['instances', 'cold starts', 'p50 ms', 'p99 ms', 'repeated', 'lost', 'store ops/s'],
      ...['token fetches a day', 'if each fetched', 'first limit'],
    ],
    rows,
    ratios: {},
  };
}

function valuesOf(load: Load, outcome: Outcome): readonly (number | string)[] {
  const { messages, latencies, instances, coldStarts, repeats, lost, storeOperations } = outcome;
  const periods = Math.ceil(86_400 / TOKEN_LIFE_SECONDS);
  return [
    instances,
    coldStarts,
    ...[0.5, 0.99].map((part) => (latencies.length > 0 ? quantile(latencies, part) : '-')),
    `${percent(repeats / messages)}`,
    `${percent(lost / messages)}`,
    storeOperations / load.seconds,
    periods,
    periods * instances,
    firstLimit(load, outcome),
  ];
}

/** What would have to be raised first, in words. */
export function firstLimit(load: Load, outcome: Outcome): string {
  const use = outcome.storeOperations / load.seconds / load.storeOperationsPerSecond;
  // A store that queues holds instances longer, so their number is only what shows.
  if (use > BUSY) return 'operations of the store';
  if (outcome.instances === load.maxInstances && outcome.refused > 0) return 'instances at once';
  return outcome.repeats > 0 ? 'new instances a second' : '-';
}

function percent(part: number): string {
  return part === 0 ? '0' : `${(100 * part).toPrecision(2)} %`;
}
