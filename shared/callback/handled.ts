import { sleep } from '../kernel/clock.ts';
import type { Reply } from '../wechat/reply.ts';
import type { Standing } from './inbox-entry.ts';
import type { PushedDelivery } from './pushed-delivery.ts';
import { HELD_MS } from './timing.ts';

export interface HandledMessage {
  /** Without a reply WeChat is told `success`. */
  readonly reply: Reply | undefined;
  readonly standing: Standing;
  /** `slow` by declaration of its route; `withheld`: WeChat has hung up, and asks again if it may. */
  readonly pace?: 'slow' | 'withheld';
}

export function handled({ entry, plan }: PushedDelivery, reply: Reply | undefined): HandledMessage {
  return { reply, standing: entry.standing, ...(plan ? { pace: 'slow' } : {}) };
}

/** Leaves WeChat without an answer until it has hung up, so that it delivers the message again. */
export async function withhold(delivery: PushedDelivery): Promise<HandledMessage> {
  await hold(delivery);
  return { reply: undefined, standing: delivery.entry.standing, pace: 'withheld' };
}

/** Ends a delivery that could neither handle the message nor hand it over. */
export async function giveUp(delivery: PushedDelivery): Promise<HandledMessage> {
  const { log } = delivery.options;
  // A claim that is left behind is taken over by the repeat, which finds the sessions as they were.
  const mayBring = delivery.mayComeAgain && (delivery.turn || !delivery.entry.isClaimed);
  if (!mayBring && delivery.entry.isClaimed) {
    // The worker finds the message when the claim is over.
    log.warn('message left to the sweep');
  } else if (mayBring) {
    // It may come to an instance that reaches the store.
    log.warn('message held', { reason: 'store unavailable' });
    await hold(delivery);
  } else log.error('message lost', { reason: 'store unavailable' });
  return handled(delivery, undefined);
}

async function hold({ options: { clock, pushedAt } }: PushedDelivery): Promise<void> {
  await sleep(clock, Math.max(0, pushedAt + HELD_MS - clock.now()));
}
