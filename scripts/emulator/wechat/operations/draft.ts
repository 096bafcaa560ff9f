import type { StoredArticle } from '../../../../shared/wechat/catalogue/draft.ts';
import { ApiError } from '../errors/errors.ts';
import { type Call, type JsonObject, jsonOf } from '../http/call.ts';
import { articleOf, articlesIn } from '../rules/article.ts';
import {
  flag,
  objectIn,
  pageIn,
  plainJsonOf,
  requiredInteger,
  requiredText,
} from '../rules/fields.ts';
import { pictureUrl } from '../rules/file-urls.ts';
import { secondsOf } from '../state/calendar.ts';
import { coverOf, type DraftRecord, type KeptArticle } from '../state/drafts.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

const charset = { escaped: 47002, notUtf8: 40033 } as const;

export const draft: OperationsOf<'draft'> = {
  add({ drafts, materials, switches }, call) {
    const { articles } = plainJsonOf(call, charset);
    const maxTitleChars = switches.articleTitleMaxChars;
    return { media_id: drafts.add(articlesIn(articles, { materials, maxTitleChars })).mediaId };
  },

  get(world, call) {
    const draft = draftOf(world, jsonOf(call));
    return contentOf(world, call, draft);
  },

  update(world, call) {
    const fields = plainJsonOf(call, charset);
    const { mediaId, articles } = draftOf(world, fields);
    const index = requiredInteger(fields, 'index');
    if (index < 0 || index >= articles.length) throw new ApiError(40114);
    if (fields.articles === undefined) throw new ApiError(41011);
    const article = articleOf(objectIn(fields.articles), {
      materials: world.materials,
      maxTitleChars: world.switches.articleTitleMaxChars,
      isSingle: articles.length === 1,
    });
    world.drafts.replaceArticle(mediaId, index, article);
    return done;
  },

  delete(world, call) {
    world.drafts.delete(draftOf(world, jsonOf(call)).mediaId);
    return done;
  },

  count: ({ drafts }) => ({
    total_count: drafts.list().length,
  }),

  list(world, call) {
    const fields = jsonOf(call);
    const { offset, count } = pageIn(fields);
    const isShort = flag(fields, 'no_content') === 1;
    const all = world.drafts.list();
    const item = all.slice(offset, offset + count).map((draft) => ({
      media_id: draft.mediaId,
      content: contentOf(world, call, draft, isShort),
      update_time: secondsOf(draft.updatedAt),
    }));
    return { total_count: all.length, item_count: item.length, item };
  },

  /** It went one way only, and all accounts have gone it. */
  switch: () => ({ ...done, is_open: 1 }),
};

/** @throws ApiError 41006, 40007 */
export function draftOf({ drafts }: World, fields: JsonObject): DraftRecord {
  const draft = drafts.find(requiredText(fields, 'media_id', 41006));
  if (!draft) throw new ApiError(40007);
  return draft;
}

function contentOf(world: World, call: Call, draft: DraftRecord, isShort = false) {
  return {
    news_item: draft.articles.map((article) => wireArticle(world, call, article, isShort)),
    create_time: secondsOf(draft.createdAt),
    update_time: secondsOf(draft.updatedAt),
  };
}

/** An article as lists show it; a short one comes without its content, as was asked for. */
export function wireArticle<Article extends KeptArticle>(
  { materials }: World,
  { origin }: Call,
  article: Article,
  isShort: boolean,
): Article & StoredArticle {
  const cover = materials.find(coverOf(article));
  const thumb_url = cover?.format ? pictureUrl(origin, cover.mediaId, cover.format) : '';
  return { ...article, thumb_url, ...(isShort ? { content: undefined } : {}) } as Article &
    StoredArticle;
}
