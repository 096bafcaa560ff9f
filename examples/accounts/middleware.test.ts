import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './middleware.ts';

test('an inner router answers first, and what nothing takes is asked again', async () => {
  const say = (content: string) => talk(account, { type: 'text', content });

  expect(await say('营业时间')).toMatchObject({ content: '9:00–18:00' });
  expect(await say('address')).toMatchObject({ content: expect.stringContaining('外滩') });
  expect(await say('?')).toMatchObject({ content: expect.stringContaining('Sorry?') });
});
