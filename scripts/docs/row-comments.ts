import { readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue, type Endpoint } from '../../shared/wechat/catalogue/index.ts';

/** What the comment above a row of the catalogue says. */
export interface RowComment {
  /** Whole sentences, in one line. */
  readonly text: string;
  /** WeChat's page about the endpoint, or its index where there is none. */
  readonly page: string;
}

const folder = path.resolve(import.meta.dirname, '../../shared/wechat/catalogue');

/**
 * The comments of all rows, by the name of the endpoint.
 *
 * @throws Error that names the rows without one, or without WeChat's page.
 */
export function rowComments(): ReadonlyMap<string, RowComment> {
  const found = new Map<string, RowComment>();
  const missing: string[] = [];
  for (const [area, rows] of Object.entries<Readonly<Record<string, Endpoint>>>(catalogue)) {
    const comments = commentsIn(readFileSync(path.join(folder, fileOf(area)), 'utf8'));
    for (const name of Object.keys(rows)) {
      const comment = comments.get(name);
      if (comment) found.set(`${area}.${name}`, comment);
      else missing.push(`${area}.${name}`);
    }
  }
  if (missing.length === 0) return found;
  throw new Error(
    `In shared/wechat/catalogue a comment with a sentence and \`@see\` WeChat's page is missing above ${missing.join(', ')}.`,
  );
}

function fileOf(area: string): string {
  return `${area.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
}

/** A row begins with its name; the fields of the types in the same file begin with `readonly`. */
const ROW = /^ {2}\/\*\*((?:[^*]|\*(?!\/))*)\*\/\n {2}(\w+): /gm;

function commentsIn(source: string): ReadonlyMap<string, RowComment> {
  const rows = [...source.matchAll(ROW)].flatMap(([, comment = '', name = '']) => {
    const words = comment
      .replace(/^\s*\*/gm, '')
      .replace(/\s+/g, ' ')
      .trim();
    const [, text, page] = /^(.+?) @see (https:\S+)$/.exec(words) ?? [];
    return text && page ? [[name, { text, page }] as const] : [];
  });
  return new Map(rows);
}
