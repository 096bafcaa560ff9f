import type { Platform } from '../platform.ts';

/** What something uses of the platform. */
export interface Usage {
  readonly gbSeconds: number;
  readonly invocations: number;
  readonly storeReads: number;
  readonly storeWrites: number;
  readonly egressBytes: number;
  /** Months that an instance of PostgreSQL is there, whatever it is asked. */
  readonly postgresMonths?: number;
  /** Hours that the smallest container is there, whatever it does. */
  readonly containerHours?: number;
}

export type Prices = Readonly<Record<keyof Platform['prices'], { readonly cny: number }>>;

export type Bill = Readonly<Record<keyof Prices | 'total', number>>;

const PER_10_000 = 10_000;
const GB = 1e9;

/** What it costs in CNY, by item; no free tier and no package taken off. */
export function billOf(usage: Usage, prices: Prices): Bill {
  const items = {
    gbSecond: usage.gbSeconds * prices.gbSecond.cny,
    invocations: (usage.invocations / PER_10_000) * prices.invocations.cny,
    storeReads: (usage.storeReads / PER_10_000) * prices.storeReads.cny,
    storeWrites: (usage.storeWrites / PER_10_000) * prices.storeWrites.cny,
    egress: (usage.egressBytes / GB) * prices.egress.cny,
    postgresMonth: (usage.postgresMonths ?? 0) * prices.postgresMonth.cny,
    containerHour: (usage.containerHours ?? 0) * prices.containerHour.cny,
  };
  return { ...items, total: Object.values(items).reduce((sum, cny) => sum + cny, 0) };
}

/**
 * From how many messages a month PostgreSQL costs less than documents; `undefined` if a message costs
 * no less on it, so that it never does.
 */
export function breakEven(
  onDocuments: Usage,
  onPostgres: Usage,
  prices: Prices,
): number | undefined {
  const saved = billOf(onDocuments, prices).total - billOf(onPostgres, prices).total;
  return saved > 0 ? prices.postgresMonth.cny / saved : undefined;
}

export function times(usage: Usage, factor: number): Usage {
  return {
    gbSeconds: usage.gbSeconds * factor,
    invocations: usage.invocations * factor,
    storeReads: usage.storeReads * factor,
    storeWrites: usage.storeWrites * factor,
    egressBytes: usage.egressBytes * factor,
    postgresMonths: (usage.postgresMonths ?? 0) * factor,
    containerHours: (usage.containerHours ?? 0) * factor,
  };
}
