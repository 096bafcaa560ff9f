import { unansweredEvents } from './events.ts';
import { Fault } from './fault.ts';
import type { XmlElement } from './xml-reader.ts';
import { childOf } from './xml-reader.ts';

export interface Article {
  readonly title: string;
  readonly description: string;
  readonly picUrl: string;
  readonly url: string;
}

/** What the follower gets to see. */
export type Reply =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'image' | 'voice'; readonly mediaId: string }
  | {
      readonly type: 'video';
      readonly mediaId: string;
      readonly title: string;
      readonly description: string;
    }
  | {
      readonly type: 'music';
      readonly title: string;
      readonly description: string;
      readonly musicUrl: string;
      readonly hqMusicUrl: string;
      readonly thumbMediaId: string;
    }
  /** `dropped` counts the articles that were too many and are not shown. */
  | { readonly type: 'news'; readonly articles: readonly Article[]; readonly dropped: number }
  | { readonly type: 'transfer_customer_service'; readonly kfAccount?: string }
  | { readonly type: 'transfer_biz_ai_ivr' };

/** The message that is being answered, as far as the rules for answers depend on it. */
export interface Trigger {
  readonly openid: string;
  readonly originalId: string;
  /** The name of the event, or `undefined` for an ordinary message. */
  readonly event: string | undefined;
}

/**
 * Bytes of UTF-8.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html
 */
export const MAX_TEXT_BYTES = 2_048;
export const MAX_ARTICLES_AFTER_MESSAGE = 1;
export const MAX_ARTICLES_AFTER_EVENT = 8;

const readers: Readonly<Record<Reply['type'], (root: XmlElement, trigger: Trigger) => Reply>> = {
  text: (root) => ({ type: 'text', content: text(root) }),
  image: (root) => ({ type: 'image', mediaId: filled(child(root, 'Image'), 'MediaId') }),
  voice: (root) => ({ type: 'voice', mediaId: filled(child(root, 'Voice'), 'MediaId') }),
  video(root) {
    const video = child(root, 'Video');
    return {
      type: 'video',
      mediaId: filled(video, 'MediaId'),
      title: optional(video, 'Title'),
      description: optional(video, 'Description'),
    };
  },
  music(root) {
    const music = child(root, 'Music');
    return {
      type: 'music',
      title: optional(music, 'Title'),
      description: optional(music, 'Description'),
      musicUrl: optional(music, 'MusicUrl'),
      hqMusicUrl: optional(music, 'HQMusicUrl'),
      thumbMediaId: filled(music, 'ThumbMediaId'),
    };
  },
  news,
  transfer_customer_service(root) {
    const info = childOf(root, 'TransInfo');
    if (!info) return { type: 'transfer_customer_service' };
    return { type: 'transfer_customer_service', kfAccount: filled(info, 'KfAccount') };
  },
  transfer_biz_ai_ivr(_root, { event }) {
    if (event) throw new Fault('transfer_biz_ai_ivr answers ordinary messages only');
    return { type: 'transfer_biz_ai_ivr' };
  },
};

/** Checks a passive reply as WeChat does. @throws Fault */
export function readReply(root: XmlElement, trigger: Trigger): Reply {
  if (root.name !== 'xml') throw new Fault(`the root element is <${root.name}>, not <xml>`);
  expectField(root, 'ToUserName', trigger.openid, 'the follower who wrote');
  expectField(root, 'FromUserName', trigger.originalId, 'the original id of the account');
  const createTime = filled(root, 'CreateTime');
  if (!/^\d{1,19}$/.test(createTime)) throw new Fault(`CreateTime is "${createTime}", no integer`);
  const type = filled(root, 'MsgType');
  if (!isReplyType(type)) throw new Fault(`MsgType is "${type}", not one of WeChat's`);
  return readers[type](root, trigger);
}

/** Whether WeChat shows replies to this message at all. */
export function isAnswered({ event }: Trigger): boolean {
  return event === undefined || !unansweredEvents.has(event);
}

function isReplyType(type: string): type is Reply['type'] {
  return Object.hasOwn(readers, type);
}

function text(root: XmlElement): string {
  const content = filled(root, 'Content');
  const bytes = Buffer.byteLength(content);
  if (bytes > MAX_TEXT_BYTES) {
    throw new Fault(`Content has ${bytes} bytes, more than ${MAX_TEXT_BYTES}`);
  }
  return content;
}

function news(root: XmlElement, { event }: Trigger): Reply {
  const items = child(root, 'Articles').children;
  if (items.length === 0) throw new Fault('Articles is empty');
  const count = filled(root, 'ArticleCount');
  if (count !== String(items.length)) {
    throw new Fault(`ArticleCount is "${count}", but there are ${items.length} articles`);
  }
  const articles = items.map(article);
  const shown = articles.slice(0, event ? MAX_ARTICLES_AFTER_EVENT : MAX_ARTICLES_AFTER_MESSAGE);
  return { type: 'news', articles: shown, dropped: articles.length - shown.length };
}

function article(item: XmlElement): Article {
  if (item.name !== 'item') throw new Fault(`<Articles> holds <${item.name}>, not <item>`);
  return {
    title: child(item, 'Title').text,
    description: child(item, 'Description').text,
    picUrl: child(item, 'PicUrl').text,
    url: child(item, 'Url').text,
  };
}

function expectField(root: XmlElement, name: string, expected: string, meaning: string): void {
  const actual = filled(root, name);
  if (actual !== expected) {
    throw new Fault(`${name} is "${actual}", not ${meaning} ("${expected}")`);
  }
}

function child(parent: XmlElement, name: string): XmlElement {
  const found = childOf(parent, name);
  if (!found) throw new Fault(`<${name}> is missing in <${parent.name}>`);
  return found;
}

function filled(parent: XmlElement, name: string): string {
  const { text: value } = child(parent, name);
  if (value === '') throw new Fault(`<${name}> is empty`);
  return value;
}

function optional(parent: XmlElement, name: string): string {
  return childOf(parent, name)?.text ?? '';
}
