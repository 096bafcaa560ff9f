import type { Backend } from './backend.ts';

/** A handler thinks for seconds, so an instance dies within this time of a message. */
const WITHIN_MS = 8_000;

/** The functions whose instances run handlers. */
const RUN_HANDLERS: ReadonlySet<string> = new Set(['callback', 'worker']);

export interface Killer {
  /** Called with each message: in a part of them an instance at work is killed a little later. */
  strike(): void;
  /** No instance is killed from now on. */
  stop(): void;
  /** When a process was killed, in ms since the epoch. */
  readonly deaths: ReadonlyMap<number, number>;
  /** Deliveries that the killed instances had in hand. */
  readonly inHand: number;
}

export function createKiller(
  { scf }: Pick<Backend, 'scf'>,
  random: () => number,
  part: number,
): Killer {
  const deaths = new Map<number, number>();
  const timers = new Set<NodeJS.Timeout>();
  let inHand = 0;

  function hit(): void {
    const busy = scf
      .instances()
      .filter(({ function: name, state }) => RUN_HANDLERS.has(name) && state === 'busy');
    const victim = busy[Math.floor(random() * busy.length)];
    if (!victim) return;
    deaths.set(victim.pid, Date.now());
    inHand += victim.inFlight;
    void scf.kill(victim.id);
  }

  return {
    strike() {
      if (random() >= part) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        hit();
      }, random() * WITHIN_MS);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
    deaths,
    get inHand() {
      return inHand;
    },
  };
}
