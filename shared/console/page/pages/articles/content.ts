import { useMemo } from 'preact/hooks';
import { outsidePictures } from '../../../../material/article-pictures.ts';
import { articleHtml } from '../../../../material/markup/html.ts';
import { markdownTree } from '../../../../material/markup/markdown.ts';
import { type ArticleNode, articleTree } from '../../../../material/markup/tree.ts';
import type { EditedArticle } from './edited-article.ts';

/** What an article will be. */
export interface ArticleContent {
  /** What is saved. */
  readonly html: string;
  /** What is shown. */
  readonly tree: readonly ArticleNode[];
  /** The addresses of pictures that WeChat would leave out. */
  readonly outside: readonly string[];
}

type Written = Pick<EditedArticle, 'form' | 'source'>;

/** HTML that was given stays as it is, since WeChat keeps more of it than is known here. */
export function contentOf({ form, source }: Written): ArticleContent {
  const tree = form === 'markdown' ? markdownTree(source) : articleTree(source);
  const html = form === 'markdown' ? articleHtml(tree) : source;
  return { html, tree, outside: [...new Set(outsidePictures(html).map(({ url }) => url))] };
}

export function useContent({ form, source }: Written): ArticleContent {
  return useMemo(() => contentOf({ form, source }), [form, source]);
}

/** What somebody pastes from a page or a document, as WeChat keeps it. */
export function cleaned(html: string): string {
  return articleHtml(articleTree(html));
}
