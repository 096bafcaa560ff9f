import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { CustomMessage } from './catalogue/customer-service.ts';
import { type Reply, text } from './reply.ts';

type WithoutReceiver<M> = M extends unknown ? Omit<M, 'touser'> : never;

/**
 * A message that can be sent to a follower: a string, a reply, or any customer-service message in
 * WeChat's own words (`{ msgtype: 'msgmenu', msgmenu: { … } }`).
 * https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
 */
export type Sendable = string | Reply | WithoutReceiver<CustomMessage>;

/** @throws AppError `invalid` for content that WeChat takes only in a passive reply. */
export function customMessage(openid: string, content: Sendable): CustomMessage {
  if (typeof content !== 'string' && 'msgtype' in content) return { touser: openid, ...content };
  return { touser: openid, ...fromReply(typeof content === 'string' ? text(content) : content) };
}

function fromReply(reply: Reply): WithoutReceiver<CustomMessage> {
  switch (reply.type) {
    case 'text':
      return { msgtype: 'text', text: { content: reply.content } };
    case 'image':
      return { msgtype: 'image', image: { media_id: reply.mediaId } };
    case 'voice':
      return { msgtype: 'voice', voice: { media_id: reply.mediaId } };
    case 'music':
      return { msgtype: 'music', music: musicOf(reply) };
    case 'news':
      return { msgtype: 'news', news: { articles: [articleOf(reply)] } };
    case 'video':
      throw invalid(
        'A video needs a picture when it is sent: { msgtype: "video", video: { media_id, thumb_media_id } }.',
      );
    case 'transfer_customer_service':
    case 'transfer_biz_ai_ivr':
      throw invalid('A message can only be handed over in the reply to it: ctx.reply(transfer()).');
  }
}

function musicOf({ title, description, musicUrl, hqMusicUrl, thumbMediaId }: ReplyOf<'music'>) {
  const url = musicUrl ?? hqMusicUrl;
  if (!url) throw invalid('Music that is sent needs musicUrl.');
  return {
    ...present({ title, description }),
    musicurl: url,
    hqmusicurl: hqMusicUrl ?? url,
    thumb_media_id: thumbMediaId,
  };
}

function articleOf({ articles }: ReplyOf<'news'>) {
  const [article, ...more] = articles;
  if (!article || more.length > 0) {
    throw invalid(`WeChat sends news with 1 article, not ${articles.length}.`);
  }
  const { title, description, url, picUrl } = article;
  return { title, description, url, picurl: picUrl };
}

type ReplyOf<Type extends Reply['type']> = Extract<Reply, { type: Type }>;

function invalid(message: string): AppError {
  return new AppError('invalid', message);
}
