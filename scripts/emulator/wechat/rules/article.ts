import type { PictureArticle } from '../../../../shared/wechat/catalogue/draft.ts';
import { ApiError } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { KeptArticle } from '../state/drafts.ts';
import { kindOf, type Materials } from '../state/materials.ts';
import { randomId } from '../state/random-id.ts';
import { cleanHtml, digestOf, holdsTags } from './article-html.ts';
import { bytesOf, charsOf, flag, listIn, objectIn, optionalText, requiredText } from './fields.ts';

/** @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add.html */
export const MAX_ARTICLES = 8;
const MAX_AUTHOR_CHARS = 16;
const MAX_DIGEST_CHARS = 128;
/** The other limit, a megabyte, is never reached before this one. */
const MAX_CONTENT_CHARS = 20_000;
const MAX_SOURCE_URL_BYTES = 1_024;
const MAX_PICTURES = 20;

export interface ArticleRules {
  readonly materials: Materials;
  readonly maxTitleChars: number;
  /** One among several has no digest of its own making. */
  readonly isSingle: boolean;
}

/** The articles of a draft. @throws ApiError 41011, 44003, 45008, and those of `articleOf` */
export function articlesIn(value: unknown, rules: Omit<ArticleRules, 'isSingle'>): KeptArticle[] {
  if (value === undefined || value === null) throw new ApiError(41011);
  const articles = listIn(value);
  if (articles.length === 0) throw new ApiError(44003);
  if (articles.length > MAX_ARTICLES) throw new ApiError(45008);
  const isSingle = articles.length === 1;
  return articles.map((article) => articleOf(article, { ...rules, isSingle }));
}

/**
 * One article as it is kept.
 *
 * @throws ApiError 47001, 47003, 45162, 41011, 40062, 45003, 45110, 45004, 44004, 45002, 45166, 41039,
 * 40007, 40215, 53402, 53406
 */
export function articleOf(value: unknown, rules: ArticleRules): KeptArticle {
  const fields = objectIn(value);
  const type = optionalText(fields, 'article_type') || 'news';
  if (type !== 'news' && type !== 'newspic') throw new ApiError(45162);
  const common = commonOf(fields, type === 'news', rules);
  checkProducts(fields);
  if (type === 'newspic') return { ...common, article_type: type, ...picturesOf(fields, rules) };
  const thumb_media_id = requiredText(fields, 'thumb_media_id', 40007);
  checkPicture(thumb_media_id, rules.materials);
  return { ...common, article_type: type, thumb_media_id, ...cropsOf(fields) };
}

function commonOf(fields: JsonObject, isHtml: boolean, rules: ArticleRules) {
  if (fields.title === undefined || fields.content === undefined) throw new ApiError(41011);
  const title = requiredText(fields, 'title', 40062);
  if (charsOf(title) > rules.maxTitleChars) throw new ApiError(45003);
  const author = optionalText(fields, 'author');
  if (charsOf(author) > MAX_AUTHOR_CHARS) throw new ApiError(45110);
  const digest = optionalText(fields, 'digest');
  if (charsOf(digest) > MAX_DIGEST_CHARS) throw new ApiError(45004);
  const content = requiredText(fields, 'content', 44004);
  if (charsOf(content) >= MAX_CONTENT_CHARS) throw new ApiError(45002);
  if (!isHtml && holdsTags(content)) throw new ApiError(45166);
  const content_source_url = optionalText(fields, 'content_source_url');
  if (content_source_url !== '' && !isLink(content_source_url)) throw new ApiError(41039);
  const kept = isHtml ? cleanHtml(content) : content;
  return {
    title,
    author,
    digest: digest === '' && rules.isSingle ? digestOf(kept) : digest,
    content: kept,
    content_source_url,
    show_cover_pic: 0,
    need_open_comment: flag(fields, 'need_open_comment'),
    only_fans_can_comment: flag(fields, 'only_fans_can_comment'),
    url: `http://mp.weixin.qq.com/s?__biz=emulator&tempkey=${randomId(40)}#rd`,
  } as const;
}

function isLink(text: string): boolean {
  return bytesOf(text) <= MAX_SOURCE_URL_BYTES && URL.canParse(text) && /^https?:\/\//.test(text);
}

/** Shops need a permission of their own, which the emulated account does not have. */
function checkProducts(fields: JsonObject): void {
  const info = objectIn(fields.product_info ?? {});
  const footer = objectIn(info.footer_product_info ?? {});
  if (optionalText(footer, 'product_key') !== '') throw new ApiError(53406);
}

function picturesOf(
  fields: JsonObject,
  { materials }: ArticleRules,
): Pick<PictureArticle, 'image_info' | 'cover_info'> {
  if (fields.image_info === undefined) throw new ApiError(41011);
  const list = listIn(objectIn(fields.image_info).image_list ?? []);
  if (list.length === 0) throw new ApiError(41011);
  if (list.length > MAX_PICTURES) throw new ApiError(40215);
  const image_list = list.map((item) => {
    const image_media_id = requiredText(objectIn(item), 'image_media_id', 40007);
    checkPicture(image_media_id, materials);
    return { image_media_id };
  });
  if (fields.cover_info === undefined) return { image_info: { image_list } };
  const crops = listIn(objectIn(fields.cover_info).crop_percent_list ?? []).map(cropOf);
  return { image_info: { image_list }, cover_info: { crop_percent_list: crops } };
}

const ratios = ['1_1', '16_9', '2.35_1'] as const;

function cropOf(value: unknown) {
  const fields = objectIn(value);
  const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => optionalText(fields, name));
  const ratio = ratios.find((each) => each === fields.ratio);
  if (!ratio || !isArea([x1, y1, x2, y2].join('_'))) throw new ApiError(53402);
  return { ratio, x1: x1 ?? '', y1: y1 ?? '', x2: x2 ?? '', y2: y2 ?? '' };
}

function cropsOf(fields: JsonObject) {
  const pic_crop_235_1 = optionalText(fields, 'pic_crop_235_1');
  const pic_crop_1_1 = optionalText(fields, 'pic_crop_1_1');
  for (const crop of [pic_crop_235_1, pic_crop_1_1]) {
    if (crop !== '' && !isArea(crop)) throw new ApiError(53402);
  }
  return {
    ...(pic_crop_235_1 === '' ? {} : { pic_crop_235_1 }),
    ...(pic_crop_1_1 === '' ? {} : { pic_crop_1_1 }),
  };
}

/** `X1_Y1_X2_Y2`: two corners in parts of the whole, with up to six decimals. */
function isArea(text: string): boolean {
  const numbers = text.split('_');
  if (
    numbers.length !== 4 ||
    !numbers.every((each) => /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(each))
  ) {
    return false;
  }
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers.map(Number);
  return x1 < x2 && y1 < y2;
}

/** @throws ApiError 40007 for anything but permanent pictures. */
function checkPicture(mediaId: string, materials: Materials): void {
  const material = materials.find(mediaId);
  if (!material || kindOf(material) !== 'image') throw new ApiError(40007);
}
