import type { Reply } from '../wechat/push/reply.ts';
import type { Bubble } from './bubble.ts';
import { type MediaShelf, mediaUrl } from './media.ts';

/** A passive reply as the follower sees it. */
export async function bubbleOfReply(reply: Reply, shelf: MediaShelf): Promise<Bubble> {
  switch (reply.type) {
    case 'text':
      return { type: 'text', text: reply.content, isRich: true };
    case 'image':
      return { type: 'image', mediaId: reply.mediaId, url: mediaUrl(reply.mediaId) };
    case 'voice': {
      const seconds = await shelf.seconds(reply.mediaId);
      return {
        type: 'voice',
        mediaId: reply.mediaId,
        ...(seconds === undefined ? {} : { seconds }),
      };
    }
    case 'video':
      return { ...reply, url: mediaUrl(reply.mediaId) };
    case 'music':
      return {
        type: 'music',
        title: reply.title,
        description: reply.description,
        url: reply.hqMusicUrl || reply.musicUrl,
        coverUrl: mediaUrl(reply.thumbMediaId),
      };
    case 'news':
      return { type: 'news', articles: reply.articles };
    case 'transfer_customer_service':
      return { type: 'tip', tip: 'human', text: reply.kfAccount ?? '' };
    case 'transfer_biz_ai_ivr':
      return { type: 'tip', tip: 'ai', text: '' };
  }
}
