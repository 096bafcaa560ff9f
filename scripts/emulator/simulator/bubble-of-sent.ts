import type { SentMessage } from '../wechat/state/sent.ts';
import type { Bubble, NewsArticle } from './bubble.ts';
import { type MediaShelf, mediaUrl } from './media.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What reached a follower through the API, as they see it. */
export async function bubbleOfSent(sent: SentMessage, shelf: MediaShelf): Promise<Bubble> {
  if (sent.kind !== 'custom') return noticeOf(sent);
  const name = textIn(sent.message, 'msgtype');
  return bubbleOfContent(name, fieldsIn(sent.message, name), shelf);
}

/** The content under the name of a type, in the words of custom messages and mass sends. */
export async function bubbleOfContent(
  name: string,
  content: Fields,
  shelf: MediaShelf,
): Promise<Bubble> {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  return (
    (await make?.(content, shelf)) ?? {
      type: 'other',
      name,
      json: JSON.stringify(content, null, 2),
    }
  );
}

type Maker = (content: Fields, shelf: MediaShelf) => Bubble | Promise<Bubble>;

const image: Maker = (content) => {
  const mediaId = textIn(content, 'media_id') || String(listIn(content, 'media_ids')[0] ?? '');
  return { type: 'image', mediaId, url: mediaUrl(mediaId) };
};

const video: Maker = (content) => {
  const mediaId = textIn(content, 'media_id');
  return {
    type: 'video',
    mediaId,
    url: mediaUrl(mediaId),
    title: textIn(content, 'title'),
    description: textIn(content, 'description'),
  };
};

const makers: Readonly<Record<string, Maker>> = {
  text: (content) => ({ type: 'text', text: textIn(content, 'content'), isRich: true }),
  image,
  images: image,
  async voice(content, shelf) {
    const mediaId = textIn(content, 'media_id');
    const seconds = await shelf.seconds(mediaId);
    return { type: 'voice', mediaId, ...(seconds === undefined ? {} : { seconds }) };
  },
  video,
  mpvideo: video,
  music: (content) => ({
    type: 'music',
    title: textIn(content, 'title'),
    description: textIn(content, 'description'),
    url: textIn(content, 'hqmusicurl') || textIn(content, 'musicurl'),
    coverUrl: mediaUrl(textIn(content, 'thumb_media_id')),
  }),
  news: (content) => ({ type: 'news', articles: listIn(content, 'articles').map(articleOf) }),
  miniprogrampage: (content) => ({
    type: 'miniprogram',
    title: textIn(content, 'title'),
    appid: textIn(content, 'appid'),
    path: textIn(content, 'pagepath'),
    coverUrl: mediaUrl(textIn(content, 'thumb_media_id')),
  }),
  msgmenu: (content) => ({
    type: 'choices',
    head: textIn(content, 'head_content'),
    items: listIn(content, 'list').map((item) => ({
      id: textIn(item, 'id'),
      text: textIn(item, 'content'),
    })),
    tail: textIn(content, 'tail_content'),
  }),
};

function articleOf(article: Fields): NewsArticle {
  return {
    title: textIn(article, 'title'),
    description: textIn(article, 'description'),
    picUrl: textIn(article, 'picurl'),
    url: textIn(article, 'url'),
  };
}

/** The title, then lines such as `订单号：123`. */
function noticeOf({ message, text = '' }: SentMessage): Bubble {
  const [title = '', ...lines] = text.split('\n');
  const rows = lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, label, value] = /^([^：:]{1,20})[：:]\s*(.*)$/.exec(line) ?? [];
      return label === undefined ? { label: '', value: line } : { label, value: value ?? '' };
    });
  return { type: 'notice', title, rows, url: textIn(message, 'url') || textIn(message, 'page') };
}

function fieldsIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? (value as Fields[]) : [];
}
