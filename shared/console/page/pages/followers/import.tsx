import { useState } from 'preact/hooks';
import { number } from '../../format.ts';
import { Field } from '../../parts/field.tsx';
import { attempt } from '../../toast.tsx';
import { ColumnMapper } from './column-mapper.tsx';
import { type CsvProblem, type CsvTable, MAX_FILE_ROWS, readCsv } from './csv-file.ts';
import { type ColumnTarget, guessTargets } from './import-columns.ts';
import { ImportRun } from './import-run.tsx';
import { i } from './import-words.ts';

interface Chosen {
  readonly name: string;
  readonly table: CsvTable;
  readonly targets: readonly ColumnTarget[];
}

/** The import of what the business knows: a file, its columns, and its way into the followers. */
export function Import() {
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<CsvProblem>();
  const choose = async (file: File) => {
    const table = await readCsv(new Uint8Array(await file.arrayBuffer()));
    const isTable = 'rows' in table;
    setProblem(isTable ? undefined : table);
    setChosen(isTable ? { name: file.name, table, targets: guessTargets(table) } : undefined);
  };
  return (
    <>
      <p class="muted">{i('about')}</p>
      <div class="form">
        <Field
          label={i('file')}
          hint={i('fileHint', { rows: number(MAX_FILE_ROWS) })}
          error={problem && problemText(problem)}
        >
          <input
            type="file"
            accept=".csv,.txt,text/csv"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) void attempt(() => choose(file));
            }}
          />
        </Field>
      </div>
      {chosen && (
        <>
          <h3>
            {i('read', {
              name: chosen.name,
              rows: number(chosen.table.rows.length),
              encoding: chosen.table.encoding,
            })}
          </h3>
          <ColumnMapper
            table={chosen.table}
            targets={chosen.targets}
            onChange={(targets) => setChosen({ ...chosen, targets })}
          />
          <ImportRun key={chosen.targets.join()} table={chosen.table} targets={chosen.targets} />
        </>
      )}
    </>
  );
}

function problemText(problem: CsvProblem): string {
  if (problem.kind === 'isBroken') return i('isBroken', { line: problem.line });
  return i(problem.kind, { rows: number(MAX_FILE_ROWS) });
}
