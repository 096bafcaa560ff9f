import type { MediaId } from '../wechat/catalogue/media.ts';
import type {
  ArticleId,
  PublishDeleteRequest,
  PublishedArticles,
  PublishId,
  PublishStatusResponse,
} from '../wechat/catalogue/publish.ts';
import type { Api } from '../wechat/client/index.ts';
import { withoutContent } from './contents.ts';
import type { ArticleListRequest } from './drafts.ts';
import { type Listing, listItems } from './paging.ts';

export interface PublishedItem extends ArticleId {
  readonly content: PublishedArticles;
  readonly update_time: number;
}

/** Publishing makes a draft public without telling followers. */
export interface Publishing {
  /** The draft is accepted, no more; `status` and an event tell how it ended. */
  submit(draft: MediaId): Promise<PublishId>;
  status(id: PublishId): Promise<PublishStatusResponse>;
  /** For good; `index` counts from 1, none means all. */
  delete(request: PublishDeleteRequest): Promise<void>;
  get(id: ArticleId): Promise<PublishedArticles>;
  list(request: ArticleListRequest): Promise<Listing<PublishedItem>>;
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
