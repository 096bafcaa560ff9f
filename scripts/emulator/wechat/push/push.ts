import { randomInt } from 'node:crypto';
import { type Clock, systemClock } from '../../../../shared/kernel/clock.ts';
import type { PushAccount } from './account.ts';
import type { Verdict } from './answer.ts';
import { type Delivery, type Wire, waitForNextTurn } from './deliver.ts';
import { createMarkFail, type MarkFail, type MarkFailRule } from './mark-fail.ts';
import type { PushMessage } from './messages.ts';
import type { Route, UrlCheck } from './route.ts';
import { signedRoute } from './signed-route.ts';

export type { UrlCheck } from './route.ts';

/** What WeChat writes into the chat when the account does not answer, or not properly. */
export const FAULT_NOTICE = '该服务号暂时无法提供服务，请稍后再试';

export interface PushOptions {
  readonly account: PushAccount;
  /** May have a query of its own, which is kept. */
  readonly callbackUrl: string;
  /** Another way than to that URL: into WeChat Cloud. */
  readonly route?: (wire: Wire) => Route;
  /** Milliseconds since the epoch. */
  readonly now: Clock['now'];
  /** Timers; those of the machine unless given. */
  readonly after?: Clock['after'];
  /** How often a message goes out in all while no answer comes. Default 3. */
  readonly deliveries?: number;
  /** For connection and whole answer. Default 5000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Off unless given. */
  readonly markFail?: MarkFailRule;
  /** Default {@link FAULT_NOTICE}. WeChat's own wording has changed over the years. */
  readonly faultNotice?: string;
  /** Hears of each delivery as soon as it has ended, with the very object that `send` was given. */
  readonly onDelivery?: (message: PushMessage, delivery: Delivery) => void;
}

export type Outcome =
  | Exclude<Verdict, { kind: 'fault' }>
  /** `text` is what the follower sees, `reason` what the developer wants to know. */
  | { readonly kind: 'fault'; readonly text: string; readonly reason: string };

export interface PushResult {
  /** The message before signing and encryption, the same in every delivery. */
  readonly message: string;
  /** In order; the answer of the last one decided. Empty while MarkFail holds pushes back. */
  readonly deliveries: readonly Delivery[];
  readonly outcome: Outcome;
}

export interface Push {
  /** What the console does when the URL, or the path of a container, is saved. */
  verifyUrl(): Promise<UrlCheck>;
  /** Pushes a message or event, and again while nobody answers. Never throws for a bad answer. */
  send(message: PushMessage): Promise<PushResult>;
  markFail(): MarkFail;
}

/** WeChat's side of the callback of one account. */
export function createPush(options: PushOptions): Push {
  const { account, callbackUrl, now, deliveries: maxDeliveries = 3 } = options;
  const wire = {
    clock: { now, after: options.after ?? systemClock.after },
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 5_000,
  };
  const route = options.route?.(wire) ?? signedRoute({ account, callbackUrl, wire });
  const faultNotice = options.faultNotice ?? FAULT_NOTICE;
  const markFail = createMarkFail(options.markFail, now);
  const nextMsgId = createMsgIds(now);

  return { verifyUrl: () => route.check(), send, markFail: markFail.state };

  async function send(message: PushMessage): Promise<PushResult> {
    const assigned = { createTime: Math.floor(now() / 1_000), msgId: nextMsgId };
    const body = route.write(message, assigned);
    const deliveries: Delivery[] = [];
    const end = (outcome: Outcome) => ({ message: body.text, deliveries, outcome });
    if (markFail.isBlocked()) return end(fault('MarkFail: nothing is pushed for a while'));

    while (deliveries.length < maxDeliveries) {
      const last = deliveries.at(-1);
      if (last) await waitForNextTurn(wire, last);
      const { delivery, answer } = await route.deliver(message.openid, body);
      if (!answer) {
        note(delivery);
        continue;
      }
      const { verdict, ...opened } = route.judge(body.trigger, answer);
      const problem = verdict.kind === 'fault' ? { problem: verdict.reason } : {};
      note({ ...delivery, ...opened, ...problem });
      markFail.note(verdict.kind !== 'fault');
      return end(verdict.kind === 'fault' ? fault(verdict.reason) : verdict);
    }
    markFail.note(false);
    return end(fault(deliveries.at(-1)?.problem ?? 'nothing was delivered'));

    function note(delivery: Delivery): void {
      deliveries.push(delivery);
      options.onDelivery?.(message, delivery);
    }
  }

  function fault(reason: string): Outcome {
    return { kind: 'fault', text: faultNotice, reason };
  }
}

/**
 * 63 bits: the time above, a counter below. The callback remembers ids longer than this process
 * lives, so a counter alone would have it take new messages for repeats after a restart.
 */
function createMsgIds(now: () => number): () => string {
  let counter = randomInt(2 ** 21);
  return () => {
    counter = (counter + 1) % 2 ** 22;
    return String((BigInt(now()) << 22n) | BigInt(counter));
  };
}
