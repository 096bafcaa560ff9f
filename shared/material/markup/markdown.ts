import { parse } from 'marked';
import { type ArticleElement, type ArticleNode, articleTree } from './tree.ts';

type Style = Readonly<Record<string, string>>;

const cell: Style = { border: '1px solid #ddd', padding: '6px 10px' };
const block: Style = { margin: '0 0 16px' };

/** WeChat takes no style sheet, so each element carries its own. */
const styles: Readonly<Record<string, Style>> = {
  p: { ...block, 'line-height': '1.75' },
  h1: { margin: '28px 0 14px', 'font-size': '22px', 'font-weight': '700', 'line-height': '1.4' },
  h2: { margin: '26px 0 12px', 'font-size': '20px', 'font-weight': '700', 'line-height': '1.4' },
  h3: { margin: '22px 0 10px', 'font-size': '18px', 'font-weight': '700', 'line-height': '1.4' },
  h4: { margin: '18px 0 8px', 'font-size': '17px', 'font-weight': '700' },
  blockquote: {
    ...block,
    padding: '2px 14px',
    'border-left': '3px solid #c8ccd2',
    color: '#59616c',
  },
  ul: { ...block, 'padding-left': '24px', 'list-style-type': 'disc' },
  ol: { ...block, 'padding-left': '24px', 'list-style-type': 'decimal' },
  li: { 'margin-bottom': '6px', 'line-height': '1.75' },
  pre: {
    ...block,
    padding: '12px 14px',
    'border-radius': '6px',
    'background-color': '#f5f6f8',
    'font-size': '14px',
    'white-space': 'pre-wrap',
    'word-break': 'break-all',
  },
  code: { 'font-family': 'Menlo, Consolas, monospace', 'font-size': '14px' },
  table: { ...block, width: '100%', 'border-collapse': 'collapse', 'font-size': '14px' },
  th: { ...cell, 'background-color': '#f5f6f8' },
  td: cell,
  img: { display: 'block', 'max-width': '100%', margin: '0 auto' },
  hr: { margin: '24px 0', border: '0', 'border-top': '1px solid #ddd' },
};

/** Markdown, with HTML in it, as WeChat keeps it. */
export function markdownTree(markdown: string): readonly ArticleNode[] {
  return articleTree(parse(markdown, { async: false, gfm: true })).map(dressed);
}

function dressed(node: ArticleNode): ArticleNode {
  if (typeof node === 'string') return node;
  const { tag, style, children, attributes } = node;
  const inner = children.map(dressed);
  const { href } = attributes;
  const own = { ...node, style: { ...styles[tag], ...style }, children: inner };
  return tag === 'a' && href !== undefined && !isOfWeChat(href) ? withAddress(own, href) : own;
}

/** Articles lead nowhere but to other articles: of any other link, the address stands behind the words. */
function withAddress({ children }: ArticleElement, href: string): ArticleNode {
  const isSame = children.length === 1 && children[0] === href;
  return {
    tag: 'span',
    attributes: {},
    style: {},
    children: isSame ? children : [...children, `（${href}）`],
  };
}

function isOfWeChat(href: string): boolean {
  return URL.canParse(href) && new URL(href).hostname === 'mp.weixin.qq.com';
}
