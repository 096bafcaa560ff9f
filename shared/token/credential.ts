import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import { unlessAborted } from '../kernel/time-limit.ts';
import type { Store } from '../store/store.ts';
import type { Credential } from './decide.ts';
import type { Fetcher } from './fetchers.ts';
import { Memory, type Obtained } from './memory.ts';
import { createRenewal } from './renewal.ts';
import type { Sealer } from './sealing.ts';
import { MIN_AGE_MS, RENEW_BEFORE_MS, TICK_WAIT_MS } from './timing.ts';
import { createTokenStore } from './token-store.ts';

/** What a tick of the timer did, without the token. */
export interface RefreshReport {
  /** This tick fetched a new one. */
  readonly refreshed: boolean;
  readonly generation: number;
  readonly expiresInSeconds: number;
}

/**
 * A credential of WeChat that all instances share: one document, one fetch per validity period.
 * Every failure is an `AppError` that says why there is none and what to do; a signal's reason
 * is thrown when it ends the waiting of one caller; the work goes on for the others.
 */
export interface SharedCredential {
  get(signal?: AbortSignal): Promise<Secret>;
  /**
   * The same with its number and its end, for a holder outside of this process. `atLeast` is the
   * generation that the holder has seen: if it is newer than what is known here, the store is asked.
   */
  current(options?: {
    readonly atLeast?: number;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Credential>;
  /**
   * For a caller to whom WeChat said that this token is not valid (40001, 40014, 42001): gives the
   * newer one, and renews only if there is none.
   */
  reject(token: Secret, signal?: AbortSignal): Promise<Secret>;
  /**
   * For the timer: renews in the last minutes, while the old one still works, so that no caller
   * ever waits for it. Ticks may overlap. May wait up to 100 s for the right moment.
   */
  refreshIfDue(signal?: AbortSignal): Promise<RefreshReport>;
}

export interface CredentialOptions {
  readonly fetcher: Fetcher;
  readonly store: Pick<Store, 'get' | 'transaction'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** From 0 to 1; spreads those who wait. */
  readonly random: () => number;
  readonly log: Log;
  readonly appid: string;
  /** Unlike that of any other instance. */
  readonly instance: string;
}

/** WeChat may hand out the old one once more if the clocks differ; then there is a second round. */
const TICK_ROUNDS = 2;

export function createCredential(options: CredentialOptions): SharedCredential {
  const { fetcher, clock } = options;
  const { kind } = fetcher;
  const log = options.log.child({ endpoint: kind });
  const memory = new Memory(clock, fetcher.force !== undefined);
  const tokens = createTokenStore({ ...options, kind, log });
  const renewal = createRenewal({ ...options, memory, tokens, log });
  /** The look at the store that all callers of this instance share. */
  let flight: Promise<Obtained> | undefined;

  return { get, current, reject, refreshIfDue };

  async function get(signal?: AbortSignal): Promise<Secret> {
    return (await current({ signal })).token;
  }

  async function current({
    atLeast = 0,
    signal,
  }: Parameters<SharedCredential['current']>[0] = {}): Promise<Credential> {
    const known = memory.current(atLeast);
    if (known) return known;
    for (;;) {
      flight ??= look();
      const obtained = await unlessAborted(flight, signal);
      // WeChat may have refused it, or this instance was frozen, since it was looked up.
      if (memory.isGood(obtained)) return obtained.credential;
    }
  }

  function reject(token: Secret, signal?: AbortSignal): Promise<Secret> {
    memory.refuse(token);
    return get(signal);
  }

  async function look(): Promise<Obtained> {
    try {
      const obtained = await renewal.obtain({ mayUseMemory: true });
      return { ...obtained, credential: memory.adopt(obtained) };
    } catch (error) {
      // WeChat vouches for it and nothing more can be done now; other calls go on with it.
      if (error instanceof AppError && error.details.reason === 'forced') memory.vouch();
      throw error;
    } finally {
      flight = undefined;
    }
  }

  async function refreshIfDue(signal?: AbortSignal): Promise<RefreshReport> {
    let obtained = await renewal.obtain({ mayUseMemory: false, signal });
    let refreshed = obtained.from === 'fetched';
    for (let round = 0; round < TICK_ROUNDS; round++) {
      const { generation, issuedAt, expiresAt } = memory.adopt(obtained);
      const dueAt = Math.max(expiresAt - RENEW_BEFORE_MS, issuedAt + MIN_AGE_MS);
      const waitMs = dueAt - clock.now();
      if (waitMs > TICK_WAIT_MS) break;
      await sleep(clock, Math.max(0, waitMs), signal);
      obtained = await renewal.obtain({ mayUseMemory: false, signal, replace: generation });
      refreshed ||= obtained.from === 'fetched';
    }
    const { generation, expiresAt } = memory.adopt(obtained);
    const expiresInSeconds = Math.floor((expiresAt - clock.now()) / 1_000);
    return { refreshed, generation, expiresInSeconds };
  }
}
