import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { menuSchema } from '../menu/menu-schema.ts';
import {
  buttonTypes,
  editedMenu,
  fieldsOf,
  menuToPublish,
  movedTo,
  nextList,
} from './page/pages/menu/edited-menu.ts';

const valid = {
  key: 'SONG',
  url: 'https://example.com/',
  appid: 'wx0123456789abcdef',
  pagepath: 'pages/index',
  media_id: 'MEDIA',
  article_id: 'ARTICLE',
} as const;

const leaf = fc
  .tuple(fc.constantFrom(...buttonTypes), fc.constantFrom('歌', 'More', 'c'))
  .map(([type, name]) => {
    const fields = fieldsOf[type].map((field) => [field, valid[field]] as const);
    return { type, name, ...Object.fromEntries(fields) };
  });
const parent = fc.record({
  name: fc.constantFrom('菜单', 'd'),
  sub_button: fc.array(leaf, { minLength: 1, maxLength: 5 }),
});
const menu = fc.record({
  button: fc.array(fc.oneof(leaf, parent), { minLength: 1, maxLength: 3 }),
});

/** As `menu current` wraps the lists. */
function wrapped(buttons: readonly object[]): readonly object[] {
  return buttons.map((button) =>
    'sub_button' in button
      ? { ...button, sub_button: { list: button.sub_button } }
      : { ...button, sub_button: { list: [] } },
  );
}

test('the form asks for the fields that the room of menus takes, for every type', () => {
  for (const type of buttonTypes) {
    const fields = fieldsOf[type].map((field) => [field, valid[field]] as const);
    const button = { type, name: 'A', ...Object.fromEntries(fields) };

    expect(v.safeParse(menuSchema, { button: [button] }).issues).toBeUndefined();
    for (const [field] of fields) {
      const { [field]: _, ...without } = button as Readonly<Record<string, string>>;
      expect(v.safeParse(menuSchema, { button: [without] }).success).toBe(false);
    }
  }
});

test('a menu that nobody has changed is published as it was given', () => {
  fc.assert(
    fc.property(menu, (given) => {
      const edited = editedMenu(given.button as Parameters<typeof editedMenu>[0]);

      expect(menuToPublish(edited)).toEqual(given);
    }),
  );
});

test('a menu in the wrapping of `menu current` is read as the same', () => {
  fc.assert(
    fc.property(menu, ({ button }) => {
      const edited = editedMenu(wrapped(button) as Parameters<typeof editedMenu>[0]);

      expect(menuToPublish(edited)).toEqual({ button });
    }),
  );
});

test('another type keeps what was typed in the draft, and publishes only its own fields', () => {
  const [song] = editedMenu([{ type: 'click', name: '歌', key: 'SONG' }]);
  const page = { ...song, type: 'view', fields: { ...song?.fields, url: valid.url } };

  const asView = menuToPublish([{ name: '', below: [], ...page }]);
  const asClick = menuToPublish([{ name: '', below: [], ...page, type: 'click' }]);

  expect(asView).toEqual({ button: [{ type: 'view', name: '歌', url: valid.url }] });
  expect(asClick).toEqual({ button: [{ type: 'click', name: '歌', key: 'SONG' }] });
});

describe('moving', () => {
  const names = (buttons: ReturnType<typeof editedMenu>) => buttons.map(({ name }) => name);
  const top = editedMenu(['a', 'b', 'c'].map((name) => ({ type: 'click', name, key: name })));
  const list = (name: string, below = top) => ({ name, type: 'list', fields: {}, below });
  const lists = [list('x'), list('y', top.slice(0, 1)), ...top.slice(0, 1)];
  const full = [list('x'), list('y', [...top, ...top].slice(0, 5))];

  test('there and back leaves a menu as it was, and the ends stay', () => {
    expect(names(movedTo(top, [0], [2]))).toEqual(['b', 'c', 'a']);
    expect(movedTo(movedTo(top, [0], [1]), [1], [0])).toEqual(top);
    for (const nowhere of [[-1], [3], [0, 0]] as const) {
      expect(movedTo(top, [0], nowhere)).toBe(top);
    }
    expect(names(movedTo([list('x')], [0, 2], [0, 1])[0]?.below ?? [])).toEqual(['a', 'c', 'b']);
  });

  test('from list to list, as long as there is room', () => {
    const next = movedTo(lists, [0, 1], [1, 1]);

    expect(next.map(({ below }) => names(below))).toEqual([['a', 'c'], ['a', 'b'], []]);
    for (const nowhere of [[1, 2], [2, 0], [3, 0], [1]] as const) {
      expect(movedTo(lists, [0, 1], nowhere)).toBe(lists);
    }
    expect(movedTo(full, [0, 1], [1, 5])).toBe(full);
  });

  test('by keys finds the next list that has room', () => {
    expect(nextList(lists, [0, 1], 1)).toEqual([1, 1]);
    expect(nextList(lists, [1, 0], -1)).toEqual([0, 3]);
    expect(nextList(lists, [1, 0], 1)).toBeUndefined();
    expect(nextList(lists, [0], 1)).toBeUndefined();
    expect(nextList(full, [0, 1], 1)).toBeUndefined();
  });
});
