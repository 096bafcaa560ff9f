import { randomBytes } from 'node:crypto';
import type { Storage } from './storage.ts';

export const RID_LIFE_SECONDS = 7 * 24 * 3_600;
/** Older ones make room: the emulator is not asked about the hundreds before. */
const MAX_RIDS = 500;

/** One failed call, in the words of `openapi/rid/get`. */
export interface RidRecord {
  readonly rid: string;
  /** In seconds since the epoch. */
  readonly invoke_time: number;
  readonly cost_in_ms: number;
  readonly request_url: string;
  readonly request_body: string;
  readonly response_body: string;
  readonly client_ip: string;
}

/** The ids behind the errmsg of failed calls, and what those calls were. */
export function createRids(storage: Storage, now: () => number) {
  const section = storage.section<{ records: RidRecord[] }>('rids', () => ({ records: [] }));
  const seconds = () => Math.floor(now() / 1_000);

  return {
    /** The first group is the time of the call. */
    create(): string {
      const groups = randomBytes(8).toString('hex').match(/.{8}/g) ?? [];
      return [seconds().toString(16).padStart(8, '0'), ...groups].join('-');
    },

    remember(record: RidRecord): void {
      section.update((state) => {
        state.records = [...state.records.slice(1 - MAX_RIDS), record];
      });
    },

    find(rid: string): RidRecord | 'malformed' | 'expired' | undefined {
      const [, time] = /^([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/.exec(rid) ?? [];
      if (time === undefined) return 'malformed';
      if (seconds() - Number.parseInt(time, 16) > RID_LIFE_SECONDS) return 'expired';
      return section.read().records.find((record) => record.rid === rid);
    },
  };
}

export type Rids = ReturnType<typeof createRids>;
