import { AppError } from '../kernel/errors.ts';
import { MAX_ARTICLES_TO_EVENT, MAX_ARTICLES_TO_MESSAGE, MAX_TEXT_BYTES } from './limits.ts';
import type { Message } from './message/message.ts';
import { cleanText, type XmlTree } from './xml.ts';

export interface Article {
  readonly title: string;
  readonly description: string;
  /** JPG or PNG; 360×200 for the first, 200×200 for the others look best. */
  readonly picUrl: string;
  readonly url: string;
}

/** A passive reply as plain data: it travels back in the response to the push. */
export type Reply =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'image'; readonly mediaId: string }
  | { readonly type: 'voice'; readonly mediaId: string }
  | {
      readonly type: 'video';
      readonly mediaId: string;
      readonly title?: string;
      readonly description?: string;
    }
  | {
      readonly type: 'music';
      readonly thumbMediaId: string;
      readonly title?: string;
      readonly description?: string;
      readonly musicUrl?: string;
      /** Preferred on Wi-Fi. */
      readonly hqMusicUrl?: string;
    }
  | { readonly type: 'news'; readonly articles: readonly Article[] }
  | { readonly type: 'transfer_customer_service'; readonly kfAccount?: string }
  | { readonly type: 'transfer_biz_ai_ivr' };

export type ReplyType = Reply['type'];
type Options<Type extends ReplyType> = Omit<Extract<Reply, { type: Type }>, 'type'>;

/** @throws AppError `invalid` if nothing visible is left, or more than 2048 bytes. See `clip`. */
export function text(content: string): Reply {
  const clean = cleanText(content);
  const bytes = Buffer.byteLength(clean);
  if (clean.trim() === '') throw invalid('text: the content is empty; WeChat shows a fault then.');
  if (bytes > MAX_TEXT_BYTES) {
    throw invalid(
      `text: the content has ${bytes} bytes, and WeChat takes ${MAX_TEXT_BYTES}. Shorten it with clip(content), or answer part of it.`,
    );
  }
  return { type: 'text', content: clean };
}

/** The account's own media id, or the one that came with a follower's message. */
export const image = (mediaId: string): Reply => ({ type: 'image', mediaId: id(mediaId, 'image') });

export const voice = (mediaId: string): Reply => ({ type: 'voice', mediaId: id(mediaId, 'voice') });

export const video = (options: Options<'video'>): Reply => {
  id(options.mediaId, 'video');
  return { type: 'video', ...options };
};

export const music = (options: Options<'music'>): Reply => {
  id(options.thumbMediaId, 'music', 'thumbMediaId');
  return { type: 'music', ...options };
};

/** One article to a message, up to eight to an event; WeChat drops the others without a word. */
export function news(articles: readonly Article[]): Reply {
  if (articles.length === 0 || articles.length > MAX_ARTICLES_TO_EVENT) {
    throw invalid(`news: 1 to ${MAX_ARTICLES_TO_EVENT} articles, not ${articles.length}.`);
  }
  return { type: 'news', articles };
}

/** Hands the follower over to the customer-service client; to one agent if named. */
export const transfer = (kfAccount?: string): Reply =>
  kfAccount === undefined
    ? { type: 'transfer_customer_service' }
    : { type: 'transfer_customer_service', kfAccount };

/** Hands an ordinary message to the account's built-in AI reply, where WeChat has enabled it. */
export const transferToAi = (): Reply => ({ type: 'transfer_biz_ai_ivr' });

/** Text cut to the length of a reply, never inside a character, with `…` where it was cut. */
export function clip(content: string, maxBytes: number = MAX_TEXT_BYTES): string {
  if (Buffer.byteLength(content) <= maxBytes) return content;
  let clipped = '';
  let bytes = Buffer.byteLength('…');
  for (const character of content) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    clipped += character;
  }
  return `${clipped}…`;
}

/**
 * Checks the limits of a reply that depend on the message it answers.
 *
 * @throws AppError `invalid`
 */
export function checkReplyTo(message: Message, reply: Reply): void {
  if (message.type === 'event') {
    if (reply.type === 'transfer_biz_ai_ivr') {
      throw invalid('transferToAi: only an ordinary message can be handed over, not an event.');
    }
  } else if (reply.type === 'news' && reply.articles.length > MAX_ARTICLES_TO_MESSAGE) {
    throw invalid(
      `news: WeChat shows only ${MAX_ARTICLES_TO_MESSAGE} article in the reply to a message, not ${reply.articles.length}; more are possible in the reply to an event.`,
    );
  }
}

/** The reply as WeChat's fields, To and From swapped, time in seconds. */
export function replyTree(message: Message, reply: Reply, now: number): XmlTree {
  return {
    ToUserName: message.openid,
    FromUserName: message.originalId,
    CreateTime: Math.floor(now / 1000),
    MsgType: reply.type,
    ...replyBody(reply),
  };
}

function replyBody(reply: Reply): XmlTree {
  switch (reply.type) {
    case 'text':
      return { Content: reply.content };
    case 'image':
      return { Image: { MediaId: reply.mediaId } };
    case 'voice':
      return { Voice: { MediaId: reply.mediaId } };
    case 'video':
      return {
        Video: { MediaId: reply.mediaId, Title: reply.title, Description: reply.description },
      };
    case 'music':
      return {
        Music: {
          Title: reply.title,
          Description: reply.description,
          MusicUrl: reply.musicUrl,
          HQMusicUrl: reply.hqMusicUrl,
          ThumbMediaId: reply.thumbMediaId,
        },
      };
    case 'news':
      return {
        ArticleCount: reply.articles.length,
        Articles: {
          item: reply.articles.map(({ title, description, picUrl, url }) => ({
            Title: title,
            Description: description,
            PicUrl: picUrl,
            Url: url,
          })),
        },
      };
    case 'transfer_customer_service':
      return reply.kfAccount === undefined ? {} : { TransInfo: { KfAccount: reply.kfAccount } };
    case 'transfer_biz_ai_ivr':
      return {};
  }
}

function id(mediaId: string, maker: string, name = 'mediaId'): string {
  if (mediaId.trim() === '') throw invalid(`${maker}: ${name} is empty.`);
  return mediaId;
}

function invalid(message: string): AppError {
  return new AppError('invalid', message);
}
