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

/** The menu in which the button at a place has changed places with the one `by` further. */
export function moved(
  buttons: readonly EditedButton[],
  place: ButtonPlace,
  by: -1 | 1,
): readonly EditedButton[] {
  const from = place.at(-1) ?? 0;
  return withSiblings(buttons, place, (siblings) => {
    const [button, other] = [siblings[from], siblings[from + by]];
    if (!button || !other) return siblings;
    return siblings.with(from, other).with(from + by, button);
  });
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
