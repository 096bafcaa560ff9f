import { createHash } from 'node:crypto';
import type { MassArticle } from '../../../../shared/wechat/catalogue/mass-send.ts';
import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { Drafts } from '../state/drafts.ts';
import type { MassMessage } from '../state/mass-job.ts';
import type { Materials } from '../state/materials.ts';
import type { Media } from '../state/media.ts';
import { MAX_ARTICLES } from './article.ts';
import { bytesOf, flag, listIn, objectIn, optionalText, requiredText } from './fields.ts';

const MAX_TEXT_BYTES = 2_048;
const MAX_PICTURES = 20;
const MAX_TITLE_CHARS = 64;

/** Where the things are that a message names by their ids. */
export interface Stock {
  readonly drafts: Drafts;
  readonly media: Media;
  readonly materials: Materials;
}

const types = ['text', 'mpnews', 'voice', 'image', 'mpvideo'] as const;
export type MassType = (typeof types)[number];

/** @throws ApiError 40008, or 45113 for cards, which had their day. */
export function massTypeIn(fields: JsonObject): MassType {
  const msgtype = optionalText(fields, 'msgtype');
  if (msgtype === 'wxcard') throw new ApiError(45113);
  const type = types.find((each) => each === msgtype);
  if (!type) throw new ApiError(40008);
  return type;
}

/** The object that holds the content. @throws ApiError 41011, 47001 */
export function branchIn(fields: JsonObject, type: MassType): JsonObject {
  // Several pictures are in `images`; the older form with one is still taken.
  const value = type === 'image' ? (fields.images ?? fields.image) : fields[type];
  if (value === undefined || value === null) throw new ApiError(41011);
  return objectIn(value);
}

/** @throws ApiError 44004, 45002, 41006, 40007, 40215, 48013 */
export function massMessageOf(type: MassType, branch: JsonObject, stock: Stock): MassMessage {
  switch (type) {
    case 'text':
      return { msgtype: type, content: textOf(branch), articles: [] };
    case 'mpnews':
      return { msgtype: type, ...newsOf(branch, stock) };
    case 'image':
      return { msgtype: type, content: picturesOf(branch, stock), articles: [] };
    case 'voice':
    case 'mpvideo':
      return { msgtype: type, content: mediaOf(branch, type, stock), articles: [] };
  }
}

function textOf(branch: JsonObject) {
  const content = requiredText(branch, 'content', 44004);
  if (bytesOf(content) > MAX_TEXT_BYTES) throw new ApiError(45002);
  return { content };
}

function newsOf(branch: JsonObject, { drafts, media }: Stock) {
  const media_id = requiredText(branch, 'media_id', 41006);
  const titled = drafts.find(media_id)?.articles ?? media.find(media_id)?.articles;
  if (!titled) throw new ApiError(40007);
  const articles = titled.map(({ title }, at) => ({ title, url: articleUrl(media_id, at) }));
  return { content: { media_id }, articles };
}

function picturesOf(branch: JsonObject, stock: Stock) {
  const list = branch.media_ids ?? [requiredText(branch, 'media_id', 41006)];
  const media_ids = listIn(list).map((each) => requiredText({ each }, 'each', 41006));
  if (media_ids.length === 0) throw new ApiError(41006);
  if (media_ids.length > MAX_PICTURES) throw new ApiError(40215);
  for (const mediaId of media_ids) {
    if (typeOf(mediaId, stock) !== 'image') throw new ApiError(40007);
  }
  return {
    media_ids,
    recommend: optionalText(branch, 'recommend'),
    title: optionalText(branch, 'title'),
    need_open_comment: flag(branch, 'need_open_comment'),
    only_fans_can_comment: flag(branch, 'only_fans_can_comment'),
  };
}

function mediaOf(branch: JsonObject, type: 'voice' | 'mpvideo', stock: Stock) {
  const media_id = requiredText(branch, 'media_id', 41006);
  const found = typeOf(media_id, stock);
  if (type === 'voice') {
    if (found !== 'voice') throw new ApiError(40007);
    return { media_id };
  }
  if (found !== 'video') throw new ApiError(40007);
  if (stock.media.find(media_id)?.source !== 'massVideo') throw new ApiError(48013);
  const description = optionalText(branch, 'description');
  return { media_id, title: optionalText(branch, 'title'), description };
}

function typeOf(mediaId: string, { media, materials }: Stock): string | undefined {
  return media.find(mediaId)?.type ?? materials.find(mediaId)?.type;
}

/** The same article has the same address, however often it is sent. */
function articleUrl(mediaId: string, index: number): string {
  const digest = createHash('sha256').update(`${mediaId} ${index}`).digest('base64url');
  return `http://mp.weixin.qq.com/s/${digest.slice(0, 22)}`;
}

/** The articles of `uploadnews`. @throws ApiError 44003, 45008, 41011, 40007, 45003, 44004, 47001 */
export function massArticlesIn(value: unknown, stock: Stock): MassArticle[] {
  const articles = listIn(value ?? []);
  if (articles.length === 0) throw new ApiError(44003);
  if (articles.length > MAX_ARTICLES) throw new ApiError(45008);
  return articles.map((each) => massArticleOf(objectIn(each), stock));
}

function massArticleOf(fields: JsonObject, stock: Stock): MassArticle {
  const title = requiredText(fields, 'title', 41011);
  if ([...title].length > MAX_TITLE_CHARS) throw new ApiError(45003);
  const thumb_media_id = requiredText(fields, 'thumb_media_id', 40007);
  if (!['image', 'thumb'].includes(typeOf(thumb_media_id, stock) ?? '')) throw new ApiError(40007);
  return {
    title,
    thumb_media_id,
    content: requiredText(fields, 'content', 44004),
    author: optionalText(fields, 'author'),
    content_source_url: optionalText(fields, 'content_source_url'),
    digest: optionalText(fields, 'digest'),
    show_cover_pic: flag(fields, 'show_cover_pic'),
    need_open_comment: flag(fields, 'need_open_comment'),
    only_fans_can_comment: flag(fields, 'only_fans_can_comment'),
  };
}
