import type { Emulation } from '../start/emulation.ts';

export interface KillerOptions {
  readonly random: () => number;
  /** In about this part of the strikes an instance is killed. */
  readonly part: number;
  /** The functions whose instances are killed. */
  readonly functions: readonly string[];
  /** An instance is killed within this time of a strike. */
  readonly withinMs: number;
}

/** Kills instances at work, in the middle of messages. */
export interface Killer {
  /** Called with each message or delivery: now and then an instance at work is killed soon after. */
  strike(): void;
  /** No instance is killed during this. */
  spare<R>(work: () => Promise<R>): Promise<R>;
  /** No instance is killed any more. */
  stop(): void;
  readonly killed: number;
  /** Deliveries that the killed instances had in hand. */
  readonly inHand: number;
  /** When a process was killed, in ms since the epoch. */
  readonly deaths: ReadonlyMap<number, number>;
}

export function createKiller(
  { scf }: Pick<Emulation, 'scf'>,
  { random, part, functions, withinMs }: KillerOptions,
): Killer {
  const deaths = new Map<number, number>();
  let [killed, inHand, spared] = [0, 0, 0];

  function hit(): void {
    if (spared > 0) return;
    const busy = scf
      .instances()
      .filter(({ function: name, state }) => functions.includes(name) && state === 'busy');
    const victim = busy[Math.floor(random() * busy.length)];
    if (!victim) return;
    killed += 1;
    inHand += victim.inFlight;
    deaths.set(victim.pid, Date.now());
    void scf.kill(victim.id);
  }

  return {
    strike() {
      if (spared === 0 && random() < part) setTimeout(hit, random() * withinMs).unref();
    },
    async spare(work) {
      spared += 1;
      try {
        return await work();
      } finally {
        spared -= 1;
      }
    },
    stop() {
      spared += 1;
    },
    get killed() {
      return killed;
    },
    get inHand() {
      return inHand;
    },
    deaths,
  };
}
