import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A number of the platform, in words, and where it is from. */
interface Known {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
}
interface Price {
  readonly cny: number;
  readonly unit: string;
  readonly source: string;
}

/** What Tencent charges and allows: data, because it changes and because much is not verified. */
export interface Platform {
  readonly prices: Readonly<
    Record<
      | 'gbSecond'
      | 'invocations'
      | 'storeReads'
      | 'storeWrites'
      | 'egress'
      /** An instance of PostgreSQL has its price for the month, and none for an operation. */
      | 'postgresMonth'
      /** The smallest container has its price for each hour that it is there. */
      | 'containerHour',
      Price
    >
  >;
  readonly limits: Readonly<
    Record<'concurrencyMb' | 'instancesPerSecond' | 'storeOperationsPerSecond', Known>
  >;
  readonly timing: Readonly<
    Record<'cpuShare' | 'sandboxMs' | 'storeMs' | 'postgresMs' | 'storeSpread' | 'weChatMs', Known>
  >;
}
export type Timing = Platform['timing'];

/** What `npm run bench -- --save` measured of ours. */
export type Figures = Readonly<
  Record<
    /** Of an instance, with its requests to the store. */
    | 'message.cpuMs'
    /** The same in a cloud function and in a container, inside WeChat Cloud. */
    | 'function.cpuMs'
    | 'container.cpuMs'
    /** The same in one process that has fifty messages in hand. */
    | 'message.cpuMsAtOnce'
    | 'message.storeReads'
    | 'message.storeWrites'
    /** These three for each follower: documents read and written, and steps of transactions. */
    | 'broadcast.storeReads'
    | 'broadcast.storeWrites'
    | 'broadcast.storeSteps'
    | 'cold.firstReplyCpuMs'
    | 'memory.peakRssMb',
    number
  >
>;

export const platform = read('platform.json') as Platform;
export const figures = read('figures.json') as Figures;

/** Puts new figures in the place of old ones; what was not measured stays. */
export function saveFigures(measured: Readonly<Record<string, number>>): void {
  const known = Object.entries(figures).map(([name, value]) => {
    const measuredValue = measured[name] ?? value;
    return [name, Number(measuredValue.toPrecision(3))] as const;
  });
  writeFileSync(pathOf('figures.json'), `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}

function pathOf(file: string): string {
  return path.join(import.meta.dirname, file);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(pathOf(file), 'utf8'));
}
