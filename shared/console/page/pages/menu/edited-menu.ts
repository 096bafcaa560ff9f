import { menuLimits } from '../../../../menu/limits.ts';
import type { CurrentButton, GivenMenu, LeafButton } from '../../../../wechat/catalogue/menu.ts';

/** What a button holds beside its name. */
export type ButtonField = 'key' | 'url' | 'appid' | 'pagepath' | 'media_id' | 'article_id';

/** The fields of a button by what it does, in the order in which they are asked for. */
export const fieldsOf = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['appid', 'pagepath', 'url'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
} as const satisfies Record<LeafButton['type'], readonly ButtonField[]>;

export const buttonTypes = Object.keys(fieldsOf) as readonly LeafButton['type'][];

/** WeChat's limits in bytes of UTF-8; the other fields have none. */
export const fieldBytes: Readonly<Partial<Record<ButtonField, number>>> = {
  key: menuLimits.keyBytes,
  url: menuLimits.urlBytes,
  media_id: menuLimits.mediaIdBytes,
};

/**
 * A button while it is edited. It keeps what was typed for other types and the buttons below it, so that
 * trying another type loses nothing; only what its type takes is published.
 */
export interface EditedButton {
  readonly name: string;
  /** `list` opens the buttons below it; any other text may be a type that only mp.weixin.qq.com makes. */
  readonly type: string;
  readonly fields: Readonly<Partial<Record<ButtonField, string>>>;
  readonly below: readonly EditedButton[];
}

/** Which button: `[1]`, or `[1, 0]` for the first below the second. */
export type ButtonPlace = readonly [number] | readonly [number, number];

export const newButton: EditedButton = { name: '', type: 'click', fields: {}, below: [] };

export function isButtonType(type: string): type is LeafButton['type'] {
  return Object.hasOwn(fieldsOf, type);
}

/** A menu as WeChat gives it, made by the API or on mp.weixin.qq.com. */
export function editedMenu(
  buttons: GivenMenu['button'] | readonly CurrentButton[],
): readonly EditedButton[] {
  return buttons.map((button) => {
    const given = button as CurrentButton & Readonly<Partial<Record<ButtonField, string>>>;
    const { name, type = 'list', sub_button: below = [] } = given;
    const fields = Object.fromEntries(
      Object.values(fieldsOf)
        .flat()
        .flatMap((field) => (given[field] ? [[field, given[field]]] : [])),
    );
    return { name, type, fields, below: editedMenu('list' in below ? below.list : below) };
  });
}

/** As `menu create` takes it, which judges it: it may break WeChat's rules. */
export function menuToPublish(buttons: readonly EditedButton[]): { readonly button: unknown } {
  return { button: buttons.map(published) };
}

function published({ name, type, fields, below }: EditedButton): object {
  if (type === 'list') return { name, sub_button: below.map(published) };
  const own = isButtonType(type) ? fieldsOf[type] : [];
  return { name, type, ...Object.fromEntries(own.map((field) => [field, fields[field] ?? ''])) };
}

export function buttonAt(
  buttons: readonly EditedButton[],
  [first, second]: ButtonPlace,
): EditedButton | undefined {
  return second === undefined ? buttons[first] : buttons[first]?.below[second];
}

/** The buttons beside the one at a place, itself among them. */
export function siblingsOf(
  buttons: readonly EditedButton[],
  place: ButtonPlace,
): readonly EditedButton[] {
  return place.length === 1 ? buttons : (buttons[place[0]]?.below ?? []);
}

/** The menu with other buttons in the list in which a place is. */
export function withSiblings(
  buttons: readonly EditedButton[],
  place: ButtonPlace,
  change: (siblings: readonly EditedButton[]) => readonly EditedButton[],
): readonly EditedButton[] {
  if (place.length === 1) return change(buttons);
  return buttons.map((button, index) =>
    index === place[0] ? { ...button, below: change(button.below) } : button,
  );
}

/** The place that is `by` further in the same list. */
export function beside(place: ButtonPlace, by: number): ButtonPlace {
  return place.length === 1 ? [place[0] + by] : [place[0], place[1] + by];
}

/** A menu in which a button was moved, and where it stands there. */
export interface MovedButton {
  readonly buttons: readonly EditedButton[];
  readonly place: ButtonPlace;
}

/**
 * Moves a button along its list, into that of another button, or from a list onto the bar; `to` is a place
 * of the menu as it was. `undefined` where WeChat has no room for it.
 */
export function moved(
  buttons: readonly EditedButton[],
  from: ButtonPlace,
  to: ButtonPlace,
): MovedButton | undefined {
  const button = buttonAt(buttons, from);
  if (!button || !isFree(buttons, from, to)) return undefined;
  const place = to.length === 1 ? to : ([barIndexAfter(to[0], from, to), to[1]] as const);
  const without = withSiblings(buttons, from, (all) => all.toSpliced(from.at(-1) ?? 0, 1));
  const within = withSiblings(without, place, (all) => all.toSpliced(place.at(-1) ?? 0, 0, button));
  return { buttons: within, place };
}

/** Where a button of the bar stands after another was moved. */
export function barIndexAfter(index: number, from: ButtonPlace, to: ButtonPlace): number {
  const left = from.length === 1 && from[0] < index ? index - 1 : index;
  return to.length === 1 && to[0] <= left ? left + 1 : left;
}

export function isSameList(one: ButtonPlace, other: ButtonPlace): boolean {
  return one.length === other.length && (one.length === 1 || one[0] === other[0]);
}

function isFree(buttons: readonly EditedButton[], from: ButtonPlace, to: ButtonPlace): boolean {
  const there = siblingsOf(buttons, to).length;
  const index = to.at(-1) ?? 0;
  if (isSameList(from, to)) return index !== from.at(-1) && index >= 0 && index < there;
  if (index < 0 || index > there) return false;
  if (to.length === 1) return there < menuLimits.buttons;
  // What opens a list cannot stand in one.
  const areRight = buttons[to[0]]?.type === 'list' && buttonAt(buttons, from)?.type !== 'list';
  return areRight && there < menuLimits.subButtons;
}

/** The end of the next list on one side that has room for a button from another list. */
export function nextList(
  buttons: readonly EditedButton[],
  from: ButtonPlace,
  by: -1 | 1,
): ButtonPlace | undefined {
  for (let at = from[0] + by; at >= 0 && at < buttons.length; at += by) {
    const to = endOf(buttons, at);
    if (isFree(buttons, from, to)) return to;
  }
  return undefined;
}

/**
 * Where a button goes between the bar and the lists, if there is room: from a list to the right of its
 * button, from the bar into the nearest list. To go and to come back leaves it where it was.
 */
export function acrossFrom(
  buttons: readonly EditedButton[],
  from: ButtonPlace,
): ButtonPlace | undefined {
  const [first] = from;
  if (from.length === 2) return [[first + 1] as const].find((to) => isFree(buttons, from, to));
  const far = (at: number) => Math.abs(at - first);
  return [...buttons.keys()]
    .sort((a, b) => far(a) - far(b) || a - b)
    .map((at) => endOf(buttons, at))
    .find((to) => isFree(buttons, from, to));
}

function endOf(buttons: readonly EditedButton[], at: number): ButtonPlace {
  return [at, buttons[at]?.below.length ?? 0];
}
