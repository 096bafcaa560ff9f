import { h, render, type VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ArticleNode } from '../../../../material/markup/tree.ts';
import { Picture } from '../../parts/picture.tsx';
import { w } from './words.ts';

/** As WeChat sets an article. */
const SHEET = `
  body { margin: 0; padding: 20px 16px 40px; background: #fff; color: #191919;
    font: 17px/1.6 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
    overflow-wrap: break-word; }
  h1.title { margin: 0 0 14px; font-size: 22px; line-height: 1.4; font-weight: 700; }
  .byline { margin: 0 0 22px; color: #5f5f5f; font-size: 15px; }
  .byline b { color: #4a5f85; font-weight: 400; }
  .empty { color: #5f5f5f; }
  img, table { max-width: 100%; }
  a { color: #4a5f85; }
  .picture-coming, .picture-missing { display: block; min-height: 80px; padding: 12px; border-radius: 4px;
    background: #f0f0f0; color: #5f5f5f; font-size: 13px; text-align: center; }
`;

interface ShownArticle {
  readonly title: string;
  readonly author: string;
  readonly tree: readonly ArticleNode[];
}

/**
 * The article as WeChat shows it. It stands in a frame in which no script runs, made of elements and never
 * of HTML, so that nothing in an article can do or cover anything on this page.
 */
export function ArticlePhone({ article }: { readonly article: ShownArticle }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const place = frame.current?.contentDocument;
    const view = place?.defaultView;
    if (!place || !view) return;
    if (place.adoptedStyleSheets.length === 0) {
      const sheet = new (view as Window & typeof globalThis).CSSStyleSheet();
      sheet.replaceSync(SHEET);
      place.adoptedStyleSheets = [sheet];
      place.documentElement.lang = 'zh-CN';
      place.title = w('phone');
    }
    render(<ArticleText article={article} />, place.body);
  });
  useEffect(() => {
    const place = frame.current?.contentDocument?.body;
    return () => {
      if (place) render(null, place);
    };
  }, []);
  return (
    <div class="article-phone">
      <iframe ref={frame} title={w('phone')} sandbox="allow-same-origin" />
    </div>
  );
}

function ArticleText({ article: { title, author, tree } }: { readonly article: ShownArticle }) {
  return (
    <main>
      <h1 class="title">{title === '' ? w('untitled') : title}</h1>
      <p class="byline">
        {author !== '' && `${author} `}
        <b>{w('account')}</b>
      </p>
      {tree.length === 0 ? <p class="empty">{w('noText')}</p> : tree.map(nodeOf)}
    </main>
  );
}

/** Links lead nowhere from here. */
function nodeOf(node: ArticleNode, index: number): VNode | string {
  if (typeof node === 'string') return node;
  const { tag, attributes, style, children } = node;
  const { href, src, ...rest } = attributes;
  if (tag === 'img') {
    if (src === undefined) return '';
    return <Picture key={index} url={src} alt={attributes.alt ?? ''} style={style} />;
  }
  const own = { ...rest, style, key: index, ...(href === undefined ? {} : { title: href }) };
  return h(tag, own, children.map(nodeOf));
}
