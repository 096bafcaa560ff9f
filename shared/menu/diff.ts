import { present } from '../kernel/present.ts';
import { type AnyButton, itemsOf, type MenuItem, match, type Pair } from './match.ts';

/** `at` is a position in the wanted menu; for a removed button, one in the current menu. */
export type MenuChange =
  | { readonly change: 'added' | 'removed'; readonly at: string; readonly button: AnyButton }
  | { readonly change: 'moved'; readonly at: string; readonly from: string; readonly name: string }
  | {
      readonly change: 'changed';
      readonly at: string;
      readonly name: string;
      /** The fields that differ. A side that does not have the field is left out. */
      readonly fields: Readonly<Record<string, { readonly from?: string; readonly to?: string }>>;
    };

export interface MenuDiff {
  readonly identical: boolean;
  readonly changes: readonly MenuChange[];
  /** The same for people: `+` added, `-` removed, `~` changed, `>` moved. */
  readonly lines: readonly string[];
}

/** The differences that followers would see if `wanted` replaced `current`. */
export function diff(current: readonly AnyButton[], wanted: readonly AnyButton[]): MenuDiff {
  const before = itemsOf(current);
  const after = itemsOf(wanted);
  const pairs = match(before, after);
  const kept = new Set(pairs.map((pair) => pair.before));
  const changes = [
    ...after.flatMap((item) => changesAt(item, pairs)),
    ...before
      .filter((item) => !kept.has(item))
      .map(({ at, button }) => ({ change: 'removed', at, button }) as const),
  ];
  return { identical: changes.length === 0, changes, lines: changes.map(describe) };
}

function changesAt(item: MenuItem, pairs: readonly Pair[]): MenuChange[] {
  const { at, button } = item;
  const pair = pairs.find(({ after }) => after === item);
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
        return [name, { ...present({ from, to }) }];
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
