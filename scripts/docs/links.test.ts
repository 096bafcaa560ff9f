import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { alertNames } from '../../shared/monitoring/alert-names.ts';
import { anchorsOf, type Page, proseOf, readPages } from './pages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pages = readPages(root);
const byFile = new Map(pages.map((page) => [page.file, page]));

describe('pages', () => {
  test('no link of a page is dead, whether to a file or to a heading', () => {
    const links = pages.flatMap(linksOf);
    const dead = links.filter(({ page, to }) => !leads(page, to));

    expect(links.length).toBeGreaterThan(100);
    expect(dead.map(({ page, to }) => `${page.file}: ${to}`)).toEqual([]);
  });

  test('each page of docs/ stands in both languages, and leads to the other', () => {
    const english = pages.filter(({ file }) => /^docs\/(?!zh-CN\/)/.test(file));
    const wrong = english.filter(({ file, text }) => {
      const other = file.replace('docs/', 'docs/zh-CN/');
      const link = (from: string, to: string) =>
        `(${path.posix.relative(path.posix.dirname(from), to)})`;
      const back = byFile.get(other)?.text.includes(link(other, file));
      return !back || !text.includes(link(file, other));
    });

    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test('the runbook says of each alert what to do', () => {
    for (const name of ['docs/operations.md', 'docs/zh-CN/operations.md']) {
      const text = byFile.get(name)?.text ?? '';

      expect([name, alertNames.filter((alert) => !text.includes(`\`${alert}\``))]).toEqual([
        name,
        [],
      ]);
    }
  });

  test('a README fits a screen or two: 6 KB', () => {
    for (const name of ['README.md', 'README.zh-CN.md']) {
      expect(Buffer.byteLength(byFile.get(name)?.text ?? '')).toBeLessThanOrEqual(6_144);
    }
  });
});

function linksOf(page: Page): readonly { readonly page: Page; readonly to: string }[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => ({ page, to }))
    .filter(({ to }) => !/^[a-z]+:/.test(to));
}

function leads({ file }: Page, to: string): boolean {
  const [target = '', anchor] = to.split('#');
  const wanted = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
  if (!existsSync(path.join(root, wanted))) return false;
  const page = byFile.get(wanted);
  return anchor === undefined || !page || anchorsOf(page).includes(decodeURIComponent(anchor));
}
