import type { NewsArticle, PictureArticle } from '../../../../shared/wechat/catalogue/draft.ts';
import { randomId } from './random-id.ts';
import type { Storage } from './storage.ts';

/** An article that has passed all checks. */
export type KeptArticle = (NewsArticle | PictureArticle) & {
  readonly show_cover_pic: 0;
  readonly url: string;
};

export interface DraftRecord {
  readonly mediaId: string;
  readonly articles: readonly KeptArticle[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export function createDrafts(storage: Storage, now: () => number) {
  const section = storage.section<{ records: DraftRecord[] }>('drafts', () => ({ records: [] }));

  return {
    add: (articles: readonly KeptArticle[]): DraftRecord =>
      section.update(({ records }) => {
        const at = now();
        const draft = { mediaId: randomId(64), articles, createdAt: at, updatedAt: at };
        records.push(draft);
        return draft;
      }),

    find: (mediaId: string): DraftRecord | undefined =>
      section.read().records.find((each) => each.mediaId === mediaId),

    replaceArticle: (mediaId: string, index: number, article: KeptArticle) =>
      section.update((state) => {
        state.records = state.records.map((draft) =>
          draft.mediaId === mediaId
            ? { ...draft, articles: draft.articles.with(index, article), updatedAt: now() }
            : draft,
        );
      }),

    delete: (mediaId: string) =>
      section.update((state) => {
        state.records = state.records.filter((each) => each.mediaId !== mediaId);
      }),

    /** The latest changed first. */
    list: (): readonly DraftRecord[] =>
      section
        .read()
        .records.toReversed()
        .sort((a, b) => b.updatedAt - a.updatedAt),
  };
}

export type Drafts = ReturnType<typeof createDrafts>;

/** The permanent picture that stands for the article in a list. */
export function coverOf(article: KeptArticle): string {
  if (article.article_type !== 'newspic') return article.thumb_media_id;
  return article.image_info.image_list[0]?.image_media_id ?? '';
}
