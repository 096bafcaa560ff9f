import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type Conversation, type Router, replay } from '../../shared/index.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** Every chat that was recorded here, with the example account of its name, goes as it went then. */
test.each(names)('%s', async (name) => {
  const recorded = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Conversation;
  const example = `../accounts/${path.basename(name, '.json')}.ts`;
  const { account } = (await import(example)) as { readonly account: Router };

  expect(await replay(account, recorded)).toEqual(recorded);
});
