import { expect, test } from '@jest/globals';
import { defer } from './defer.ts';
import { Router } from './router.ts';
import { talk } from './talk.ts';

test('in a test of an account the handler runs at once', async () => {
  const account = new Router().text(
    /^report (\d+)/,
    defer((ctx) => ctx.reply(ctx.match[1] ?? '')),
  );

  expect(await talk(account, { type: 'text', content: 'report 7' })).toEqual({
    type: 'text',
    content: '7',
  });
});
