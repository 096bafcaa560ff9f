import * as v from 'valibot';
import type { DraftArticle } from '../wechat/catalogue/draft.ts';
import { characters, filled, link, list, mediaId, object } from '../wechat/rules.ts';
import { articleLimits } from './article-limits.ts';

const atLeastOne = (limit: number) => v.pipe(characters(limit), v.nonEmpty('is empty'));

const isOneOrNone = v.exactOptional(v.picklist([0, 1], 'must be 0 or 1'));

/** A fraction of the picture's width or height. */
const FRACTION = '(?:0(?:\\.\\d{1,6})?|1(?:\\.0{1,6})?)';
const fraction = v.pipe(
  v.string('must be a text'),
  v.regex(new RegExp(`^${FRACTION}$`), 'must be from 0 to 1, with at most 6 decimals, as a text'),
);
const CROP = new RegExp(`^${FRACTION}(?:_${FRACTION}){3}$`);

const crop = v.exactOptional(
  v.pipe(
    v.string('must be a text'),
    v.check(
      isCrop,
      'must be "X1_Y1_X2_Y2", each from 0 to 1 with at most 6 decimals, X1 < X2 and Y1 < Y2',
    ),
  ),
);

function isCrop(text: string): boolean {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = text.split('_').map(Number);
  return CROP.test(text) && x1 < x2 && y1 < y2;
}

const shared = {
  title: atLeastOne(articleLimits.titleCharacters),
  author: v.exactOptional(characters(articleLimits.authorCharacters)),
  digest: v.exactOptional(characters(articleLimits.digestCharacters)),
  content: atLeastOne(articleLimits.contentCharacters),
  content_source_url: v.exactOptional(
    v.lazy((url) => (url === '' ? v.literal('') : link(articleLimits.sourceUrlBytes))),
  ),
  need_open_comment: isOneOrNone,
  only_fans_can_comment: isOneOrNone,
  product_info: v.exactOptional(object({ footer_product_info: object({ product_key: filled() }) })),
};

const newsArticle = object({
  ...shared,
  article_type: v.exactOptional(v.literal('news', 'must be "news" or "newspic"')),
  thumb_media_id: mediaId(),
  pic_crop_235_1: crop,
  pic_crop_1_1: crop,
});

const pictureArticle = object({
  ...shared,
  article_type: v.literal('newspic'),
  image_info: object({
    image_list: list(object({ image_media_id: mediaId() }), 1, articleLimits.pictures),
  }),
  cover_info: v.exactOptional(
    object({
      crop_percent_list: list(
        object({
          ratio: v.picklist(['1_1', '16_9', '2.35_1'], 'must be "1_1", "16_9" or "2.35_1"'),
          x1: fraction,
          y1: fraction,
          x2: fraction,
          y2: fraction,
        }),
        1,
        3,
      ),
    }),
  ),
});

const noArticle = v.custom<DraftArticle>(() => false, 'must be one article, not a list');

export const articleSchema: v.GenericSchema<unknown, DraftArticle> = v.lazy(
  (input): v.GenericSchema<unknown, DraftArticle> => {
    if (Array.isArray(input)) return noArticle;
    return Object(input).article_type === 'newspic' ? pictureArticle : newsArticle;
  },
);

export const articlesSchema = object({ articles: list(articleSchema, 1, articleLimits.articles) });
