import type { Backend } from './backend.ts';

/** How long after a delivery began one may be hit: handlers take up to 20 ms. */
const WITHIN_MS = 40;

/** Kills instances that have a message in hand, about so often as that part of the deliveries. */
export function createKiller({ scf }: Pick<Backend, 'scf'>, random: () => number, part: number) {
  let killed = 0;

  function hit(): void {
    const busy = scf
      .instances()
      .filter(({ function: name, state }) => name === 'callback' && state === 'busy');
    const victim = busy[Math.floor(random() * busy.length)];
    if (!victim) return;
    killed += 1;
    void scf.kill(victim.id);
  }

  return {
    /** To be called when a delivery begins. */
    strike(): void {
      if (random() < part) setTimeout(hit, random() * WITHIN_MS);
    },
    killed: () => killed,
  };
}
