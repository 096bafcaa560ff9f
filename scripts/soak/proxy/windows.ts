import { SHARE_MS } from '../../../shared/proxy/limiter.ts';
import type { SoakClient } from './clients.ts';

/** The calls of a client that WeChat had counted at a time. */
export interface Sample {
  readonly at: number;
  readonly calls: number;
}

/** On a busy machine a call reaches WeChat up to this long after it was let pass. */
const UNDERWAY_MS = 1_000;

/** The stretch of time in which a client came nearest to its allowance, or furthest above it. */
export interface Stretch {
  readonly ms: number;
  readonly granted: number;
  readonly allowed: number;
}

/** Checks every stretch between two samples. */
export function worstStretch(
  { perSecond, burst }: SoakClient,
  samples: readonly Sample[],
): Stretch {
  let worst: Stretch = { ms: 0, granted: 0, allowed: Number.POSITIVE_INFINITY };
  for (const [index, from] of samples.entries()) {
    for (const to of samples.slice(index + 1)) {
      const ms = to.at - from.at;
      const granted = to.calls - from.calls;
      const allowed = Math.floor(burst + (perSecond * (ms + SHARE_MS + UNDERWAY_MS)) / 1_000);
      if (granted - allowed > worst.granted - worst.allowed) worst = { ms, granted, allowed };
    }
  }
  return worst;
}
