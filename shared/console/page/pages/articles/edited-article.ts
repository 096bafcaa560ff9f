import type { NewsArticle, StoredArticle } from '../../../../wechat/catalogue/draft.ts';

/** The cover of an article: a picture of the library. */
export interface Cover {
  readonly media_id: string;
  readonly url: string;
}

/** An article while it is edited. */
export interface EditedArticle {
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  /** What "read the original" leads to. */
  readonly link: string;
  readonly cover: Cover | null;
  readonly form: 'markdown' | 'html';
  /** The text in that form. */
  readonly source: string;
  /** What WeChat holds of it and this page does not change, such as whether it takes comments. */
  readonly given: Readonly<Partial<NewsArticle>>;
}

/** One to eight articles that are saved, published and sent as one. */
export interface EditedDraft {
  /** Null until WeChat has it. */
  readonly mediaId: string | null;
  readonly articles: readonly EditedArticle[];
  /** Whether there is something to lose. */
  readonly isChanged: boolean;
}

export const newArticle: EditedArticle = {
  ...{ title: '', author: '', digest: '', link: '' },
  ...{ cover: null, form: 'markdown', source: '', given: {} },
};

export const newDraft: EditedDraft = { mediaId: null, articles: [newArticle], isChanged: false };

/** Whether all its articles are of the kind that is edited here, not lists of pictures. */
export function isEditable(articles: readonly { readonly article_type?: string }[]): boolean {
  return articles.every(({ article_type: type }) => type !== 'newspic');
}

/** A draft as WeChat gives it. */
export function editedDraft(mediaId: string, articles: readonly StoredArticle[]): EditedDraft {
  return { mediaId, articles: articles.map(editedArticle), isChanged: false };
}

function editedArticle(article: StoredArticle): EditedArticle {
  const {
    url: _,
    thumb_url: thumb = '',
    ...given
  } = article as NewsArticle & {
    readonly url?: string;
    readonly thumb_url?: string;
  };
  const { title, content, author = '', digest = '', content_source_url: link = '' } = given;
  const cover = { media_id: given.thumb_media_id, url: thumb };
  return { title, author, digest, link, cover, form: 'html', source: content, given };
}

/** As `material addDraft` takes it, which judges it. */
export function articleToSave(
  { title, author, digest, link, cover, given }: EditedArticle,
  content: string,
): Partial<NewsArticle> {
  const texts = { author, digest, content_source_url: link.trim() };
  // WeChat takes an empty text for "no longer": for what was never there, it makes its own.
  const said = Object.entries(texts).filter(([name, text]) => text !== '' || name in given);
  return {
    ...given,
    article_type: 'news',
    ...{ title: title.trim(), content },
    ...Object.fromEntries(said),
    ...(cover ? { thumb_media_id: cover.media_id } : {}),
  };
}

/** The source in which pictures have other addresses. */
export function withMoved(
  source: string,
  moved: readonly { readonly from: string; readonly to: string }[],
): string {
  return moved.reduce((text, { from, to }) => {
    const escaped = from.replaceAll('&', '&amp;');
    return text.replaceAll(escaped, to.replaceAll('&', '&amp;')).replaceAll(from, to);
  }, source);
}
