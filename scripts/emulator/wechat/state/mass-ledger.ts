import type { Calendar } from './calendar.ts';
import type { Storage } from './storage.ts';

/** What one follower may receive, and what may go to all, in a calendar month. */
export const MASS_SENDS_A_MONTH = 4;

interface Ledger {
  month: string;
  /** By openid. */
  received: Record<string, number>;
  toAll: number;
}

/** How much of this month's allowance is used up. */
export function createMassLedger(storage: Storage, calendar: Calendar) {
  const section = storage.section<Ledger>('mass-ledger', () => ({
    month: '',
    received: {},
    toAll: 0,
  }));
  const thisMonth = () => {
    const month = calendar.month();
    return section.update((state) => {
      if (state.month !== month) Object.assign(state, { month, received: {}, toAll: 0 });
      return state;
    });
  };

  return {
    mayReceive: (openid: string): boolean =>
      (thisMonth().received[openid] ?? 0) < MASS_SENDS_A_MONTH,

    noteReceived(openids: readonly string[]): void {
      const { received } = thisMonth();
      for (const openid of openids) received[openid] = (received[openid] ?? 0) + 1;
    },

    maySendToAll: (): boolean => thisMonth().toAll < MASS_SENDS_A_MONTH,

    noteSentToAll(): void {
      thisMonth().toAll += 1;
    },

    list: () => structuredClone(thisMonth()),
  };
}

export type MassLedger = ReturnType<typeof createMassLedger>;
