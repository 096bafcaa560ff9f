import { useMemo } from 'preact/hooks';
import { MAX_TEXT } from '../../../../followers/import-fields.ts';
import { number } from '../../format.ts';
import type { CsvTable } from './csv-file.ts';
import { targets as allTargets, type ColumnTarget, checkColumn } from './import-columns.ts';
import { i } from './import-words.ts';

const EXAMPLES = 3;

interface ColumnMapperProps {
  readonly table: CsvTable;
  readonly targets: readonly ColumnTarget[];
  readonly onChange: (targets: readonly ColumnTarget[]) => void;
}

/** Each column of the file with what it holds, what it becomes, and whether the two fit. */
export function ColumnMapper({ table, targets, onChange }: ColumnMapperProps) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{i('column')}</th>
          <th scope="col">{i('holds')}</th>
          <th scope="col">{i('becomes')}</th>
          <th scope="col">{i('check')}</th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target, at) => (
          <ColumnRow
            key={at}
            table={table}
            at={at}
            target={target}
            onChange={(next) => onChange(targets.map((each, one) => (one === at ? next : each)))}
          />
        ))}
      </tbody>
    </table>
  );
}

function ColumnRow({
  table,
  at,
  target,
  onChange,
}: {
  readonly table: CsvTable;
  readonly at: number;
  readonly target: ColumnTarget;
  readonly onChange: (target: ColumnTarget) => void;
}) {
  const heading = table.headings[at] || i('noHeading', { number: at + 1 });
  return (
    <tr>
      <th scope="row" data-label={i('column')}>
        {heading}
      </th>
      <td data-label={i('holds')}>
        <span class="examples">
          {table.rows.slice(0, EXAMPLES).map((row, line) => (
            <span key={line}>{row[at] || '—'}</span>
          ))}
        </span>
      </td>
      <td data-label={i('becomes')}>
        <select
          value={target}
          aria-label={i('becomesOf', { heading })}
          onChange={(event) => {
            const chosen = allTargets.find((each) => each === event.currentTarget.value);
            if (chosen) onChange(chosen);
          }}
        >
          {allTargets.map((each) => (
            <option key={each} value={each}>
              {i(each)}
            </option>
          ))}
        </select>
      </td>
      <td data-label={i('check')}>
        <Check table={table} at={at} target={target} />
      </td>
    </tr>
  );
}

function Check({
  table,
  at,
  target,
}: {
  readonly table: CsvTable;
  readonly at: number;
  readonly target: ColumnTarget;
}) {
  const found = useMemo(() => checkColumn(table, at, target), [table, at, target]);
  const { filled, bad, first, isWrong } = found;
  if (target === 'leaveOut') return <span class="muted">—</span>;
  if (filled === 0) return <span class="muted">{i('empty')}</span>;
  if (!first) return <span class="muted">{i('fits', { count: number(filled) })}</span>;
  return (
    <span class={isWrong ? 'reason' : 'warn'}>
      {i(isWrong ? 'wrongColumn' : 'wrongRows', {
        ...first,
        bad: number(bad),
        filled: number(filled),
        expected: expected(target),
      })}
    </span>
  );
}

function expected(target: ColumnTarget): string {
  if (target === 'openid') return i('expectsOpenid');
  return target === 'sex' ? i('expectsSex') : i('expectsText', { max: MAX_TEXT });
}
