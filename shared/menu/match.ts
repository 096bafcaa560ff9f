/** The parts of a button that are compared: it comes from WeChat, the console or the caller. */
export interface AnyButton {
  readonly name: string;
  readonly type?: string;
  readonly sub_button?: readonly AnyButton[];
}

/** One button of a menu and where it stands. */
export interface MenuItem {
  /** Such as `button[1].sub_button[2]`. */
  readonly at: string;
  readonly parent: MenuItem | undefined;
  readonly index: number;
  readonly button: AnyButton;
  /** Its texts, by which two buttons differ: name, type, key, url … */
  readonly fields: Readonly<Record<string, string>>;
  /** What a tap on it does; empty if it opens other buttons. */
  readonly action: string;
}

/** The same button in two menus. */
export interface Pair {
  readonly before: MenuItem;
  readonly after: MenuItem;
  /** Whether it stands under another button or passed a sibling, and was not merely pushed along. */
  readonly isMoved: boolean;
}

export function itemsOf(buttons: readonly AnyButton[], parent?: MenuItem): MenuItem[] {
  return buttons.flatMap((button, index) => {
    const list = parent ? `${parent.at}.sub_button` : 'button';
    const fields = fieldsOf(button);
    const { name: _, ...action } = fields;
    const item = {
      at: `${list}[${index}]`,
      parent,
      index,
      button,
      fields,
      action: Object.keys(action).length === 0 ? '' : JSON.stringify(Object.entries(action).sort()),
    };
    return [item, ...itemsOf(button.sub_button ?? [], item)];
  });
}

/** The texts of a button, by which two buttons differ. */
export function fieldsOf(button: AnyButton): Record<string, string> {
  return Object.fromEntries(
    Object.entries(button).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && entry[1] !== '';
    }),
  );
}

type Rule = (before: MenuItem, after: MenuItem, pairOf: ReadonlyMap<MenuItem, MenuItem>) => boolean;

const isSame: Rule = (a, b) => a.button.name === b.button.name && a.action === b.action;
const isSibling: Rule = (a, b, pairOf) => {
  return b.parent === undefined ? a.parent === undefined : pairOf.get(b.parent) === a.parent;
};
const isKind: Rule = (a, b) => (a.action === '') === (b.action === '');

/** From the surest sign that two are the same button to the faintest. */
const rules: readonly Rule[] = [
  (a, b) => isSame(a, b, noPairs) && a.at === b.at,
  (a, b, pairs) => isSame(a, b, pairs) && isSibling(a, b, pairs),
  (a, b, pairs) => isSame(a, b, pairs),
  (a, b, pairs) => a.button.name === b.button.name && isSibling(a, b, pairs),
  (a, b, pairs) => a.action !== '' && a.action === b.action && isSibling(a, b, pairs),
  (a, b, pairs) => a.button.name === b.button.name && isKind(a, b, pairs),
  (a, b) => a.action === '' && b.action === '' && a.at === b.at,
];
const noPairs: ReadonlyMap<MenuItem, MenuItem> = new Map();

/** Finds the buttons of one menu in the other. */
export function match(before: readonly MenuItem[], after: readonly MenuItem[]): readonly Pair[] {
  const pairOf = new Map<MenuItem, MenuItem>();
  const free = new Set(before);
  for (const rule of rules) {
    for (const item of after.filter((each) => !pairOf.has(each))) {
      const found = [...free].find((candidate) => rule(candidate, item, pairOf));
      if (!found) continue;
      pairOf.set(item, found);
      free.delete(found);
    }
  }
  const unmoved = stayed(after, pairOf);
  return after.flatMap((item) => {
    const found = pairOf.get(item);
    return found ? [{ before: found, after: item, isMoved: !unmoved.has(item) }] : [];
  });
}

/** In each list the largest set of buttons that kept their order; only the others were moved. */
function stayed(
  after: readonly MenuItem[],
  pairOf: ReadonlyMap<MenuItem, MenuItem>,
): ReadonlySet<MenuItem> {
  const lists = new Map<MenuItem | undefined, MenuItem[]>();
  for (const item of after) {
    const found = pairOf.get(item);
    if (!found || !isSibling(found, item, pairOf)) continue;
    lists.set(item.parent, [...(lists.get(item.parent) ?? []), item]);
  }
  const indexOf = (item: MenuItem) => pairOf.get(item)?.index ?? 0;
  return new Set([...lists.values()].flatMap((list) => longestRising(list, indexOf)));
}

/** Tries every subset: a list has at most five buttons. */
function longestRising(list: readonly MenuItem[], indexOf: (item: MenuItem) => number): MenuItem[] {
  const [first, ...rest] = list;
  if (!first) return [];
  const without = longestRising(rest, indexOf);
  const later = rest.filter((item) => indexOf(item) > indexOf(first));
  const with_ = [first, ...longestRising(later, indexOf)];
  return with_.length >= without.length ? with_ : without;
}
