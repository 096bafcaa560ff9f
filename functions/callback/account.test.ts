import { describe, expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './account.ts';

/** Your tests. A test needs no server: it says something to the account and looks at the reply. */
describe('account', () => {
  test('greets a new follower', async () => {
    expect(await talk(account, { type: 'event', event: 'subscribe' })).toMatchObject({
      content: expect.stringContaining('欢迎'),
    });
  });

  test('says text and pictures again', async () => {
    expect(await talk(account, { type: 'text', content: '你好' })).toMatchObject({
      content: '你好',
    });
    expect(await talk(account, { type: 'image', mediaId: 'm1' })).toEqual({
      type: 'image',
      mediaId: 'm1',
    });
  });

  test('explains itself', async () => {
    expect(await talk(account, { type: 'text', content: '帮助' })).toMatchObject({
      content: expect.stringContaining('发送文字或图片'),
    });
  });

  test('answers taps on the menu', async () => {
    const tap = (key: string) => talk(account, { type: 'event', event: 'CLICK', key });

    expect(await tap('SUPPORT')).toEqual({ type: 'transfer_customer_service' });
    expect(await tap('NEWS')).toMatchObject({ content: 'You tapped NEWS.' });
  });

  test('has nothing to say to a follower who has left', async () => {
    expect(await talk(account, { type: 'event', event: 'unsubscribe' })).toBeUndefined();
  });
});
