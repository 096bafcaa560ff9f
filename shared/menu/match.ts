/** A button as far as a comparison goes: from WeChat, from the console, or from the caller. */
export interface AnyButton {
  readonly name: string;
  readonly type?: string;
  readonly sub_button?: readonly AnyButton[];
}

/** One button of a menu and where it stands. */
export interface Place {
  /** Such as `button[1].sub_button[2]`. */
  readonly at: string;
  readonly parent: Place | undefined;
  readonly index: number;
  readonly button: AnyButton;
  /** What of it can be told to differ: name, type, key, url … */
  readonly fields: Readonly<Record<string, string>>;
  /** What a tap on it does; empty if it opens others. */
  readonly action: string;
}

/** The same button in two menus. */
export interface Pair {
  readonly before: Place;
  readonly after: Place;
  /** Under another button, or past a sibling; not merely pushed along by one that came or went. */
  readonly isMoved: boolean;
}

export function places(buttons: readonly AnyButton[], parent?: Place): Place[] {
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
    return [place, ...places(button.sub_button ?? [], place)];
  });
}

function fieldsOf(button: AnyButton): Record<string, string> {
  return Object.fromEntries(
    Object.entries(button).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && entry[1] !== '';
    }),
  );
}

type Rule = (before: Place, after: Place, pairOf: ReadonlyMap<Place, Place>) => boolean;

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
const noPairs: ReadonlyMap<Place, Place> = new Map();

/** Finds the buttons of one menu in the other. */
export function match(before: readonly Place[], after: readonly Place[]): readonly Pair[] {
  const pairOf = new Map<Place, Place>();
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

/** In each list the most buttons that kept their order; only the others were moved. */
function stayed(after: readonly Place[], pairOf: ReadonlyMap<Place, Place>): ReadonlySet<Place> {
  const lists = new Map<Place | undefined, Place[]>();
  for (const place of after) {
    const found = pairOf.get(place);
    if (!found || !isSibling(found, place, pairOf)) continue;
    lists.set(place.parent, [...(lists.get(place.parent) ?? []), place]);
  }
  const indexOf = (place: Place) => pairOf.get(place)?.index ?? 0;
  return new Set([...lists.values()].flatMap((list) => longestRising(list, indexOf)));
}

/** Lists have at most five items, so trying every subset is soon done. */
function longestRising(list: readonly Place[], indexOf: (place: Place) => number): Place[] {
  const [first, ...rest] = list;
  if (!first) return [];
  const without = longestRising(rest, indexOf);
  const later = rest.filter((place) => indexOf(place) > indexOf(first));
  const with_ = [first, ...longestRising(later, indexOf)];
  return with_.length >= without.length ? with_ : without;
}
