import { randomInt } from 'node:crypto';
import type { Storage } from './storage.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KEY_CHARS = 15;

interface ShortKeyRecord {
  readonly data: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly lifeSeconds: number;
}

/** Short keys, and the long data behind them. */
export function createShortKeys(storage: Storage, now: () => number) {
  const section = storage.section<Record<string, ShortKeyRecord>>('short-keys', () => ({}));
  const seconds = () => Math.floor(now() / 1_000);

  return {
    add(data: string, lifeSeconds: number): string {
      const key = Array.from({ length: KEY_CHARS }, () => LETTERS[randomInt(62)]).join('');
      section.update((state) => {
        state[key] = { data, createdAt: seconds(), lifeSeconds };
      });
      return key;
    },
    /** `undefined` for a key that is unknown or has expired. */
    find(key: string): ShortKeyRecord | undefined {
      const record = Object.hasOwn(section.read(), key) ? section.read()[key] : undefined;
      return record && seconds() < record.createdAt + record.lifeSeconds ? record : undefined;
    },
  };
}

export type ShortKeys = ReturnType<typeof createShortKeys>;
