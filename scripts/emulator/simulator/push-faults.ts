import { sleep, systemClock } from '../../../shared/kernel/clock.ts';

/** What can go wrong on the way between WeChat and the callback, `times` in a row. */
export type PushFault =
  /** The account answers, and WeChat never sees it. */
  | { readonly kind: 'lost-answer'; readonly times: number }
  /** The connection breaks before the account has read a word. */
  | { readonly kind: 'unreachable'; readonly times: number }
  /** The push is held back on its way, and the five seconds run. */
  | { readonly kind: 'slow'; readonly ms: number; readonly times: number }
  /** The instance that works on the push is killed in the middle of it. */
  | { readonly kind: 'dead-instance'; readonly times: number };

export interface PushFaults {
  add(fault: PushFault): void;
  list(): readonly PushFault[];
  clear(): void;
  /** One delivery of a push, on which the faults strike. */
  strike<R>(deliver: () => Promise<R>, signal?: AbortSignal | null): Promise<R>;
}

/** How long an instance may take to begin with a push before nothing is killed. */
const KILL_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 5;

/** `killBusy` kills the instances that work on something now; gives how many there were. */
export function createPushFaults(killBusy: () => Promise<number>): PushFaults {
  let faults: readonly PushFault[] = [];

  return {
    add(fault) {
      faults = [...faults, fault];
    },
    list: () => faults,
    clear() {
      faults = [];
    },
    async strike(deliver, signal) {
      const fault = take();
      switch (fault?.kind) {
        case undefined:
          return deliver();
        case 'lost-answer':
          await deliver();
          throw broken('the answer was lost (fault)');
        case 'unreachable':
          throw broken('connect ECONNREFUSED (fault)');
        case 'slow':
          await sleep(systemClock, fault.ms, signal ?? undefined);
          return deliver();
        case 'dead-instance': {
          const [answer] = await Promise.all([deliver(), killSoon()]);
          return answer;
        }
      }
    },
  };

  /** The first that has times left; it has one less from now on. */
  function take(): PushFault | undefined {
    const [fault, ...rest] = faults;
    if (!fault) return undefined;
    faults = fault.times > 1 ? [{ ...fault, times: fault.times - 1 }, ...rest] : rest;
    return fault;
  }

  async function killSoon(): Promise<void> {
    for (let waited = 0; waited < KILL_WITHIN_MS; waited += LOOK_EVERY_MS) {
      if ((await killBusy()) > 0) return;
      await sleep(systemClock, LOOK_EVERY_MS);
    }
  }
}

/** As the built-in fetch says it. */
function broken(message: string): TypeError {
  return new TypeError('fetch failed', { cause: new Error(message) });
}
