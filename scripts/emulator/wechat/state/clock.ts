import type { Storage } from './storage.ts';

/** What the emulator lets others do with its time. */
export interface EmulatedClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the time; resolves when everything that fell due on the way has been done. */
  advance(ms: number): Promise<void>;
  set(now: number): Promise<void>;
}

export interface ShiftedClock {
  now(): number;
  shift(ms: number): void;
}

/** The given time plus an offset under control, which outlives a restart like the tokens do. */
export function createShiftedClock(storage: Storage, base: () => number): ShiftedClock {
  const section = storage.section('clock', () => ({ offsetMs: 0 }));
  return {
    now: () => base() + section.read().offsetMs,
    shift(ms) {
      section.update((state) => {
        state.offsetMs += ms;
      });
    },
  };
}
