import type { MassPreview, MassSend } from '../wechat/state/mass-job.ts';
import type { Book } from './book.ts';
import type { Bubble } from './bubble.ts';
import { bubbleOfContent } from './bubble-of-sent.ts';

export interface MassSendsView {
  readonly jobs: readonly MassSend[];
  readonly previews: readonly MassPreview[];
  readonly ledger: unknown;
}

/** Puts mass sends and previews into the chats as they arrive. */
export interface MassWatch {
  /** To be called whenever something may have arrived. */
  look(view: MassSendsView): Promise<void>;
}

/** `before` has arrived already, in an earlier life of the emulator. */
export function createMassWatch(book: Book, before: MassSendsView): MassWatch {
  const shown = new Set([...before.jobs.filter(isOver), ...before.previews].map(keyOf));

  return {
    async look({ jobs, previews }) {
      for (const job of jobs.filter(isOver)) {
        if (!isNew(job)) continue;
        const bubble = await bubbleOf(job);
        const reached = new Set(job.deliveredTo);
        for (const { openid } of book.conversations.phones()) {
          if (reached.has(openid)) book.show(openid, 'mass', bubble, job.content);
        }
      }
      for (const preview of previews) {
        if (!isNew(preview) || !book.conversations.hasPhone(preview.openid)) continue;
        book.show(preview.openid, 'preview', await bubbleOf(preview), preview.content);
      }
    },
  };

  function isNew(message: { readonly msgId: number }): boolean {
    const key = keyOf(message);
    if (shown.has(key)) return false;
    shown.add(key);
    return true;
  }

  async function bubbleOf(message: MassSend | MassPreview): Promise<Bubble> {
    if (message.articles.length === 0) {
      return bubbleOfContent(message.msgtype, { ...message.content }, book.shelf);
    }
    const articles = message.articles.map(({ title, url }) => ({
      title,
      url,
      description: '',
      picUrl: '',
    }));
    return { type: 'news', articles };
  }
}

function isOver({ status }: MassSend): boolean {
  return status !== 'SENDING';
}

function keyOf({ msgId }: { readonly msgId: number }): number {
  return msgId;
}
