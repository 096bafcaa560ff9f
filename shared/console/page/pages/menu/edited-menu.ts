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

/**
 * The menu in which a button stands at another place of its list, or at one in the list of another
 * button. Where there is no such place, it is the same menu.
 */
export function movedTo(
  buttons: readonly EditedButton[],
  from: ButtonPlace,
  to: ButtonPlace,
): readonly EditedButton[] {
  const button = buttonAt(buttons, from);
  const [first, second] = [from.at(-1) ?? 0, to.at(-1) ?? 0];
  const list = siblingsOf(buttons, to);
  const isSameList = from.length === to.length && (to.length === 1 || from[0] === to[0]);
  const isFree = isSameList
    ? second !== first && second >= 0 && second < list.length
    : isFreePlace(buttons, from, to);
  if (!button || !isFree) return buttons;
  const without = withSiblings(buttons, from, (siblings) => siblings.toSpliced(first, 1));
  return withSiblings(without, to, (siblings) => siblings.toSpliced(second, 0, button));
}

/** Whether a button from one list can stand in another. */
function isFreePlace(
  buttons: readonly EditedButton[],
  from: ButtonPlace,
  [parent, index]: ButtonPlace,
): boolean {
  const { type, below } = buttons[parent] ?? newButton;
  if (from.length === 1 || index === undefined || type !== 'list') return false;
  return below.length < menuLimits.subButtons && index >= 0 && index <= below.length;
}

/** The end of the next list on one side that has room for a button from another list. */
export function nextList(
  buttons: readonly EditedButton[],
  [first, second]: ButtonPlace,
  by: -1 | 1,
): ButtonPlace | undefined {
  if (second === undefined) return undefined;
  for (let at = first + by; at >= 0 && at < buttons.length; at += by) {
    const to = [at, buttons[at]?.below.length ?? 0] as const;
    if (isFreePlace(buttons, [first, second], to)) return to;
  }
  return undefined;
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
