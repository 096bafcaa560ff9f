import type { Backend } from './backend.ts';

/** An instance is killed within this time of the start of a delivery: handlers take up to 20 ms. */
const WITHIN_MS = 40;

export interface Killer {
  /** Called when a delivery begins: now and then an instance at work is killed soon after. */
  strike(): void;
  /** No instance is killed during this. */
  spare<R>(work: () => Promise<R>): Promise<R>;
  readonly killed: number;
  /** Deliveries that the killed instances had in hand. */
  readonly inHand: number;
}

/** Kills instances in the middle of a message, in about that part of the deliveries. */
export function createKiller(
  { scf }: Pick<Backend, 'scf'>,
  random: () => number,
  part: number,
): Killer {
  let [killed, inHand, spared] = [0, 0, 0];

  function hit(): void {
    const busy = scf
      .instances()
      .filter(({ function: name, state }) => name === 'callback' && state === 'busy');
    const victim = busy[Math.floor(random() * busy.length)];
    if (!victim || spared > 0) return;
    killed += 1;
    inHand += victim.inFlight;
    void scf.kill(victim.id);
  }

  return {
    strike() {
      if (spared === 0 && random() < part) setTimeout(hit, random() * WITHIN_MS);
    },
    async spare(work) {
      spared += 1;
      try {
        return await work();
      } finally {
        spared -= 1;
      }
    },
    get killed() {
      return killed;
    },
    get inHand() {
      return inHand;
    },
  };
}
