import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { withoutComment } from '../page-commands.ts';
import { fencesOf, type Page, readPages } from '../pages.ts';
import { guidesOf } from './guide.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const pages = readPages(root);
const english = guidesOf(pages);
const chinese = guidesOf(pages, 'docs/zh-CN/guides/');
const byFile = new Map(pages.map((page) => [page.file, page]));
const blocks = (page: Page) =>
  fencesOf(page).map(({ language, code, is }) => ({
    language,
    is,
    code: language === 'sh' ? code.split('\n').map(withoutComment) : code,
  }));

describe('guides', () => {
  test.each(english)('$name has the same code in both languages', ({ name, page }) => {
    const other = chinese.find((each) => each.name === name);

    expect(other && blocks(other.page)).toEqual(blocks(page));
  });

  test.each([...english, ...chinese])(
    '$page.file says what comes of it, and what can go wrong',
    ({ page: { text } }) => {
      expect(text).toMatch(/^\*\*(?:What you get:|效果：)\*\*/m);
      expect(text).toMatch(/^## (?:What can go wrong|可能遇到的问题)$/m);
    },
  );

  test.each(['docs/guides.md', 'docs/zh-CN/guides.md'])('%s leads to each of them', (file) => {
    const names = english.map(({ name }) => name).filter((name) => name !== '');
    const listed = [...(byFile.get(file)?.text ?? '').matchAll(/\(guides\/([\w-]+)\.md\)/g)];

    expect(listed.map(([, name = '']) => name).sort()).toEqual([...names].sort());
    expect(names.length).toBeGreaterThan(8);
  });

  test('the campaign of a QR code is the example, and takes at most 45 lines as its page says', () => {
    const campaign = english.find(({ name }) => name === 'campaign');
    const account = campaign?.files.get('functions/callback/account.ts');
    expect(account).toBe(readFileSync(path.join(root, 'examples/accounts/campaign.ts'), 'utf8'));

    const written = fencesOf(campaign?.page as Page).filter(({ language }) => language !== 'chat');
    const lines = written.flatMap(({ code }) => code.split('\n')).filter((line) => line !== '');

    expect(lines.length).toBeLessThanOrEqual(45);
    for (const { page } of [...english, ...chinese].filter(({ name }) => name === 'campaign')) {
      expect(page.text).toMatch(new RegExp(`\\b${lines.length} (?:lines|行)`));
    }
  });
});
