import type { WorkerApp } from '../app/worker.ts';
import type { Background } from '../kernel/app.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import { invocation } from './invocation.ts';

/** As the timer of a deployed worker fires. */
const EVERY_MS = 60_000;
/** A shift ends before the next one is due. */
const SHIFT_MS = 55_000;

export interface WorkerHereOptions {
  /** Loads the worker, which most messages do not need. */
  readonly open: () => Promise<WorkerApp>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The worker in a process that goes on between requests, such as a container: a shift whenever a job is
 * enqueued, and every minute. Jobs are leased, so that the workers of other instances, and a deployed
 * one, do no harm.
 */
export class WorkerHere implements Background {
  readonly #options: WorkerHereOptions;
  #app: Promise<WorkerApp> | undefined;
  #shift: Promise<void> | undefined;
  /** A job was enqueued while a shift was under way, which may have looked before. */
  #isWokenAgain = false;
  #isEnding = false;
  #cancelTimer = () => {};

  constructor(options: WorkerHereOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancelTimer = this.#options.clock.after(EVERY_MS, () => {
      this.wake();
      this.start();
    });
  }

  /** Never waits for the shift: a reply is on its way. */
  wake(): void {
    if (this.#isEnding) return;
    if (this.#shift) this.#isWokenAgain = true;
    else this.#shift = this.#run();
  }

  /** What a shift has not done by then is taken up by another worker, when its lease is over. */
  async end(withinMs: number): Promise<void> {
    this.#isEnding = true;
    this.#cancelTimer();
    const { clock } = this.#options;
    await waitAtMost(clock, withinMs, async () => {
      await this.#shift;
      const app = await this.#app;
      await app?.finish?.(withinMs, true);
    });
  }

  async #run(): Promise<void> {
    const { open, clock, log } = this.#options;
    try {
      do {
        this.#isWokenAgain = false;
        this.#app ??= open();
        const app = await this.#app;
        await invocation(app, undefined, () => app.work(clock.now() + SHIFT_MS));
      } while (this.#isWokenAgain && !this.#isEnding);
    } catch (error) {
      // The next minute tries again, with a worker that is loaded anew if this one could not be.
      this.#app = undefined;
      log.error('tick failed', { error });
    } finally {
      this.#shift = undefined;
    }
  }
}
