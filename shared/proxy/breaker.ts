import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import { untilChinaMidnight } from '../kernel/china-time.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { RawAnswer } from './forward.ts';
import { Refusal } from './refusal.ts';
import { nameOf, type PassedTarget } from './route.ts';

/** After this many failures in a row calls of a class are held back. */
const FAILURES = 5;
const PAUSE: Backoff = { firstMs: 5_000, lastMs: 60_000 };
/** An operator may clear WeChat's counters, so the proxy asks again after this. */
const SPENT_PAUSE_MS = 10 * 60_000;
/** `reach max api daily quota limit` */
const DAILY_LIMIT = 45009;

interface Circuit {
  failures: number;
  /** Until then nothing passes; the first call after it is a try. */
  openUntil: number;
}

/** Makes the call, unless it is known to be in vain. @throws Refusal `circuit_open` or `quota` */
export type Breaker = (target: PassedTarget, call: () => Promise<RawAnswer>) => Promise<RawAnswer>;

/**
 * Keeps calls from WeChat while it does not answer them: by class, such as all writes to `material`,
 * since one part of WeChat fails at a time. Every instance has its own: each finds out by a few
 * calls, which is cheaper than asking the store.
 */
export function createBreaker({
  clock,
  log,
}: {
  readonly clock: Clock;
  readonly log: Log;
}): Breaker {
  const circuits = new Map<string, Circuit>();
  const spentUntil = new Map<string, number>();

  return async (target, call) => {
    const name = nameOf(target);
    const now = clock.now();
    const spentMs = (spentUntil.get(name) ?? 0) - now;
    if (spentMs > 0) throw spent(name, spentMs);
    const circuit = circuitOf(classOf(target));
    if (now < circuit.openUntil) throw open(classOf(target), circuit.openUntil - now);
    let answer: RawAnswer;
    try {
      answer = await call();
    } catch (error) {
      if (isFailure(error)) failed(target, circuit);
      throw error;
    }
    if (answer.errcode === DAILY_LIMIT) {
      spentUntil.set(name, now + Math.min(untilChinaMidnight(now), SPENT_PAUSE_MS));
      log.error('daily allowance of the account used up', { endpoint: name, errcode: DAILY_LIMIT });
    }
    const isTransient = answer.errcode === -1 || answer.status >= 500;
    if (isTransient) failed(target, circuit);
    else circuit.failures = 0;
    return answer;
  };

  function circuitOf(name: string): Circuit {
    const known = circuits.get(name);
    if (known) return known;
    const created = { failures: 0, openUntil: 0 };
    circuits.set(name, created);
    return created;
  }

  function failed(target: PassedTarget, circuit: Circuit): void {
    circuit.failures += 1;
    if (circuit.failures < FAILURES) return;
    circuit.openUntil = clock.now() + backoffMs(PAUSE, circuit.failures - FAILURES + 1);
    log.error('circuit open', { endpoint: nameOf(target), reason: 'circuit_open' });
  }
}

/** `material.*:write` and the like. */
function classOf(target: PassedTarget): string {
  if (target.kind === 'raw') return 'raw';
  return `${target.name.split('.', 1)[0]}.*:${target.endpoint.access}`;
}

/** WeChat gave no answer, or something else answered; a mistake of the caller does not count. */
function isFailure(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return (
    error.code === 'timeout' || (error.code === 'upstream' && error.details.class === 'transient')
  );
}

function open(what: string, waitMs: number): Refusal {
  return new Refusal(
    'circuit_open',
    `WeChat does not answer calls of ${what}; the proxy leaves it alone for a moment.`,
    { retryAfterMs: waitMs },
  );
}

function spent(name: string, waitMs: number): Refusal {
  const message = `The account has used up its calls of ${name} for today (45009).`;
  return new Refusal('quota', message, { retryAfterMs: waitMs, details: { endpoint: name } });
}
