import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './echo.ts';

test('greets, and says each text again, however long', async () => {
  expect(await talk(account, { type: 'event', event: 'subscribe' })).toMatchObject({
    content: expect.stringContaining('欢迎'),
  });
  expect(await talk(account, { type: 'text', content: '你问我答' })).toMatchObject({
    content: '你问我答',
  });
  expect(await talk(account, { type: 'text', content: '长'.repeat(2_000) })).toMatchObject({
    content: expect.stringMatching(/^长+…$/),
  });
});
