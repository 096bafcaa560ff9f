import type { Inbox } from '../../../shared/callback/inbox.ts';
import type { InboxEntry } from '../../../shared/callback/inbox-entry.ts';
import type { InboxOptions } from '../../../shared/callback/inbox-options.ts';

/** Takes every message for the first of its kind. */
const entry: InboxEntry = {
  standing: 'new',
  reply: undefined,
  isHopeless: false,
  isClaimed: true,
  hasBegun: true,
  claim() {},
  settle: (reply) => reply,
  handOver: async () => true,
  get answer(): never {
    throw noSlow();
  },
};

const noSlow = () => new Error('No route of this bench is slow or deferred.');

/** What an inbox has no need of here. */
export const noWorker: Pick<InboxOptions, 'queue' | 'right'> = {
  queue: {
    enqueueIn: () => Promise.reject(noSlow()),
    isPending: () => Promise.resolve(false),
    enqueueAnswerIn: () => Promise.reject(noSlow()),
    wakeWorker: () => Promise.reject(noSlow()),
  },
  right: { isMissing: async () => false, noteRefusal: async () => {} },
};

/** No store: the other contestants have none. */
export const noStore: Inbox = {
  open: () => entry,
  right: { isMissing: async () => false, noteRefusal: async () => {} },
  get kept(): never {
    throw noSlow();
  },
};
