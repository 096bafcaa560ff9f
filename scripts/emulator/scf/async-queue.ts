import type { Clock } from '../../../shared/kernel/clock.ts';
import type { InvokeOutcome } from './invocation.ts';
import type { Call, Invoker } from './invoker.ts';
import { MAX_EVENT_AGE_SECONDS, MAX_RETRIES, RETRY_DELAY_MS } from './limits.ts';
import type { AsyncInvokeSpec } from './spec.ts';

/** Events that nobody waits for. */
export interface AsyncQueue {
  /** Starts the first attempt and resolves with its outcome; further attempts follow by themselves. */
  submit(call: Call, rules: AsyncInvokeSpec): Promise<InvokeOutcome>;
  /** No attempt starts any more. */
  close(): void;
}

/** The platform had no room, and waits for it; any other failure is the function's own. */
const NO_ROOM: ReadonlySet<number> = new Set([429, 432, 449, 500]);

export function createAsyncQueue(clock: Clock, attempt: Invoker['attempt']): AsyncQueue {
  const waiting = new Set<() => void>();
  let isClosed = false;

  return {
    submit(call, rules) {
      const { maxRetries = MAX_RETRIES, maxAgeSeconds = MAX_EVENT_AGE_SECONDS } = rules;
      const lastStart = clock.now() + maxAgeSeconds * 1000;
      return run(1, maxRetries);

      async function run(number: number, retriesLeft: number): Promise<InvokeOutcome> {
        const outcome = await attempt(call, number);
        if (outcome.ok || isClosed) return outcome;
        const isRoomMissing = NO_ROOM.has(outcome.error.statusCode);
        const retries = isRoomMissing ? retriesLeft : retriesLeft - 1;
        const isOver = isRoomMissing ? clock.now() + RETRY_DELAY_MS > lastStart : retries < 0;
        if (!isOver) later(() => run(number + 1, retries));
        return outcome;
      }
    },
    close() {
      isClosed = true;
      for (const cancel of waiting) cancel();
    },
  };

  function later(task: () => Promise<unknown>): void {
    const cancel = clock.after(RETRY_DELAY_MS, () => {
      waiting.delete(cancel);
      void task();
    });
    waiting.add(cancel);
  }
}
