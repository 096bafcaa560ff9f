import type { MediaId } from '../wechat/catalogue/media.ts';
import type {
  ArticleId,
  ListedPublishedArticles,
  PublishDeleteRequest,
  PublishedArticles,
  PublishId,
  PublishStatusResponse,
} from '../wechat/catalogue/publish.ts';
import type { Api } from '../wechat/client/index.ts';
import type { ListArticlesRequest } from './drafts.ts';
import { type Listing, listItems, withoutContent } from './paging.ts';

export interface PublishedItem extends ArticleId {
  readonly content: ListedPublishedArticles;
  readonly update_time: number;
}

/** Publishing makes a draft public without telling followers. */
export interface Publishing {
  /** Only submits the draft; `status` and an event tell how publishing ended. */
  submit(draft: MediaId): Promise<PublishId>;
  status(id: PublishId): Promise<PublishStatusResponse>;
  /** Deletes published articles for good; `index` counts from 1, without it all are deleted. */
  delete(request: PublishDeleteRequest): Promise<void>;
  get(id: ArticleId): Promise<PublishedArticles>;
  list(request: ListArticlesRequest): Promise<Listing<PublishedItem>>;
}

export function createPublishing({ publish }: Pick<Api, 'publish'>): Publishing {
  return {
    async submit(draft) {
      const { publish_id } = await publish.submit(draft);
      return { publish_id };
    },
    status: (id) => publish.getStatus(id),
    async delete(request) {
      await publish.delete(request);
    },
    get: (id) => publish.getArticle(id),
    list: ({ withContent, ...request }) =>
      listItems(request, {
        fetchPage: (offset, count) =>
          publish.list({ offset, count, no_content: withContent ? 0 : 1 }),
        idOf: ({ article_id }) => article_id,
        shorten: withoutContent,
      }),
  };
}
