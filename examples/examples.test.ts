import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { readOptions } from '../scripts/invoke/options.ts';
import { autoRepliesSchema } from '../shared/auto-replies/rule.ts';
import { requests as massSend } from '../shared/mass-send/index.ts';
import { articlesSchema } from '../shared/material/article-schema.ts';
import { requests } from '../shared/material/requests.ts';
import { conditionalMenuSchema, menuSchema } from '../shared/menu/menu-schema.ts';

const schemas: Readonly<Record<string, v.GenericSchema>> = {
  'menu.json': menuSchema,
  'conditional-menu.json': conditionalMenuSchema,
  'auto-replies.json': v.strictObject({ rules: autoRepliesSchema, revision: v.null() }),
  'image.json': requests.add,
  'draft.json': articlesSchema,
  'mass-send.json': massSend.submit,
};

const folder = import.meta.dirname;

test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s is valid', (name) => {
  const file = path.relative(process.cwd(), path.join(folder, name));
  const options = readOptions(['material', 'any', `@${file}`], ['material']);
  const payload = 'event' in options ? options.event.payload : undefined;
  const schema = schemas[name];

  expect(schema && v.safeParse(schema, payload).issues).toBeUndefined();
  expect(schema).toBeDefined();
});
