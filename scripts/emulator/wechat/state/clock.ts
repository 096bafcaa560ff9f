import type { Storage } from './storage.ts';

export interface EmulatedClock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(ms: number): void;
  set(now: number): void;
}

/** The given time plus an offset under control, which outlives a restart like the tokens do. */
export function createEmulatedClock(storage: Storage, base: () => number): EmulatedClock {
  const section = storage.section('clock', () => ({ offsetMs: 0 }));
  const now = () => base() + section.read().offsetMs;
  const advance = (ms: number) => {
    section.update((state) => {
      state.offsetMs += ms;
    });
  };
  return { now, advance, set: (target) => advance(target - now()) };
}
