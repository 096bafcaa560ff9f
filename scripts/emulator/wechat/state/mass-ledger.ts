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
    /** Mass sends that the follower has received in this month. */
    received,

    mayReceive: (openid: string): boolean => received(openid) < MASS_SENDS_A_MONTH,

    noteReceived(openids: readonly string[]): void {
      const { received: counts } = thisMonth();
      for (const openid of openids) counts[openid] = (counts[openid] ?? 0) + 1;
    },

    maySendToAll: (): boolean => thisMonth().toAll < MASS_SENDS_A_MONTH,

    noteSentToAll(): void {
      thisMonth().toAll += 1;
    },

    /** Mass sends to all that may still be made in this month. */
    allowance() {
      const { month, toAll } = thisMonth();
      return { month, toAll: MASS_SENDS_A_MONTH - toAll };
    },
  };

  function received(openid: string): number {
    return thisMonth().received[openid] ?? 0;
  }
}

export type MassLedger = ReturnType<typeof createMassLedger>;
