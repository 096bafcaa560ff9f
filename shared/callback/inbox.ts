import type { RightToSend } from '../account/delivery.ts';
import type { Log } from '../kernel/log.ts';
import type { Message } from '../wechat/message/message.ts';
import type { InboxEntry } from './inbox-entry.ts';
import type { InboxOptions } from './inbox-options.ts';
import { KeptAnswers } from './kept-answers.ts';
import { StoredEntry } from './stored-entry.ts';

/** Where every message is handled once, over all instances and deliveries. */
export interface Inbox {
  /** `pushedAt`: when the push came in, in ms since the epoch. */
  open(message: Message, pushedAt: number, log: Log): InboxEntry;
  /** The answers that followers are to ask for. */
  readonly kept: KeptAnswers;
  readonly right: RightToSend;
}

export function createInbox(options: InboxOptions): Inbox {
  const world = { ...options, atWork: new Set<string>() };
  return {
    open: (message, pushedAt, log) => new StoredEntry(world, message, pushedAt, log),
    kept: new KeptAnswers(options),
    right: options.right,
  };
}
