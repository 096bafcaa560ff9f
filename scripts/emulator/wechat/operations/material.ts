import type { MassArticle } from '../../../../shared/wechat/catalogue/mass-send.ts';
import type { FormPart } from '../../multipart.ts';
import { ApiError } from '../errors/errors.ts';
import { type Call, jsonOf } from '../http/call.ts';
import { objectIn, optionalText, pageIn, requiredText } from '../rules/fields.ts';
import { pictureUrl, videoUrl } from '../rules/file-urls.ts';
import { fileIn, fileTypeOf, formOf, materialRules } from '../rules/upload.ts';
import { secondsOf } from '../state/calendar.ts';
import type { MaterialKind, MaterialRecord } from '../state/materials.ts';
import type { World } from '../world.ts';
import { fileAnswer } from './media.ts';
import { done, type OperationsOf, retired } from './operation.ts';

const kinds = ['image', 'voice', 'video', 'news'] as const satisfies readonly MaterialKind[];

export const material: OperationsOf<'material'> = {
  add({ materials, switches }, call) {
    const type = fileTypeOf(call.query.type);
    const parts = formOf(call);
    const file = fileIn(parts, materialRules[type], switches);
    const description = type === 'video' ? descriptionIn(parts) : undefined;
    const kind = type === 'thumb' ? 'image' : type;
    if (materials.count(kind) >= switches.materialLimits[kind]) throw new ApiError(45034);
    const { mediaId } = materials.add(type, file, description);
    const url = kind === 'image' ? { url: pictureUrl(call.origin, mediaId, file.format) } : {};
    return { media_id: mediaId, ...url };
  },

  get(world, call) {
    const record = recordOf(world, call);
    if (record.articles) return { news_item: newsItems(world, call, record.articles) };
    const { description } = record;
    if (!description) return fileAnswer(world, record, record.format);
    const { title, introduction } = description;
    return { title, description: introduction, down_url: videoUrl(call.origin, record.mediaId) };
  },

  delete(world, call) {
    const { mediaId } = recordOf(world, call);
    if (world.menus.usesMaterial(mediaId)) throw new ApiError(45060);
    if (world.autoReplies.usesMaterial(mediaId)) throw new ApiError(48005);
    world.materials.delete(mediaId);
    return done;
  },

  count: ({ materials }) => ({
    voice_count: materials.count('voice'),
    video_count: materials.count('video'),
    image_count: materials.count('image'),
    news_count: materials.count('news'),
  }),

  list(world, call) {
    const fields = jsonOf(call);
    const type = requiredText(fields, 'type', 40004);
    const kind = kinds.find((each) => each === type);
    if (!kind) throw new ApiError(40004);
    const { offset, count } = pageIn(fields);
    const all = world.materials.list(kind);
    const item = all.slice(offset, offset + count).map((record) => listItem(world, call, record));
    return { total_count: all.length, item_count: item.length, item };
  },

  addNews: retired,
  updateNews: retired,
};

function listItem(world: World, call: Call, record: MaterialRecord) {
  const { mediaId, name, format, articles } = record;
  const update_time = secondsOf(record.updatedAt);
  if (articles) {
    const news_item = newsItems(world, call, articles);
    const content = { news_item, create_time: update_time, update_time };
    return { media_id: mediaId, update_time, content };
  }
  const isPicture = record.type === 'image' || record.type === 'thumb';
  const url = format && isPicture ? pictureUrl(call.origin, mediaId, format) : '';
  return { media_id: mediaId, name, update_time, url };
}

function newsItems({ materials }: World, { origin }: Call, articles: readonly MassArticle[]) {
  return articles.map((article) => {
    const { format } = materials.find(article.thumb_media_id) ?? {};
    return {
      title: article.title,
      author: article.author ?? '',
      digest: article.digest ?? '',
      content: article.content,
      content_source_url: article.content_source_url ?? '',
      thumb_media_id: article.thumb_media_id,
      show_cover_pic: article.show_cover_pic ?? 0,
      url: 'http://mp.weixin.qq.com/s?__biz=emulator#rd',
      thumb_url: format ? pictureUrl(origin, article.thumb_media_id, format) : '',
    };
  });
}

function recordOf({ materials }: World, call: Call): MaterialRecord {
  const record = materials.find(requiredText(jsonOf(call), 'media_id', 41006));
  if (!record) throw new ApiError(40007);
  return record;
}

/** A form field that is JSON. @throws ApiError 41011, 47001 */
function descriptionIn(parts: readonly FormPart[]) {
  const part = parts.find(({ name }) => name === 'description');
  if (!part) throw new ApiError(41011);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(part.bytes));
  } catch {
    throw new ApiError(47001);
  }
  const fields = objectIn(value);
  const title = requiredText(fields, 'title', 41011);
  return { title, introduction: optionalText(fields, 'introduction') };
}
