import { expect, test } from '@jest/globals';
import { talk } from '../../shared/index.ts';
import { account } from './image-exchange.ts';

test('gives back pictures, voices and videos', async () => {
  expect(await talk(account, { type: 'image', mediaId: 'm1' })).toEqual({
    type: 'image',
    mediaId: 'm1',
  });
  expect(await talk(account, { type: 'voice', mediaId: 'm2' })).toMatchObject({ mediaId: 'm2' });
  expect(await talk(account, { type: 'shortvideo', mediaId: 'm3' })).toMatchObject({
    type: 'video',
    mediaId: 'm3',
  });
});

test('writes down what was said, where speech recognition is on', async () => {
  const said = { type: 'voice', mediaId: 'm2', recognition: '今天天气' } as const;

  expect(await talk(account, said)).toMatchObject({ type: 'text', content: '今天天气' });
});

test('tells places and links in words', async () => {
  const place = { type: 'location', latitude: 23.1, longitude: 113.3, label: 'Pier' } as const;

  expect(await talk(account, place)).toMatchObject({ content: 'Pier (23.1, 113.3)' });
  expect(await talk(account, { type: 'link', title: 'T', url: 'u' })).toMatchObject({
    content: '"T" u',
  });
});
