import { type AnyButton, match, type Pair, type Place, places } from './match.ts';

/** Positions are those of the wanted menu, but of the current one for what is removed. */
export type MenuChange =
  | { readonly change: 'added' | 'removed'; readonly at: string; readonly button: AnyButton }
  | { readonly change: 'moved'; readonly at: string; readonly from: string; readonly name: string }
  | {
      readonly change: 'changed';
      readonly at: string;
      readonly name: string;
      /** Those that differ; one that is not there is missing here too. */
      readonly fields: Readonly<Record<string, { readonly from?: string; readonly to?: string }>>;
    };

export interface MenuDiff {
  readonly identical: boolean;
  readonly changes: readonly MenuChange[];
  /** The same for a person: `+` added, `-` removed, `~` changed, `>` moved. */
  readonly lines: readonly string[];
}

/** What a follower would find different if `wanted` took the place of `current`. */
export function diff(current: readonly AnyButton[], wanted: readonly AnyButton[]): MenuDiff {
  const before = places(current);
  const after = places(wanted);
  const pairs = match(before, after);
  const kept = new Set(pairs.map((pair) => pair.before));
  const changes = [
    ...after.flatMap((place) => changesAt(place, pairs)),
    ...before
      .filter((place) => !kept.has(place))
      .map(({ at, button }) => ({ change: 'removed', at, button }) as const),
  ];
  return { identical: changes.length === 0, changes, lines: changes.map(describe) };
}

function changesAt(place: Place, pairs: readonly Pair[]): MenuChange[] {
  const { at, button } = place;
  const pair = pairs.find(({ after }) => after === place);
  if (!pair) return [{ change: 'added', at, button }];
  const { name } = button;
  const fields = fieldsThatDiffer(pair);
  return [
    ...(pair.isMoved ? [{ change: 'moved', at, from: pair.before.at, name } as const] : []),
    ...(Object.keys(fields).length > 0 ? [{ change: 'changed', at, name, fields } as const] : []),
  ];
}

function fieldsThatDiffer({ before, after }: Pair) {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => before.fields[name] !== after.fields[name])
      .map((name) => {
        const [from, to] = [before.fields[name], after.fields[name]];
        return [name, { ...(from ? { from } : {}), ...(to ? { to } : {}) }];
      }),
  );
}

function describe(change: MenuChange): string {
  const { at } = change;
  switch (change.change) {
    case 'added':
      return `+ ${at} ${summary(change.button)}`;
    case 'removed':
      return `- ${at} ${summary(change.button)}`;
    case 'moved':
      return `> ${at} "${change.name}" (was ${change.from})`;
    case 'changed': {
      const fields = Object.entries(change.fields).map(
        ([name, { from, to }]) => `${name} ${from ?? 'none'} → ${to ?? 'none'}`,
      );
      return `~ ${at} "${change.name}": ${fields.join(', ')}`;
    }
  }
}

function summary(button: AnyButton): string {
  const { name, type = 'opens a list', ...rest } = button;
  const words = Object.values(rest).filter((value) => typeof value === 'string');
  return `"${name}": ${[type, ...words].join(' ')}`;
}
