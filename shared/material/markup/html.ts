import type { ArticleElement, ArticleNode } from './tree.ts';

const VOID: ReadonlySet<string> = new Set(['br', 'col', 'hr', 'img']);

/** A tree as the content of an article. */
export function articleHtml(nodes: readonly ArticleNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? escaped(node) : elementHtml(node)))
    .join('');
}

function elementHtml({ tag, attributes, style, children }: ArticleElement): string {
  const styles = Object.entries(style).map(([property, value]) => `${property}: ${value}`);
  const all = { ...attributes, ...(styles.length > 0 ? { style: styles.join('; ') } : {}) };
  const written = Object.entries(all).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const opening = `<${tag}${written.join('')}>`;
  return VOID.has(tag) ? opening : `${opening}${articleHtml(children)}</${tag}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
