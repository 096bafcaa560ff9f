import { setTimeout as delay } from 'node:timers/promises';
import type { PushHome } from '../../emulator/wechat/push/home.ts';
import type { Killer } from '../killer.ts';
import type { Seat } from '../seats.ts';
import type { Backend } from './backend.ts';
import { msgIdOf } from './message-number.ts';
import { wasKilled, wayTo } from './way.ts';

/**
 * What became of one delivery: a reply, `success`, an answer that WeChat takes for none, no answer in
 * time, or the death of its instance.
 */
export type Answer =
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'silent' | 'fault' | 'late' | 'killed' };

export function isUnanswered({ kind }: Answer): boolean {
  return kind === 'late' || kind === 'killed';
}

export interface Message {
  /** The number of the message in the soak. */
  readonly number: number;
  readonly content: string;
  /**
   * When each delivery begins, in ms after the first, without the repeats that follow a missing
   * answer.
   */
  readonly deliveriesAt: readonly number[];
}

export interface Delivered {
  readonly message: Message;
  readonly answers: readonly Answer[];
}

/** WeChat waits this long for an answer, and then delivers the message again. */
const HANGS_UP_MS = 5_000;
/** Deliveries after the first while no answer comes, each after the end of the one before. */
const MOST_REPEATS = 2;
const FOLLOWERS = 200;

export interface SoakWechatOptions {
  /** Lets as many deliveries run at a time as there are instances. */
  readonly seat: Seat;
  readonly killer: Pick<Killer, 'strike' | 'spare'>;
  readonly home: PushHome;
  readonly isHttpFunction: boolean;
}

/**
 * WeChat's side of the callback, except that it delivers messages more often than it must and at
 * the same time, to any instance.
 */
export function createSoakWechat(
  { scf, account, wechatApi }: Pick<Backend, 'scf' | 'account' | 'wechatApi'>,
  { seat, killer, home, isHttpFunction }: SoakWechatOptions,
) {
  const way = wayTo(home, account, isHttpFunction);
  /** Resolves when WeChat has done with the message. */
  return async (message: Message): Promise<Delivered> => {
    const openid = `oSoakFollower${String(message.number % FOLLOWERS).padStart(4, '0')}`;
    const said = { openid, type: 'text', Content: message.content } as const;
    const body = way.write(said, seconds(), msgIdOf(message.number));
    wechatApi.followers.note(said);

    const planned = message.deliveriesAt.map(async (atMs) => {
      await delay(atMs);
      return deliver();
    });
    const answers = await Promise.all(planned);
    // What was delivered twice at one moment met the same trouble, so it does not count as a repeat.
    for (let left = MOST_REPEATS; left > 0 && answers.every(isUnanswered); left -= 1) {
      await delay(HANGS_UP_MS);
      // No instance could answer a message whose deliveries were all killed.
      answers.push(await (left === 1 ? killer.spare(deliver) : deliver()));
    }
    return { message, answers };

    async function deliver(): Promise<Answer> {
      return seat(async () => {
        const event = way.event(openid, body, seconds());
        const sentAt = Date.now();
        killer.strike();
        const outcome = await scf.invoke('callback', event, way.invocation);
        if (!outcome.ok) {
          // For WeChat the connection broke. A process that ended by itself is a fault of ours.
          return { kind: wasKilled(outcome) ? 'killed' : 'late' };
        }
        if (Date.now() - sentAt > HANGS_UP_MS) return { kind: 'late' };
        const { verdict } = way.read(body, outcome.result);
        if (verdict.kind !== 'reply') return { kind: verdict.kind };
        return { kind: 'reply', text: verdict.reply.type === 'text' ? verdict.reply.content : '?' };
      });
    }
  };
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
