import type { Storage } from './storage.ts';

const KEY_LIFE_MS = 24 * 3_600_000;
const RETRY_SPACING_MS = 60_000;

interface KeyRecord {
  readonly triedAt: number;
  /** Of the job, if one was accepted. */
  readonly msgId?: number;
}

/** The `clientmsgid`s of a day, by which a job that is sent twice is told. */
export function createMassKeys(storage: Storage, now: () => number) {
  const section = storage.section<{ keys: Record<string, KeyRecord> }>('mass-keys', () => ({
    keys: {},
  }));
  const find = (key: string): KeyRecord | undefined => {
    const { [key]: record } = section.read().keys;
    return record && now() - record.triedAt < KEY_LIFE_MS ? record : undefined;
  };

  return {
    /** The job that was accepted under this key within the last 24 hours. */
    jobOf: (key: string): number | undefined => find(key)?.msgId,

    /** Whether it was tried, in vain, less than a minute ago. */
    isTooSoon(key: string): boolean {
      const record = find(key);
      return record !== undefined && now() - record.triedAt < RETRY_SPACING_MS;
    },

    note: (key: string, msgId?: number) =>
      section.update((state) => {
        state.keys = Object.fromEntries(
          Object.entries(state.keys).filter(([, { triedAt }]) => now() - triedAt < KEY_LIFE_MS),
        );
        state.keys[key] = { triedAt: now(), ...(msgId === undefined ? {} : { msgId }) };
      }),
  };
}

export type MassKeys = ReturnType<typeof createMassKeys>;
