import { checked } from '../kernel/check.ts';
import type {
  Articles,
  DraftArticle,
  DraftUpdateRequest,
  ListedArticles,
} from '../wechat/catalogue/draft.ts';
import type { MediaId } from '../wechat/catalogue/media.ts';
import type { Api } from '../wechat/client/index.ts';
import { articleLimits } from './article-limits.ts';
import { articleSchema, articlesSchema } from './article-schema.ts';
import { withoutGiven } from './given-fields.ts';
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
  readonly content: ListedArticles;
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
      const pasted = pastedIn(request);
      const { articles } = checked(articlesSchema, pasted.draft, options);
      const { media_id } = await draft.add({ articles });
      const warnings = await Promise.all(
        articles.map((article, at) =>
          warningsOf(article, `articles[${at}]`, pasted.ignored[at] ?? []),
        ),
      );
      return { media_id, warnings: warnings.flat() };
    },
    get: (id) => draft.get(id),
    async update({ media_id, index, articles: pasted }) {
      const { article, ignored } = withoutGiven(pasted);
      const articles = checked(articleSchema, article, { what: 'The article' });
      await draft.update({ media_id, index, articles });
      return { warnings: await warningsOf(articles, 'articles', ignored) };
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

/** A draft of which every article is without the fields that WeChat adds. */
function pastedIn(draft: unknown) {
  const articles: unknown = Object(draft).articles;
  if (!Array.isArray(articles)) return { draft, ignored: [] };
  const pasted = articles.map(withoutGiven);
  return {
    draft: { ...Object(draft), articles: pasted.map(({ article }) => article) },
    ignored: pasted.map(({ ignored }) => ignored),
  };
}

async function warningsOf(
  { title, content }: DraftArticle,
  at: string,
  ignored: readonly string[],
): Promise<string[]> {
  const pictures = await pictureWarnings(content, at);
  const length = [...title].length;
  return [
    ...ignored.map(
      (name) => `${at}.${name} was ignored: WeChat gives it, and takes none in a draft`,
    ),
    ...(length > articleLimits.documentedTitleCharacters
      ? [
          `${at}.title has ${length} characters: WeChat documents ${articleLimits.documentedTitleCharacters}, and accounts report up to ${articleLimits.titleCharacters}; see how it looks before you publish`,
        ]
      : []),
    ...pictures,
  ];
}

async function pictureWarnings(content: string, at: string): Promise<string[]> {
  const { outsidePictures } = await import('./article-pictures.ts');
  const count = outsidePictures(content).length;
  if (count === 0) return [];
  const pictures = count === 1 ? '1 picture is' : `${count} pictures are`;
  return [
    `${at}.content: ${pictures} not on WeChat's own host and will be left out; localizePictures brings them in`,
  ];
}
