import * as v from 'valibot';
import type { DraftArticle } from '../wechat/catalogue/draft.ts';
import {
  digits,
  filled,
  list,
  mediaId,
  object,
  openObject,
  text,
  webAddress,
  wholeNumber,
} from '../wechat/rules.ts';
import { fileSourceSchema } from './file-source.ts';
import { MAX_LOCALIZED } from './localize-pictures.ts';
import { MAX_LIMIT } from './paging.ts';

const oneOf = <const T extends readonly string[]>(types: T) =>
  v.picklist(types, `must be one of ${types.join(', ')}`);

const fileTypes = ['image', 'voice', 'video', 'thumb'] as const;
const listTypes = ['image', 'voice', 'video', 'news'] as const;

const file = fileSourceSchema;
const page = {
  limit: v.optional(wholeNumber(1, MAX_LIMIT)),
  cursor: v.optional(filled()),
};

/** Any value: the room checks each article by WeChat's rules, whichever caller brings it. */
const anArticle = v.custom<DraftArticle>(
  (value) => value !== undefined,
  'must be one article: {"title", "content", "thumb_media_id"}',
);

const videoMaterial = object({
  type: v.literal('video'),
  file,
  title: filled(),
  introduction: text(),
});
const otherMaterial = object({ type: oneOf(fileTypes), file });
type AddRequest =
  | v.InferOutput<typeof videoMaterial>
  | (v.InferOutput<typeof otherMaterial> & { readonly type: 'image' | 'voice' | 'thumb' });

export const requests = {
  byMediaId: object({ media_id: mediaId() }),
  uploadMedia: object({ type: oneOf(fileTypes), file }),
  uploadImage: object({ file }),
  add: v.lazy((input) =>
    Object(input).type === 'video' ? videoMaterial : otherMaterial,
  ) as v.GenericSchema<AddRequest>,
  list: object({ type: oneOf(listTypes), ...page }),
  addDraft: v.custom<{ readonly articles: readonly DraftArticle[] }>(
    (value) => value !== undefined,
    'expected {"articles": […]}',
  ),
  localizePictures: object({
    articles: list(openObject({ content: filled() }), 1, 8),
    only: v.optional(list(filled(), 1, MAX_LOCALIZED)),
  }),
  showPicture: object({ url: webAddress() }),
  updateDraft: object({
    media_id: mediaId(),
    index: wholeNumber(0, 7),
    articles: anArticle,
  }),
  listArticles: v.optional(
    object({ withContent: v.optional(v.boolean('must be true or false')), ...page }),
    {},
  ),
  byPublishId: object({ publish_id: digits() }),
  byArticleId: object({ article_id: filled() }),
  deletePublished: object({ article_id: filled(), index: v.exactOptional(wholeNumber(0, 8)) }),
};
