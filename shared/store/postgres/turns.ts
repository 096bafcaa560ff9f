import { PostgresError } from './client-error.ts';

interface Waiting {
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: PostgresError) => void;
}

/** So many at a time; the others wait, in the order in which they came. */
export class Turns {
  #free: number;
  readonly #waiting: Waiting[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /**
   * Each turn taken is to be passed on once.
   *
   * @param until by `performance.now()`: afterwards who asked has been told that it was too late, and
   * the turn goes to the next
   * @throws PostgresError if it was too late
   */
  async take(until: number): Promise<void> {
    if (this.#free === 0) {
      return new Promise((resolve, reject) => this.#waiting.push({ until, resolve, reject }));
    }
    this.#free -= 1;
  }

  pass(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (performance.now() < next.until) {
        next.resolve();
        return;
      }
      next.reject(tooLate());
    }
    this.#free += 1;
  }
}

/** Nothing was sent. */
export function tooLate(): PostgresError {
  return new PostgresError('No connection became free in time.', 'ETIMEDOUT', true);
}
