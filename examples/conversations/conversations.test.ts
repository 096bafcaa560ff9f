import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { account } from '../../functions/callback/account.ts';
import { type Conversation, replay } from '../../shared/index.ts';

const folder = import.meta.dirname;

/** Every chat that was recorded here goes as it went then. */
test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', async (name) => {
  const recorded = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Conversation;

  expect(await replay(account, recorded)).toEqual(recorded);
});
