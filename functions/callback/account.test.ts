import { describe, expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './account.ts';

describe('account', () => {
  test('greets a new follower, and names the scene of the QR code', async () => {
    expect(await talk(account, { type: 'event', event: 'subscribe' })).toMatchObject({
      content: expect.stringContaining('欢迎'),
    });
    expect(await talk(account, { type: 'event', event: 'subscribe', key: 'shop' })).toMatchObject({
      content: expect.stringContaining('"shop"'),
    });
  });

  test('echoes text, however long', async () => {
    expect(await talk(account, { type: 'text', content: '你问我答' })).toMatchObject({
      content: '你问我答',
    });
    expect(await talk(account, { type: 'text', content: '长'.repeat(2_000) })).toMatchObject({
      content: expect.stringMatching(/^长+…$/),
    });
  });

  test('answers each type of message', async () => {
    const place = { type: 'location', latitude: 23.1, longitude: 113.3, label: 'Pier' } as const;

    expect(await talk(account, { type: 'image', mediaId: 'm1' })).toEqual({
      type: 'image',
      mediaId: 'm1',
    });
    expect(await talk(account, { type: 'voice', mediaId: 'm2' })).toMatchObject({ mediaId: 'm2' });
    expect(await talk(account, { type: 'video', mediaId: 'm3' })).toMatchObject({ type: 'video' });
    expect(await talk(account, place)).toMatchObject({ content: 'Pier (23.1, 113.3)' });
    expect(await talk(account, { type: 'link', title: 'T', url: 'u' })).toMatchObject({
      content: '"T" u',
    });
  });

  test('answers menu clicks by key and by pattern', async () => {
    const click = (key: string) => talk(account, { type: 'event', event: 'CLICK', key });

    expect(await click('SUPPORT')).toEqual({ type: 'transfer_customer_service' });
    expect(await click('NEWS')).toMatchObject({ type: 'news' });
    expect(await click('SONG_7')).toMatchObject({ content: 'Song number 7' });
    expect(await click('OTHER')).toMatchObject({ content: 'You tapped OTHER.' });
  });

  test('looks up an order', async () => {
    expect(await talk(account, { type: 'text', content: 'order 12' })).toMatchObject({
      content: 'Order 12 is on its way.',
    });
  });

  test('sends a second message after the reply', async () => {
    const sent: unknown[] = [];
    const send = async (message: unknown) => {
      sent.push(message);
      return { errcode: 0, errmsg: 'ok' };
    };

    const reply = await talk(
      account,
      { type: 'text', content: 'more', openid: 'oAlice' },
      { api: { customerService: { send } } },
    );

    expect(reply).toMatchObject({ content: expect.stringContaining('还有一条') });
    expect(sent).toMatchObject([{ touser: 'oAlice', msgtype: 'text' }]);
  });

  test('has nothing to say to one who has left', async () => {
    expect(await talk(account, { type: 'event', event: 'unsubscribe' })).toBeUndefined();
  });
});
