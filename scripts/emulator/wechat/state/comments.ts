import type { Storage } from './storage.ts';

interface CommentRecord {
  readonly id: number;
  readonly openid: string;
  readonly content: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  isFeatured: boolean;
  reply?: { readonly content: string; readonly create_time: number };
}

interface Article {
  isOpen: boolean;
  comments: CommentRecord[];
}

/** Comments below published articles. */
export function createComments(storage: Storage, now: () => number) {
  const section = storage.section<{ lastId: number; articles: Record<string, Article> }>(
    'comments',
    () => ({ lastId: 0, articles: {} }),
  );
  const seconds = () => Math.floor(now() / 1_000);
  const keyOf = (msgDataId: string, index: number) => `${msgDataId} ${index}`;
  const find = (msgDataId: string, index: number): Article | undefined =>
    section.read().articles[keyOf(msgDataId, index)];

  return {
    /** An article that has been published or mass sent, by its place counted from 0. */
    addArticle(msgDataId: string, index: number, { isOpen = false } = {}): void {
      section.update(({ articles }) => {
        articles[keyOf(msgDataId, index)] ??= { isOpen, comments: [] };
      });
    },
    /** A reader writes. `undefined` if there is no such article or comments are closed. */
    write(msgDataId: string, index: number, openid: string, content: string): number | undefined {
      return section.update((state) => {
        const article = find(msgDataId, index);
        if (!article?.isOpen) return undefined;
        state.lastId += 1;
        const comment = { id: state.lastId, openid, content, createdAt: seconds() };
        article.comments.push({ ...comment, isFeatured: false });
        return state.lastId;
      });
    },

    find: (msgDataId: string, index: number): Readonly<Article> | undefined =>
      find(msgDataId, index),
    setOpen(msgDataId: string, index: number, isOpen: boolean): void {
      section.update(() => {
        const article = find(msgDataId, index);
        if (article) article.isOpen = isOpen;
      });
    },
    setFeatured: (comment: CommentRecord, isFeatured: boolean) =>
      section.update(() => {
        comment.isFeatured = isFeatured;
      }),
    setReply: (comment: CommentRecord, content: string | undefined) =>
      section.update(() => {
        if (content === undefined) delete comment.reply;
        else comment.reply = { content, create_time: seconds() };
      }),
    delete: (article: Article, comment: CommentRecord) =>
      section.update(() => {
        article.comments = article.comments.filter((each) => each !== comment);
      }),
  };
}

export type Comments = ReturnType<typeof createComments>;
