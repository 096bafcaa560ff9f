import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { present } from '../../shared/kernel/present.ts';

/** A page of the documentation, by its path from the root of the project. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

export interface Fence {
  readonly language: string;
  readonly code: string;
  /** The page. */
  readonly file: string;
  /** The file that the block is, where the line before it names one and ends with a colon. */
  readonly is?: string;
}

/** The pages that users and contributors read, in both languages; README files of tools among them. */
export function readPages(root: string, folder = ''): readonly Page[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return isOurs(entry.name) ? readPages(root, file) : [];
    if (!file.endsWith('.md')) return [];
    return [{ file, text: readFileSync(path.join(root, file), 'utf8') }];
  });
}

/** Whether a folder has pages of the project: not what was installed, built or kept by a run. */
function isOurs(folder: string): boolean {
  return !['node_modules', 'dist'].includes(folder) && !folder.startsWith('.');
}

/** The fenced blocks of a page. */
export function fencesOf({ file, text }: Page): readonly Fence[] {
  return [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ({ 1: language = '', 2: code = '', index }) => {
      const [, is] = /`([^`\n]*\.\w+)`[^`\n]*[:：]\n\n$/.exec(text.slice(0, index)) ?? [];
      return { language, code, file, ...present({ is }) };
    },
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
