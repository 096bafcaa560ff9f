import type { Inbox, InboxEntry } from '../../../shared/callback/inbox.ts';

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
};
/** No store: the other contestants have none. */
export const noStore: Inbox = { open: () => entry };
