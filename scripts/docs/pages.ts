import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A page of the documentation, by its path from the root of the project. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

export interface Fence {
  readonly language: string;
  readonly code: string;
  readonly file: string;
}

/** The pages that users and contributors read, in both languages; README files of tools among them. */
export function readPages(root: string): readonly Page[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.md') && !/(^|\/)(node_modules|dist|\.[^/]*)\//.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

/** The fenced blocks of a page. */
export function fencesOf({ file, text }: Page): readonly Fence[] {
  return [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, language = '', code = '']) => ({ language, code, file }),
  );
}

/** A page without its fenced blocks: what is in them is neither a link nor a heading. */
export function proseOf({ text }: Page): string {
  return text.replace(/^ *```\w*\n[\s\S]*?^ *```$/gm, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: Page): readonly string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
