import type { MassSendsAnswer } from '../wechat/control/content.ts';
import type { MassPreview, MassSend, MassSendSummary } from '../wechat/state/mass-job.ts';
import type { Book } from './book.ts';
import type { Bubble } from './bubble.ts';
import { bubbleOfContent } from './bubble-of-sent.ts';
import type { WechatControl } from './wechat-control.ts';

/** Puts mass sends and previews into the chats as they arrive. */
export interface MassWatch {
  /** To be called whenever something may have arrived. */
  look(): Promise<void>;
}

/** What has arrived by now, in an earlier life of the emulator, is not shown again. */
export async function createMassWatch(book: Book, control: WechatControl): Promise<MassWatch> {
  const read = () => control.call<MassSendsAnswer>('GET', '/mass-sends');
  const before = await read();
  const shown = new Set([...before.jobs.filter(isOver), ...before.previews].map(keyOf));

  return {
    async look() {
      const { jobs, previews } = await read();
      for (const job of jobs.filter(isOver)) {
        if (!isNew(job)) continue;
        const bubble = await bubbleOf(job);
        const { deliveredTo } = await control.call<MassSend>('GET', `/mass-sends/${job.msgId}`);
        const reached = new Set(deliveredTo);
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

  async function bubbleOf(message: MassSendSummary | MassPreview): Promise<Bubble> {
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

function isOver({ status }: MassSendSummary): boolean {
  return status !== 'SENDING';
}

function keyOf({ msgId }: { readonly msgId: number }): number {
  return msgId;
}
