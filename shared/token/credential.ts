import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import { unlessAborted } from '../kernel/time-limit.ts';
import { type Credential, isFresh } from './decide.ts';
import type { Fetcher } from './fetcher.ts';
import { createRenewal, type Obtained } from './renewal.ts';
import type { Sealer } from './sealing.ts';
import { MIN_AGE_MS, RECHECK_MS, RENEW_BEFORE_MS, TICK_WAIT_MS } from './timing.ts';
import { createLedger, type TokenStore } from './token-store.ts';

/** What a tick of the timer did. It never holds the token. */
export interface RefreshReport {
  /** This call fetched a new one. */
  readonly refreshed: boolean;
  readonly generation: number;
  readonly expiresInSeconds: number;
}

/**
 * A credential of WeChat that all instances share: one document, one fetch per validity period.
 * All failures are `AppError`s that say why there is none and what to do; a signal's reason
 * is thrown when it ends the waiting, which never ends the work of others.
 */
export interface SharedCredential {
  get(signal?: AbortSignal): Promise<Secret>;
  /**
   * The same with its number and its end, for one who holds it outside of this process. Who has seen a
   * newer one than is known here says so by `atLeast`; then the store is asked, once.
   */
  current(options?: {
    readonly atLeast?: number;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Credential>;
  /**
   * For a caller to whom WeChat said that this one is not valid (40001, 40014, 42001): gives the
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
  readonly store: TokenStore;
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
  const log = options.log.child({ endpoint: fetcher.kind });
  const shared = { ...options, kind: fetcher.kind, keyId: options.sealer.keyId, log };
  const ledger = createLedger(shared);
  const renewal = createRenewal({ ...shared, ledger });
  let held: (Credential & { readonly checkedAt: number }) | undefined;
  let refused: Secret | undefined;
  let floor = 0;
  let flight: Promise<Pick<Obtained, 'credential' | 'asOf'>> | undefined;

  return { get, current, reject, refreshIfDue };

  async function get(signal?: AbortSignal): Promise<Secret> {
    return (await current({ signal })).token;
  }

  async function current({
    atLeast = 0,
    signal,
  }: {
    readonly atLeast?: number;
    readonly signal?: AbortSignal | undefined;
  } = {}): Promise<Credential> {
    let isOld = held !== undefined && held.generation < atLeast;
    for (;;) {
      const now = clock.now();
      const isKnown = held && isFresh(held, now) && now - held.checkedAt < RECHECK_MS;
      if (held && isKnown && !isOld) return held;
      flight ??= look();
      const { credential, asOf } = await unlessAborted(flight, signal);
      isOld = false;
      // It may have been refused, or this instance frozen, since it was looked up.
      const isNews = clock.now() - asOf < RECHECK_MS;
      if (isNews && !refused?.equals(credential.token.reveal())) return credential;
    }
  }

  function reject(token: Secret, signal?: AbortSignal): Promise<Secret> {
    const isCurrent = held ? held.token.equals(token.reveal()) : refused === undefined;
    if (isCurrent) {
      refused = token;
      held = undefined;
    }
    return get(signal);
  }

  async function look(): Promise<Pick<Obtained, 'credential' | 'asOf'>> {
    try {
      const obtained = await renewal.obtain({ refused, floor, memory });
      return { credential: adopt(obtained), asOf: obtained.asOf };
    } catch (error) {
      // WeChat vouches for it and nothing more can be done now; other calls go on with it.
      if (error instanceof AppError && error.details.reason === 'forced') refused = undefined;
      throw error;
    } finally {
      flight = undefined;
    }
  }

  async function refreshIfDue(signal?: AbortSignal): Promise<RefreshReport> {
    const goal = { floor, memory: () => undefined, signal };
    let obtained = await renewal.obtain({ ...goal, refused });
    let refreshed = obtained.from === 'fetched';
    for (let round = 0; round < TICK_ROUNDS; round++) {
      const { generation, issuedAt, expiresAt } = adopt(obtained);
      const dueAt = Math.max(expiresAt - RENEW_BEFORE_MS, issuedAt + MIN_AGE_MS);
      const waitMs = dueAt - clock.now();
      if (waitMs > TICK_WAIT_MS) break;
      await sleep(clock, Math.max(0, waitMs), signal);
      obtained = await renewal.obtain({ ...goal, refused, replace: generation });
      refreshed ||= obtained.from === 'fetched';
    }
    const { generation, expiresAt } = adopt(obtained);
    const expiresInSeconds = Math.floor((expiresAt - clock.now()) / 1_000);
    return { refreshed, generation, expiresInSeconds };
  }

  /** Memory only moves on to newer ones, in whatever order the answers come. */
  function adopt({ credential, from, asOf: checkedAt }: Obtained): Credential {
    if (held && held.generation > credential.generation) return held;
    // Where nothing can be forced, what WeChat has just given is all there is.
    const isVouched = from === 'fetched' && fetcher.force === undefined;
    if (isVouched && refused?.equals(credential.token.reveal())) refused = undefined;
    held = { ...credential, checkedAt };
    floor = credential.generation;
    return credential;
  }

  function memory(): Credential | undefined {
    return held && clock.now() < held.expiresAt ? held : undefined;
  }
}
