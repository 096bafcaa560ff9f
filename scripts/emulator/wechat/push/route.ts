import type { Answer, Judgement } from './answer.ts';
import type { Assigned, Body } from './body.ts';
import type { Delivery } from './deliver.ts';
import type { PushMessage } from './messages.ts';
import type { Trigger } from './reply.ts';

export interface UrlCheck {
  readonly ok: boolean;
  readonly delivery: Delivery;
}

/** One way from WeChat to the callback, and back. */
export interface Route {
  /** What WeChat does when an administrator saves where pushes go. */
  check(): Promise<UrlCheck>;
  /** The message in the words of the wire; every delivery carries the same. */
  write(message: PushMessage, assigned: Assigned): Body;
  /** One delivery. Without an answer in time there is none. Never throws. */
  deliver(
    openid: string,
    body: Body,
  ): Promise<{ readonly delivery: Delivery; readonly answer?: Answer }>;
  /** What the follower gets for the answer, and what was wrong with it. */
  judge(trigger: Trigger, answer: Answer): Judgement;
}
