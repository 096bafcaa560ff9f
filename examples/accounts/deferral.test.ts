import { expect, test } from '@jest/globals';
import { replay, talk } from '../../shared/index.ts';
import { account } from './deferral.ts';

const at = Date.UTC(2026, 0, 1);
const say = (content: string) => ({ at, said: { type: 'text', content } as const });

test('sends a second message after the reply', async () => {
  const { turns } = await replay(account, { turns: [{ ...say('more'), reply: null, sent: [] }] });

  expect(turns).toMatchObject([
    {
      reply: { content: expect.stringContaining('还有一条') },
      sent: [{ msgtype: 'text', text: { content: 'Here it is. 来了。' } }],
    },
  ]);
});

test.each([
  ['报告', expect.objectContaining({ content: 'One moment … 请稍候' }), 'All is well.'],
  ['order a taxi', null, 'A taxi comes'],
])('%s is answered by the worker', async (words, reply, late) => {
  const { turns } = await replay(account, { turns: [{ ...say(words), reply: null, sent: [] }] });

  expect(turns).toMatchObject([
    { reply, sent: [{ msgtype: 'text', text: { content: expect.stringContaining(late) } }] },
  ]);
});

test('what must not run twice answers in the response', async () => {
  expect(await talk(account, say('coupon').said)).toMatchObject({ content: 'Your coupon: SPRING' });
});
