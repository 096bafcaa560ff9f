/** The parts of a button that are compared: it comes from WeChat, the console or the caller. */
export interface AnyButton {
  readonly name: string;
  readonly type?: string;
  readonly sub_button?: readonly AnyButton[];
}

/** One button of a menu and where it stands. */
export interface ButtonPosition {
  /** Such as `button[1].sub_button[2]`. */
  readonly at: string;
  readonly parent: ButtonPosition | undefined;
  readonly index: number;
  readonly button: AnyButton;
  /** Its texts, by which two buttons differ: name, type, key, url … */
  readonly fields: Readonly<Record<string, string>>;
  /** What a tap on it does; empty if it opens other buttons. */
  readonly action: string;
}

/** The same button in two menus. */
export interface ButtonPair {
  readonly before: ButtonPosition;
  readonly after: ButtonPosition;
  /** Whether it stands under another button or passed a sibling, and was not merely pushed along. */
  readonly isMoved: boolean;
}

export function positionsOf(
  buttons: readonly AnyButton[],
  parent?: ButtonPosition,
): ButtonPosition[] {
  return buttons.flatMap((button, index) => {
    const list = parent ? `${parent.at}.sub_button` : 'button';
    const fields = fieldsOf(button);
    const { name: _, ...action } = fields;
    const place = {
      at: `${list}[${index}]`,
      parent,
      index,
      button,
      fields,
      action: Object.keys(action).length === 0 ? '' : JSON.stringify(Object.entries(action).sort()),
    };
    return [place, ...positionsOf(button.sub_button ?? [], place)];
  });
}

function fieldsOf(button: AnyButton): Record<string, string> {
  return Object.fromEntries(
    Object.entries(button).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && entry[1] !== '';
    }),
  );
}

type Rule = (
  before: ButtonPosition,
  after: ButtonPosition,
  pairOf: ReadonlyMap<ButtonPosition, ButtonPosition>,
) => boolean;

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
const noPairs: ReadonlyMap<ButtonPosition, ButtonPosition> = new Map();

/** Finds the buttons of one menu in the other. */
export function match(
  before: readonly ButtonPosition[],
  after: readonly ButtonPosition[],
): readonly ButtonPair[] {
  const pairOf = new Map<ButtonPosition, ButtonPosition>();
  const free = new Set(before);
  for (const rule of rules) {
    for (const place of after.filter((each) => !pairOf.has(each))) {
      const found = [...free].find((candidate) => rule(candidate, place, pairOf));
      if (!found) continue;
      pairOf.set(place, found);
      free.delete(found);
    }
  }
  const unmoved = stayed(after, pairOf);
  return after.flatMap((place) => {
    const found = pairOf.get(place);
    return found ? [{ before: found, after: place, isMoved: !unmoved.has(place) }] : [];
  });
}

/** In each list the largest set of buttons that kept their order; only the others were moved. */
function stayed(
  after: readonly ButtonPosition[],
  pairOf: ReadonlyMap<ButtonPosition, ButtonPosition>,
): ReadonlySet<ButtonPosition> {
  const lists = new Map<ButtonPosition | undefined, ButtonPosition[]>();
  for (const place of after) {
    const found = pairOf.get(place);
    if (!found || !isSibling(found, place, pairOf)) continue;
    lists.set(place.parent, [...(lists.get(place.parent) ?? []), place]);
  }
  const indexOf = (place: ButtonPosition) => pairOf.get(place)?.index ?? 0;
  return new Set([...lists.values()].flatMap((list) => longestRising(list, indexOf)));
}

/** Tries every subset: a list has at most five buttons. */
function longestRising(
  list: readonly ButtonPosition[],
  indexOf: (place: ButtonPosition) => number,
): ButtonPosition[] {
  const [first, ...rest] = list;
  if (!first) return [];
  const without = longestRising(rest, indexOf);
  const later = rest.filter((place) => indexOf(place) > indexOf(first));
  const with_ = [first, ...longestRising(later, indexOf)];
  return with_.length >= without.length ? with_ : without;
}
