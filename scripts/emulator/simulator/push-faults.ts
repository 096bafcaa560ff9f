import { sleep, systemClock } from '../../../shared/kernel/clock.ts';
import { BadRequest } from '../wechat/control/body.ts';

/** What can go wrong on the way between WeChat and the callback, `times` in a row. */
export type PushFault =
  /** The account answers, and WeChat never sees it. */
  | { readonly kind: 'lost-answer'; readonly times: number }
  /** The connection breaks before the account has read a word. */
  | { readonly kind: 'unreachable'; readonly times: number }
  /** The push is held back on its way, and the five seconds run. */
  | { readonly kind: 'slow'; readonly ms: number; readonly times: number }
  /**
   * The instance that works on the push is killed in the middle of it: at once, or as soon as it
   * has claimed the message, which somebody must take over then.
   */
  | { readonly kind: 'dead-instance'; readonly after?: 'claim'; readonly times: number };

/** `times` is how often it will still strike. */
export type ListedPushFault = PushFault & { readonly id: number };

export interface PushFaults {
  add(fault: PushFault): void;
  list(): readonly ListedPushFault[];
  /** Ends one of them; gives whether it was there. */
  remove(id: number): boolean;
  clear(): void;
  /** One delivery of a push, on which the faults strike. */
  strike<R>(deliver: () => Promise<R>, signal?: AbortSignal | null): Promise<R>;
}

/** How long an instance may take to begin with a push before nothing is killed. */
const KILL_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 5;

/** What the faults of instances do to the functions. */
export interface PushFaultWorld {
  /** Kills the instances that work on something now; gives how many there were. */
  killBusy(): Promise<number>;
  /** Holds back the store's answer to the next claim of a message, where the store can. */
  readonly holdNextClaim?: (() => HeldClaim) | undefined;
}

/** A claim whose holder has not heard of it yet. */
export interface HeldClaim {
  isMade(): boolean;
  /** No claim is held back any more. */
  release(): void;
}

export function createPushFaults({ killBusy, holdNextClaim }: PushFaultWorld): PushFaults {
  let faults: readonly ListedPushFault[] = [];
  let lastId = 0;

  return {
    add(fault) {
      if (fault.kind === 'dead-instance' && fault.after === 'claim' && !holdNextClaim) {
        throw new BadRequest(
          'Only the emulated CloudBase can hold a claim back: start without --store postgres.',
        );
      }
      lastId += 1;
      faults = [...faults, { ...fault, id: lastId }];
    },
    list: () => faults,
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
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
          const claim = fault.after === 'claim' ? holdNextClaim?.() : undefined;
          try {
            const isTime = () => claim?.isMade() ?? true;
            const [answer] = await Promise.all([deliver(), killSoon(isTime)]);
            return answer;
          } finally {
            claim?.release();
          }
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

  async function killSoon(isTime: () => boolean): Promise<void> {
    for (let waited = 0; waited < KILL_WITHIN_MS; waited += LOOK_EVERY_MS) {
      if (isTime() && (await killBusy()) > 0) return;
      await sleep(systemClock, LOOK_EVERY_MS);
    }
  }
}

/** As the built-in fetch says it. */
function broken(message: string): TypeError {
  return new TypeError('fetch failed', { cause: new Error(message) });
}
