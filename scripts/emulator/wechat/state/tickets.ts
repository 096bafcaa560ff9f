import { hkdfSync, randomBytes } from 'node:crypto';
import { minted } from './minted.ts';
import type { Storage } from './storage.ts';

export const ticketTypes = ['jsapi', 'wx_card'] as const;
export type TicketType = (typeof ticketTypes)[number];

export const TICKET_LIFE_MS = 7_200_000;
const TICKET_RENEWAL_MS = 300_000;

interface TicketState {
  salt: string;
  generation: number;
  current: Partial<Record<TicketType, { generation: number; expiresAt: number }>>;
}

/** Tickets belong to the account, not to the token that asks: all callers get the same one. */
export function createTickets(
  storage: Storage,
  { secret, now }: { secret: string; now: () => number },
) {
  const section = storage.section<TicketState>('tickets', () => ({
    salt: randomBytes(16).toString('hex'),
    generation: 0,
    current: {},
  }));

  return {
    issue(type: TicketType): { readonly ticket: string; readonly expiresAt: number } {
      const current = section.read().current[type];
      const leftMs = current ? current.expiresAt - now() : 0;
      const ticket =
        // One that has longer to live than any was issued later than now: the clock was moved back.
        current && leftMs > TICKET_RENEWAL_MS && leftMs <= TICKET_LIFE_MS
          ? current
          : section.update((state) => {
              state.generation += 1;
              const fresh = { generation: state.generation, expiresAt: now() + TICKET_LIFE_MS };
              state.current[type] = fresh;
              return fresh;
            });
      return { ticket: textOf(type, ticket.generation), expiresAt: ticket.expiresAt };
    },
    generation: () => section.read().generation,
  };

  function textOf(type: TicketType, generation: number): string {
    const info = `ticket ${type} ${generation}`;
    const bytes = hkdfSync('sha256', secret, section.read().salt, info, 64);
    return minted(Buffer.from(bytes).toString('base64url'));
  }
}

export type Tickets = ReturnType<typeof createTickets>;
