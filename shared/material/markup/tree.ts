import { Parser } from 'htmlparser2';
import { droppedTags, isKeptStyle, keptAttributes, keptTags } from './kept.ts';

/** A part of an article that WeChat keeps: a text, or an element. */
export type ArticleNode = string | ArticleElement;

export interface ArticleElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly ArticleNode[];
}

type OpenElement = ArticleElement & { readonly children: ArticleNode[] };

/** No article is deeper; whoever walks through a tree may do so by recursion. */
const MAX_DEPTH = 100;

/** Reads HTML from anywhere, and leaves out what WeChat does not keep. */
export function articleTree(html: string): readonly ArticleNode[] {
  const root = element('section', {});
  /** The parents of what comes next; an element that is left out has its parent there again. */
  const open = [root];
  let dropped = 0;
  const add = (node: ArticleNode) => open.at(-1)?.children.push(node);
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (dropped > 0 || droppedTags.has(tag)) {
        if (isCheckbox(tag, attributes)) add('checked' in attributes ? '☑ ' : '☐ ');
        dropped += 1;
        return;
      }
      const isKept = keptTags.has(tag) && open.length <= MAX_DEPTH;
      const next = isKept ? element(tag, attributes) : open.at(-1);
      if (!next) return;
      if (isKept) add(next);
      open.push(next);
    },
    ontext(text) {
      if (dropped === 0) add(text);
    },
    onclosetag() {
      if (dropped > 0) dropped -= 1;
      else if (open.length > 1) open.pop();
    },
  });
  parser.end(html);
  return root.children;
}

/** Of a list of things to do, as Markdown writes it. */
function isCheckbox(tag: string, { type }: Readonly<Record<string, string>>): boolean {
  return tag === 'input' && type === 'checkbox';
}

function element(tag: string, given: Readonly<Record<string, string>>): OpenElement {
  const kept = (keptAttributes[tag] ?? []).flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    // WeChat writes its own blocks so, and turns others into it.
    tag: tag === 'div' ? 'section' : tag,
    attributes: { ...Object.fromEntries(kept), ...addressOf(tag, given) },
    style: Object.fromEntries(declarations(given.style ?? '')),
    children: [],
  };
}

/** Of a link or a picture. WeChat itself writes pictures with `data-src`. */
function addressOf(
  tag: string,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (tag === 'a') {
    const href = given.href?.trim() ?? '';
    return /^https?:\/\//i.test(href) ? { href } : {};
  }
  if (tag !== 'img') return {};
  const src = (given['data-src'] ?? given.src)?.trim() ?? '';
  return /^(?:https?:)?\/\/|^data:image\/[\w.+-]+;base64,/i.test(src) ? { src } : {};
}

function declarations(style: string): readonly (readonly [string, string])[] {
  return style.split(';').flatMap((declaration) => {
    const [name = '', ...rest] = declaration.split(':');
    const property = name.trim().toLowerCase();
    const value = rest.join(':').trim();
    return value !== '' && isKeptStyle(property, value) ? [[property, value] as const] : [];
  });
}
