import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../project/write-files.ts';
import { references } from './references.ts';

const root = path.resolve(import.meta.dirname, '../..');

process.exitCode = await writeFiles(process.argv.slice(2), {
  root,
  command: 'npm run docs',
  about: `Writes the reference pages of docs/ and docs/zh-CN/ anew: what an account imports, as it is
declared; actions from the schemas of the functions; messages and events from shared/wechat/message;
endpoints from the catalogue. From there too the names of what ctx.api can call, and its types with
WeChat's page of each.`,
  files: async () =>
    Object.entries(references()).map(([name, shouldBe]) => ({ name, is: read(name), shouldBe })),
  allCurrent: 'All reference pages are current.',
});

function read(name: string): string | undefined {
  const file = path.join(root, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
