import { useMemo, useState } from 'preact/hooks';
import { MAX_CUSTOM } from '../../../../followers/import-fields.ts';
import type { ImportResult } from '../../../../followers/imports.ts';
import { call } from '../../api.ts';
import { number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Progress } from '../../parts/progress.tsx';
import { messageOf } from '../../toast.tsx';
import type { CsvTable } from './csv-file.ts';
import {
  type ColumnTarget,
  importRows,
  type MappingProblem,
  mappingProblem,
  type RefusedRow,
} from './import-columns.ts';
import { i } from './import-words.ts';

/** Rows in one request: five hundred followers may stand in as many documents. */
const PIECE = 500;
const SHOWN_REFUSED = 50;

interface Sent {
  readonly rows: number;
  readonly updated: number;
  readonly unknown: number;
  /** Why it stopped before the end. */
  readonly error?: unknown;
}

/** Sends the rows piece by piece, says how far it is, and what became of them. */
export function ImportRun({
  table,
  targets,
}: {
  readonly table: CsvTable;
  readonly targets: readonly ColumnTarget[];
}) {
  const problem = useMemo(() => mappingProblem(table, targets), [table, targets]);
  const { good, refused } = useMemo(() => importRows(table, targets), [table, targets]);
  const [sent, setSent] = useState<Sent>();
  if (problem) {
    const told = problemText(problem);
    return told === undefined ? null : (
      <p class="alarm" role="alert">
        {told}
      </p>
    );
  }
  // An import that is repeated has the same effect as one, so it goes on with the piece that failed.
  const run = async () => {
    let at: Sent = {
      rows: sent?.rows ?? 0,
      updated: sent?.updated ?? 0,
      unknown: sent?.unknown ?? 0,
    };
    setSent(at);
    while (at.rows < good.length) {
      const piece = good.slice(at.rows, at.rows + PIECE);
      try {
        const rows = piece.map(({ values }) => values);
        const done = await call<ImportResult>('followers', 'import', { rows });
        at = {
          rows: at.rows + piece.length,
          updated: at.updated + done.updated,
          unknown: at.unknown + done.unknown,
        };
        setSent(at);
      } catch (error) {
        setSent({ ...at, error });
        return;
      }
    }
  };
  const isDone = sent !== undefined && sent.rows === good.length;
  const next = good[sent?.rows ?? 0]?.row ?? 0;
  return (
    <section>
      {sent && <Progress done={sent.rows} total={good.length} label={i('progress')} />}
      {sent?.error !== undefined && (
        <p class="alarm" role="alert">
          {i('stopped', { row: number(next), message: messageOf(sent.error) })}
        </p>
      )}
      {!isDone && (
        <Act needs="edit" class="tool strong" disabled={good.length === 0} onAct={run}>
          {sent ? i('goOn', { row: number(next) }) : i('start', { rows: number(good.length) })}
        </Act>
      )}
      {isDone && (
        <p class="good" role="status">
          {[
            i('updated', { count: number(sent.updated) }),
            ...(sent.unknown > 0 ? [i('unknown', { count: number(sent.unknown) })] : []),
          ].join('\n')}
        </p>
      )}
      <Refused rows={refused} isDone={isDone} />
    </section>
  );
}

function Refused({
  rows,
  isDone,
}: {
  readonly rows: readonly RefusedRow[];
  readonly isDone: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{i(isDone ? 'refused' : 'willRefuse', { count: number(rows.length) })}</summary>
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="number">
              {i('row')}
            </th>
            <th scope="col">{i('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN_REFUSED).map(({ row, why }) => (
            <tr key={row}>
              <th scope="row" data-label={i('row')} class="number">
                {number(row)}
              </th>
              <td data-label={i('reason')}>
                <span>{why.kind === 'doesNotFit' ? i('doesNotFit', why) : i(why.kind)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN_REFUSED && (
        <p class="muted">{i('moreRefused', { count: number(rows.length - SHOWN_REFUSED) })}</p>
      )}
    </details>
  );
}

/** What stands beside a wrong column already needs no second sentence. */
function problemText(problem: MappingProblem): string | undefined {
  switch (problem.kind) {
    case 'wrongColumn':
      return undefined;
    case 'twice':
      return i('twice', { field: i(problem.field) });
    case 'badName':
      return i('badName', { name: problem.name });
    case 'tooManyCustom':
      return i('tooManyCustom', { max: MAX_CUSTOM, count: problem.count });
    default:
      return i(problem.kind);
  }
}
