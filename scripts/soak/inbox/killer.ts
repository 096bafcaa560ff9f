import type { Backend } from './backend.ts';

/** How long after a delivery began one may be hit: handlers take up to 20 ms. */
const WITHIN_MS = 40;

export interface Killer {
  /** To be called when a delivery begins: now and then one of the instances at work dies soon. */
  strike(): void;
  /** Nobody dies while that is done. */
  spare<R>(work: () => Promise<R>): Promise<R>;
  readonly killed: number;
}

/** Kills instances that have a message in hand, about so often as that part of the deliveries. */
export function createKiller(
  { scf }: Pick<Backend, 'scf'>,
  random: () => number,
  part: number,
): Killer {
  let [killed, spared] = [0, 0];

  function hit(): void {
    const busy = scf
      .instances()
      .filter(({ function: name, state }) => name === 'callback' && state === 'busy');
    const victim = busy[Math.floor(random() * busy.length)];
    if (!victim || spared > 0) return;
    killed += 1;
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
  };
}
