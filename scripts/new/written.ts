import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** In the folder of a bot: what fuwuhao has written last, so that an update knows what its author changed. */
const WRITTEN_FILE = 'fuwuhao-lock.json';

const schema = v.object({ ci: v.string(), files: v.record(v.string(), v.array(v.string())) });

export interface Written {
  /** Whose pipeline it has. */
  readonly ci: string;
  /** The text of each file by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** @throws Error that says what to do if the file is not there, or not as it was written */
export function readWritten(folder: string): Written {
  const file = path.join(folder, WRITTEN_FILE);
  if (!existsSync(file)) {
    throw new Error(
      `${WRITTEN_FILE} is not here, and without it nobody knows what you have changed: take it back from git.`,
    );
  }
  const { ci, files } = v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  const texts = Object.entries(files).map(([name, lines]) => [name, lines.join('\n')]);
  return { ci, files: Object.fromEntries(texts) };
}

/** By lines, so that a difference can be read. */
export function noteWritten(folder: string, { ci, files }: Written): void {
  const lines = Object.entries(files).map(([name, text]) => [name, text.split('\n')]);
  const text = JSON.stringify({ ci, files: Object.fromEntries(lines) }, null, 2);
  writeFileSync(path.join(folder, WRITTEN_FILE), `${text}\n`);
}
