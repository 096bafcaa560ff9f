import type {
  ItemCodeProduct,
  ItemCodeRange,
} from '../../../../shared/wechat/catalogue/item-code.ts';
import type { Agenda } from './agenda.ts';
import { secondsOf } from './calendar.ts';
import { randomId } from './random-id.ts';
import type { Storage } from './storage.ts';

/** More than any application may have. */
const CODES_EACH = 20_000_001;
const CODE_CHARS = 9;
const URL_CHARS = 28;
/** Making codes takes a while. */
const MAKING_MS = 60_000;

export interface ItemCodeBatch {
  readonly id: number;
  readonly isvId: string;
  readonly count: number;
  readonly status: 'INIT' | 'FINISH';
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly activations: readonly (ItemCodeRange & ItemCodeProduct)[];
}

/** Where one code is: its batch, and its place in it from 0. */
export interface CodePlace {
  readonly batch: ItemCodeBatch;
  readonly index: number;
}

/** One-item codes, in batches. A code is the number of its batch and its place, in other digits. */
export function createItemCodes(storage: Storage, options: { now: () => number; agenda: Agenda }) {
  const { now, agenda } = options;
  const section = storage.section('item-codes', () => ({
    batches: [] as ItemCodeBatch[],
    tickets: {} as Record<string, { readonly code: string; readonly openid: string }>,
  }));
  agenda.handle('item-codes', (id) => {
    change(Number(id), { status: 'FINISH' });
    return undefined;
  });
  const find = (id: number) => section.read().batches.find((batch) => batch.id === id);

  return {
    find,
    findByIsvId: (isvId: string) => section.read().batches.find((batch) => batch.isvId === isvId),
    add(isvId: string, count: number): ItemCodeBatch {
      const seconds = secondsOf(now());
      const batch = section.update(({ batches }) => {
        const fresh: ItemCodeBatch = {
          id: batches.length + 1,
          isvId,
          count,
          status: 'INIT',
          createdAt: seconds,
          updatedAt: seconds,
          activations: [],
        };
        batches.push(fresh);
        return fresh;
      });
      agenda.plan('item-codes', String(batch.id), MAKING_MS);
      return batch;
    },
    /** The latest activation of a code is the one that counts. */
    activate(
      { id, activations }: ItemCodeBatch,
      activation: ItemCodeRange & ItemCodeProduct,
    ): void {
      change(id, { activations: [...activations, activation] });
    },
    /** The place of a code, or of the longer text in a picture. */
    placeOf(text: string): CodePlace | undefined {
      const number = Number.parseInt(text.slice(-CODE_CHARS), 36);
      const batch = find(Math.floor(number / CODES_EACH));
      const index = number % CODES_EACH;
      return batch && index < batch.count ? { batch, index } : undefined;
    },
    /** A follower scans a code. Gives the ticket that the mini-program is opened with. */
    scan(code: string, openid: string): string {
      const ticket = randomId(32);
      section.update(({ tickets }) => {
        tickets[ticket] = { code, openid };
      });
      return ticket;
    },
    /** `undefined` unless this follower scanned it. */
    codeBehind(ticket: string, openid: string): string | undefined {
      const { tickets } = section.read();
      const scanned = Object.hasOwn(tickets, ticket) ? tickets[ticket] : undefined;
      return scanned?.openid === openid ? scanned.code : undefined;
    },
  };

  function change(id: number, fields: Partial<ItemCodeBatch>): void {
    section.update((state) => {
      state.batches = state.batches.map((batch) =>
        batch.id === id ? { ...batch, ...fields, updatedAt: secondsOf(now()) } : batch,
      );
    });
  }
}

export type ItemCodes = ReturnType<typeof createItemCodes>;

export function codeAt(batchId: number, index: number): string {
  return (batchId * CODES_EACH + index).toString(36).toUpperCase().padStart(CODE_CHARS, '0');
}

export function codeUrlAt(batchId: number, index: number): string {
  return codeAt(batchId, index).padStart(URL_CHARS, '0');
}
