import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './qr-scenes.ts';

test('greets a new follower, and names the scene that brought them', async () => {
  expect(await talk(account, { type: 'event', event: 'subscribe' })).toMatchObject({
    content: '欢迎！ Welcome!',
  });
  expect(await talk(account, { type: 'event', event: 'subscribe', key: 'shop' })).toMatchObject({
    content: expect.stringContaining('"shop"'),
  });
});

test('knows a scan by its scene', async () => {
  const scan = (key: string) => talk(account, { type: 'event', event: 'SCAN', key });

  expect(await scan('table-7')).toMatchObject({ content: 'You are at table 7.' });
  expect(await scan('door')).toMatchObject({ content: 'You scanned "door".' });
});

test('has nothing to say to a follower who has left', async () => {
  expect(await talk(account, { type: 'event', event: 'unsubscribe' })).toBeUndefined();
});
