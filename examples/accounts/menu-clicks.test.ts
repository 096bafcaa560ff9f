import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './menu-clicks.ts';

test('answers menu clicks by key and by pattern', async () => {
  const click = (key: string) => talk(account, { type: 'event', event: 'CLICK', key });

  expect(await click('SUPPORT')).toEqual({ type: 'transfer_customer_service' });
  expect(await click('NEWS')).toMatchObject({ type: 'news', articles: [{ title: 'Today' }] });
  expect(await click('SONG_7')).toMatchObject({ content: 'Song number 7' });
  expect(await click('OTHER')).toMatchObject({ content: 'You tapped OTHER.' });
});

test('reads what a button scanned', async () => {
  const scanned = {
    type: 'event',
    event: 'scancode_waitmsg',
    key: 'SCAN',
    scan: { type: 'qrcode', result: 'https://example.com/7' },
  } as const;

  expect(await talk(account, scanned)).toMatchObject({
    content: 'The code says: https://example.com/7',
  });
});
