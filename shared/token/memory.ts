import type { Clock } from '../kernel/clock.ts';
import type { Secret } from '../kernel/secret.ts';
import { type Credential, isFresh } from './decide.ts';
import { RECHECK_MS } from './timing.ts';

/** A credential as one attempt to obtain it found it. */
export interface Obtained {
  readonly credential: Credential;
  /** `fetched` by this attempt, read from the `store`, or still that of `memory`. */
  readonly from: 'fetched' | 'store' | 'memory';
  /** The latest moment at which nothing newer was known: a frozen instance hears of it much later. */
  readonly asOf: number;
}

/** What one instance knows of a credential. It never holds what it knows to be refused. */
export class Memory {
  readonly #clock: Clock;
  /** Where a refresh can be forced, WeChat hands back even a token that it refuses. */
  readonly #canForce: boolean;
  #held: (Credential & { readonly checkedAt: number }) | undefined;
  #refused: Secret | undefined;
  #newest = 0;

  constructor(clock: Clock, canForce: boolean) {
    this.#clock = clock;
    this.#canForce = canForce;
  }

  /** The token that WeChat refused in a call, unless it has vouched for it since. */
  get refused(): Secret | undefined {
    return this.#refused;
  }

  /** The newest generation seen here: the store is behind it only if the store was reset. */
  get newest(): number {
    return this.#newest;
  }

  /** What may go on serving if nothing better can be had. */
  get usable(): Credential | undefined {
    return this.#held && this.#clock.now() < this.#held.expiresAt ? this.#held : undefined;
  }

  /** What serves without a look at the store, unless the caller has seen a newer one. */
  current(atLeast: number): Credential | undefined {
    const now = this.#clock.now();
    const held = this.#held;
    if (!held || held.generation < atLeast || now - held.checkedAt >= RECHECK_MS) return undefined;
    return isFresh(held, now) ? held : undefined;
  }

  /** Whether it may be handed out: WeChat has not refused it, and it was looked up less than a minute ago. */
  isGood({ credential, asOf }: Obtained): boolean {
    return this.#clock.now() - asOf < RECHECK_MS && !this.#isRefused(credential);
  }

  /** Moves on to newer ones only, in whatever order the answers come. */
  adopt({ credential, from, asOf }: Obtained): Credential {
    if (this.#held && this.#held.generation > credential.generation) return this.#held;
    // Where nothing can be forced, what WeChat has just given is all there is.
    if (from === 'fetched' && !this.#canForce && this.#isRefused(credential)) this.vouch();
    this.#held = this.#isRefused(credential) ? undefined : { ...credential, checkedAt: asOf };
    this.#newest = credential.generation;
    return credential;
  }

  /** WeChat refused this token: nothing to do if it is not the one that this instance holds. */
  refuse(token: Secret): void {
    const isCurrent = this.#held
      ? this.#held.token.equals(token.reveal())
      : this.#refused === undefined;
    if (!isCurrent) return;
    this.#refused = token;
    this.#held = undefined;
  }

  /** WeChat stands by the refused token and nothing more can be done now: it goes on serving. */
  vouch(): void {
    this.#refused = undefined;
  }

  #isRefused({ token }: Credential): boolean {
    return this.#refused?.equals(token.reveal()) === true;
  }
}
