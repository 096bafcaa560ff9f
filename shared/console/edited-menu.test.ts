import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { menuSchema } from '../menu/menu-schema.ts';
import {
  acrossFrom,
  type ButtonPlace,
  buttonAt,
  buttonTypes,
  editedMenu,
  fieldsOf,
  menuToPublish,
  moved,
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
  type Buttons = ReturnType<typeof editedMenu>;
  const names = (buttons: Buttons = []) => buttons.map(({ name }) => name);
  const top = editedMenu(['a', 'b', 'c'].map((name) => ({ type: 'click', name, key: name })));
  const list = (name: string, below = top) => ({ name, type: 'list', fields: {}, below });
  const lists = [list('x'), list('y', top.slice(0, 1)), ...top.slice(0, 1)];
  const full = [list('x'), list('y', [...top, ...top].slice(0, 5))];

  test('there and back leaves a menu as it was, and the ends stay', () => {
    expect(names(moved(top, [0], [2])?.buttons)).toEqual(['b', 'c', 'a']);
    const next = moved(top, [0], [1]);
    expect(next && moved(next.buttons, next.place, [0])?.buttons).toEqual(top);
    for (const nowhere of [[-1], [0], [3], [0, 0]] as const) {
      expect(moved(top, [0], nowhere)).toBeUndefined();
    }
    const within = moved([list('x')], [0, 2], [0, 1]);
    expect(names(within?.buttons[0]?.below)).toEqual(['a', 'c', 'b']);
  });

  test('from list to list, as long as there is room', () => {
    const next = moved(lists, [0, 1], [1, 1]);

    expect(next?.place).toEqual([1, 1]);
    expect(next?.buttons.map(({ below }) => names(below))).toEqual([['a', 'c'], ['a', 'b'], []]);
    for (const nowhere of [[1, 2], [2, 0], [3, 0], [1]] as const) {
      expect(moved(lists, [0, 1], nowhere)).toBeUndefined();
    }
    expect(moved(full, [0, 1], [1, 5])).toBeUndefined();
  });

  test('from the bar into a list, which may stand further left then, and never a list into a list', () => {
    const bar = [...top.slice(0, 1), list('x'), list('y', [])];

    expect(moved(bar, [0], [1, 1])).toMatchObject({
      place: [0, 1],
      buttons: [
        { name: 'x', below: [{ name: 'a' }, { name: 'a' }, { name: 'b' }, { name: 'c' }] },
        { name: 'y' },
      ],
    });
    expect(moved(bar, [0], [2, 0])).toMatchObject({ place: [1, 0] });
    expect(moved(bar, [2], [1, 0])).toBeUndefined();
    expect(moved([...full, ...top.slice(0, 1)], [2], [1, 0])).toBeUndefined();
  });

  test('from a list to any place of the bar, as long as that has room', () => {
    for (const at of [0, 1, 2]) {
      const next = moved(full, [0, 1], [at]);

      expect(next?.place).toEqual([at]);
      expect(names(next?.buttons)).toEqual(['x', 'y'].toSpliced(at, 0, 'b'));
    }
    expect(moved(full, [0, 1], [3])).toBeUndefined();
    expect(moved(lists, [0, 1], [0])).toBeUndefined();
  });

  test('nothing is lost or doubled, and the place is that of the button, wherever it goes', () => {
    const place = fc.oneof(
      fc.tuple(fc.nat(3)),
      fc.tuple(fc.nat(3), fc.nat(5)),
    ) as fc.Arbitrary<ButtonPlace>;
    const all = (buttons: Buttons): string[] =>
      buttons.flatMap(({ name, below }) => [name, ...all(below)]).sort();
    fc.assert(
      fc.property(menu, place, place, (given, from, to) => {
        const buttons = editedMenu(given.button as Parameters<typeof editedMenu>[0]);
        const next = moved(buttons, from, to);

        if (!next) return;
        expect(buttonAt(next.buttons, next.place)).toBe(buttonAt(buttons, from));
        expect(all(next.buttons)).toEqual(all(buttons));
        expect(next.buttons.length).toBeLessThanOrEqual(3);
        for (const { below } of next.buttons) expect(below.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('by keys finds the next list that has room', () => {
    expect(nextList(lists, [0, 1], 1)).toEqual([1, 1]);
    expect(nextList(lists, [1, 0], -1)).toEqual([0, 3]);
    expect(nextList(lists, [1, 0], 1)).toBeUndefined();
    expect(nextList(lists, [0], 1)).toBeUndefined();
    expect(nextList(full, [0, 1], 1)).toBeUndefined();
  });

  test('by keys goes down to the bar and up to where it was, or to the nearest list with room', () => {
    const [x, y, a] = [list('x'), list('y', []), ...top];
    if (!a) throw new Error('The first button is missing.');
    const down = acrossFrom([x, y], [0, 2]);

    expect(down).toEqual([1]);
    const next = down && moved([x, y], [0, 2], down);
    expect(next && acrossFrom(next.buttons, next.place)).toEqual([0, 2]);
    expect(acrossFrom([a, y, x], [0])).toEqual([1, 0]);
    expect(acrossFrom([...full, a], [2])).toEqual([0, 3]);
    expect(acrossFrom([...full.slice(1), a], [1])).toBeUndefined();
    expect(acrossFrom([x, y, a], [0, 0])).toBeUndefined();
    expect(acrossFrom([x, y], [0])).toBeUndefined();
  });
});
