import { checked } from '../kernel/check.ts';
import type { Articles, DraftArticle, DraftUpdateRequest } from '../wechat/catalogue/draft.ts';
import type { MediaId } from '../wechat/catalogue/media.ts';
import type { Api } from '../wechat/client/index.ts';
import { articleSchema, articlesSchema } from './article-schema.ts';
import { type Listing, type ListRequest, listItems, withoutContent } from './paging.ts';

export interface Warned {
  /** Parts that WeChat will take and yet not show as they were written. */
  readonly warnings: readonly string[];
}

export interface ListArticlesRequest extends ListRequest {
  /** Whether the articles come with their texts; default false. */
  readonly withContent?: boolean | undefined;
}

export interface DraftItem extends MediaId {
  readonly content: Articles;
  readonly update_time: number;
}

/** Drafts of articles. An article that WeChat would refuse is refused before any call. */
export interface Drafts {
  add(draft: { readonly articles: readonly DraftArticle[] }): Promise<MediaId & Warned>;
  get(id: MediaId): Promise<Articles>;
  /** Replaces one article; `index` counts from 0. */
  update(change: DraftUpdateRequest): Promise<Warned>;
  delete(id: MediaId): Promise<void>;
  count(): Promise<{ readonly total_count: number }>;
  list(request: ListArticlesRequest): Promise<Listing<DraftItem>>;
}

export function createDrafts({ draft }: Pick<Api, 'draft'>): Drafts {
  return {
    async add(request) {
      const options = { what: 'The draft', label: 'title' };
      const { articles } = checked(articlesSchema, request, options);
      const { media_id } = await draft.add({ articles });
      const warnings = await Promise.all(
        articles.map((article, at) => warningsOf(article, `articles[${at}]`)),
      );
      return { media_id, warnings: warnings.flat() };
    },
    get: (id) => draft.get(id),
    async update({ media_id, index, articles: article }) {
      const articles = checked(articleSchema, article, { what: 'The article' });
      await draft.update({ media_id, index, articles });
      return { warnings: await warningsOf(articles, 'articles') };
    },
    async delete(id) {
      await draft.delete(id);
    },
    async count() {
      const { total_count } = await draft.count();
      return { total_count };
    },
    list: ({ withContent, ...request }) =>
      listItems(request, {
        fetchPage: (offset, count) =>
          draft.list({ offset, count, no_content: withContent ? 0 : 1 }),
        idOf: ({ media_id }) => media_id,
        shorten: withoutContent,
      }),
  };
}

async function warningsOf({ content }: DraftArticle, at: string): Promise<string[]> {
  const { outsidePictures } = await import('./article-pictures.ts');
  const count = outsidePictures(content).length;
  if (count === 0) return [];
  const pictures = count === 1 ? '1 picture is' : `${count} pictures are`;
  return [
    `${at}.content: ${pictures} not on WeChat's own host and will be left out; localizePictures brings them in`,
  ];
}
