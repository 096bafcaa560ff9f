/** The emulator's time: the world's, moved by whoever holds the control endpoint. */
export interface Clock {
  now(): number;
  /** Milliseconds since 1970; it goes on running from there. */
  set(epochMs: number): void;
  advance(ms: number): void;
}

export function createClock(worldNow: () => number): Clock {
  let offset = 0;
  return {
    now: () => worldNow() + offset,
    set: (epochMs) => {
      offset = epochMs - worldNow();
    },
    advance: (ms) => {
      offset += ms;
    },
  };
}
