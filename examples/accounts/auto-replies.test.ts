import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './auto-replies.ts';

test('the program answers before the rules, and what none of them takes', async () => {
  expect(await talk(account, { type: 'text', content: '订单 7' })).toMatchObject({
    content: 'Order 订单 7',
  });
  // In a test there are no rules.
  expect(await talk(account, { type: 'text', content: '营业时间' })).toMatchObject({
    content: 'Sorry? 没听懂。',
  });
});
