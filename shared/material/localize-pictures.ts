import { AppError } from '../kernel/errors.ts';
import type { ArticlePicture } from './article-pictures.ts';
import type { FileSource } from './file-source.ts';
import type { Media } from './media.ts';

/** So many are fetched and uploaded in one call; the function's time is limited. */
export const MAX_LOCALIZED = 40;

/** An article, of which only the content is looked at. */
export interface WithContent {
  readonly content: string;
}

export interface LocalizedArticles<Article> {
  /** The articles as they were, with WeChat's addresses in their contents. */
  readonly articles: readonly Article[];
  /** How many different pictures are on WeChat's host now. */
  readonly uploaded: number;
  /** The addresses that were replaced. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Pictures that stay where they were, each with the reason. */
  readonly failed: readonly { readonly url: string; readonly message: string }[];
  /** How many different pictures are left for another call, with the articles of this answer. */
  readonly remaining: number;
}

/**
 * Brings the pictures of articles to WeChat's own host, since WeChat drops all others: each different
 * one is fetched, uploaded by `uploadimg` and replaced wherever it stands. One that fails keeps its
 * address, and fails none of the others.
 *
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage.html
 */
export async function localizePictures<Article extends WithContent>(
  articles: readonly Article[],
  { uploadImage }: Pick<Media, 'uploadImage'>,
  /** Leaves the others for another call, for a caller who shows how far it is. */
  only?: readonly string[],
): Promise<LocalizedArticles<Article>> {
  const { outsidePictures } = await import('./article-pictures.ts');
  const found = articles.map((article) => ({
    article,
    pictures: outsidePictures(article.content),
  }));
  const urls = [...new Set(found.flatMap(({ pictures }) => pictures.map(({ url }) => url)))];
  const wanted = only ? urls.filter((url) => only.includes(url)) : urls;
  const now = wanted.slice(0, MAX_LOCALIZED);
  const localized = new Map<string, string>();
  const failed: { url: string; message: string }[] = [];
  for (const url of now) {
    try {
      localized.set(url, (await uploadImage({ file: sourceOf(url) })).url);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ url, message: error.message });
    }
  }
  return {
    articles: found.map(({ article, pictures }) => ({
      ...article,
      content: replaced(article.content, pictures, localized),
    })),
    uploaded: localized.size,
    moved: [...localized].map(([from, to]) => ({ from, to })),
    failed,
    remaining: urls.length - now.length,
  };
}

/** Programs that write texts put a picture into its own address. */
function sourceOf(url: string): FileSource {
  const [, base64] = /^data:image\/[\w.+-]+;base64,([a-z0-9+/]+={0,2})$/i.exec(url) ?? [];
  return base64 === undefined ? { url } : { base64, name: 'picture' };
}

function replaced(
  content: string,
  pictures: readonly ArticlePicture[],
  localized: ReadonlyMap<string, string>,
): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end, url } of pictures) {
    const ours = localized.get(url);
    if (ours === undefined) continue;
    pieces.push(content.slice(copied, start), ours.replaceAll('&', '&amp;'));
    copied = end;
  }
  return pieces.join('') + content.slice(copied);
}
