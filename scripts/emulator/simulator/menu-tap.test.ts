import { describe, expect, test } from '@jest/globals';
import type { LeafButton } from '../../../shared/wechat/catalogue/menu.ts';
import { buttonAt, type TapChoices, tap } from './menu-tap.ts';

const tapped = (button: LeafButton, choices: TapChoices = {}) =>
  tap('oAlice', { button, menuid: 7 }, choices);
const place = { latitude: 23.1, longitude: 113.3, label: '广州塔' };

describe('a tap on a menu button', () => {
  test.each<[LeafButton, TapChoices, string[]]>([
    [{ type: 'click', name: 'n', key: 'K' }, {}, ['CLICK']],
    [{ type: 'view', name: 'n', url: 'https://a.b/' }, {}, ['VIEW']],
    [
      { type: 'miniprogram', name: 'n', url: 'https://a.b/', appid: 'wx', pagepath: 'p' },
      {},
      ['view_miniprogram'],
    ],
    [
      { type: 'scancode_waitmsg', name: 'n', key: 'K' },
      { scan: { type: 'qrcode', result: 'r' } },
      ['scancode_waitmsg'],
    ],
    [
      { type: 'pic_photo_or_album', name: 'n', key: 'K' },
      { pictures: ['a', 'b'] },
      ['pic_photo_or_album', 'image', 'image'],
    ],
    [{ type: 'location_select', name: 'n', key: 'K' }, { place }, ['location_select', 'location']],
    [{ type: 'media_id', name: 'n', media_id: 'm' }, {}, []],
    [{ type: 'article_view_limited', name: 'n', article_id: 'a' }, {}, []],
  ])('%j pushes what WeChat pushes', (button, choices, expected) => {
    const names = tapped(button, choices).pushes.map((push) =>
      push.type === 'event' ? push.Event : push.type,
    );

    expect(names).toEqual(expected);
  });

  test('pages open, and a scanned address does, unless the account is waited for', () => {
    const scan = { type: 'qrcode', result: 'https://c.d/' } as const;
    const key = { name: 'n', key: 'K' };

    expect(tapped({ type: 'view', name: 'n', url: 'https://a.b/' }).opens).toBe('https://a.b/');
    expect(tapped({ type: 'scancode_push', ...key }, { scan }).opens).toBe('https://c.d/');
    expect(tapped({ type: 'scancode_waitmsg', ...key }, { scan }).opens).toBeUndefined();
  });

  test('material is shown without asking the account', () => {
    expect(tapped({ type: 'media_id', name: 'n', media_id: 'm' })).toEqual({
      pushes: [],
      shown: { type: 'image', mediaId: 'm', url: 'emulator/media/m' },
    });
  });

  test('what a button needs is named, and so is a place where there is none', () => {
    expect(() => tapped({ type: 'location_select', name: 'n', key: 'K' })).toThrow('"place"');
    const leaf = { type: 'click', name: 'n', key: 'K' } as const;
    const menu = [leaf, { name: 'n', sub_button: [leaf] }];
    expect(buttonAt(menu, [1, 0])).toBe(leaf);
    for (const index of [[1], [0, 0], [1, 1], [2]]) {
      expect(() => buttonAt(menu, index)).toThrow('no button');
    }
  });
});
