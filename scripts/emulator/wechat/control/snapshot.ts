import type { TokenRecord } from '../state/tokens.ts';
import type { World } from '../world.ts';

/** The whole state for people and tests; token texts only where asked for. */
export function snapshotOf(world: World, { reveal }: { readonly reveal: boolean }) {
  const { tokens, tickets, quotas, statistics, whitelist, faults, clock, account } = world;
  const { records, ...issued } = tokens.list();
  return {
    now: clock.now(),
    appid: account.appid,
    /** `issued` counts new tokens, `generation` all of them together. */
    tokens: { ...issued, list: records.map(describe) },
    tickets: { generation: tickets.generation() },
    statistics: statistics.list(),
    quotas: quotas.list(),
    whitelist: whitelist.get(),
    faults: faults.list(),
  };

  function describe(record: TokenRecord) {
    const { generation, kind, issuedAt, expiresAt, usableUntil } = record;
    return {
      generation,
      kind,
      status: tokens.statusOf(record),
      issuedAt,
      expiresAt,
      usableUntil: Math.min(usableUntil, expiresAt),
      token: reveal ? tokens.textOf(record) : `${generation}_***`,
    };
  }
}

export type Snapshot = ReturnType<typeof snapshotOf>;
