import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LanguageServer } from '../testing/tools/language-server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'hover-'));
const file = path.join(folder, 'account.ts');
const source = `import { Router } from '${root}/shared/index.ts';
export const account = new Router().on('text', async (ctx) => {
  await ctx.api.menu.create({ button: [] });
  await ctx.api.customerService.listAgents();
  await ctx.api.itemCode.getByTicket({ openid: '', code_ticket: '' });
});
`;
let server: LanguageServer;

beforeAll(async () => {
  const options = { extends: path.join(root, 'tsconfig.json'), include: ['account.ts'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(options));
  writeFileSync(file, source);
  server = new LanguageServer();
  await server.open(file, source);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What an editor shows at a word. */
function hoverAt(word: string): Promise<string> {
  const lines = source.split('\n');
  const line = lines.findIndex((each) => each.includes(word));
  return server.hover(file, { line, character: lines[line]?.indexOf(word) ?? -1 });
}

test('an editor shows at a method of ctx.api what it does, and the page of WeChat', async () => {
  const shown = await hoverAt('create(');

  expect(shown).toContain('(request: GivenMenu, options?: CallOptions) => Promise<Done>');
  expect(shown).toContain('Replaces the default menu.');
  expect(shown).toContain(
    'https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html',
  );
});

test('one with several words in the name of its area, and one that an account applies for', async () => {
  expect(await hoverAt('listAgents')).toContain('All agents of the account.');
  expect(await hoverAt('getByTicket')).toContain('Which code a follower scanned');
});
