import type { MenuChange, MenuDiff } from '../../../../menu/diff.ts';
import type { AnyButton } from '../../../../menu/match.ts';
import { fieldWord, typeWord, w } from './words.ts';

/** What followers would see differently, in the words of the page. */
export function Changes({ diff: { identical, changes } }: { readonly diff: MenuDiff }) {
  if (identical) return <p class="good">{w('unchanged')}</p>;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{w('where')}</th>
          <th scope="col">{w('change')}</th>
          <th scope="col">{w('what')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.change} ${change.at}`}>
            <th scope="row" data-label={w('where')}>
              {'name' in change ? change.name : change.button.name}
              <small class="muted block">{placeOf(change.at)}</small>
            </th>
            <td data-label={w('change')}>
              <span class={`state ${stateOf[change.change]}`}>{w(change.change)}</span>
            </td>
            <td data-label={w('what')}>{whatOf(change)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const stateOf = { added: 'ok', removed: 'fault', moved: 'pending', changed: 'pending' } as const;

/** `button[1].sub_button[2]`, counted from one as people do. */
function placeOf(at: string): string {
  const [first = 0, second] = [...at.matchAll(/\d+/g)].map(([digits]) => Number(digits) + 1);
  return second === undefined ? w('place', { first }) : w('placeBelow', { first, second });
}

function whatOf(change: MenuChange) {
  switch (change.change) {
    case 'added':
    case 'removed':
      return summaryOf(change.button);
    case 'moved':
      return w('from', { place: placeOf(change.from) });
    case 'changed':
      return Object.entries(change.fields).map(([field, { from, to }]) => (
        <span key={field} class="block">
          {fieldWord(field)}: {textOf(field, from)} → {textOf(field, to)}
        </span>
      ));
  }
}

function summaryOf({ name: _, type = 'list', ...rest }: AnyButton): string {
  const texts = Object.values(rest).filter((value) => typeof value === 'string' && value !== '');
  return [typeWord(type), ...texts].join(' · ');
}

function textOf(field: string, value: string | undefined): string {
  if (field === 'type') return typeWord(value ?? 'list');
  return value ?? '—';
}
