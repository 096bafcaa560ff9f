import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identifier } from '../../../shared/store/postgres/expressions.ts';
import { SCHEMA, type Statement } from '../../../shared/store/postgres/statement.ts';
import { type TableSource, tableStatements } from '../../../shared/store/postgres/tables.ts';

/** Where the migrations of the project are kept, one file each, as the CLI of CloudBase names them. */
export const MIGRATIONS_DIR = path.join(import.meta.dirname, 'migrations');

/** A step from one state of the tables to the next. It is never changed once it has been applied. */
export interface Migration {
  /** 14 digits, a moment in UTC: later ones come after earlier ones. */
  readonly version: string;
  /** Small letters and underscores. */
  readonly name: string;
  readonly query: string;
}

const FILE = /^(\d{14})_([a-z][a-z_]*)\.sql$/;
const SEPARATOR = ';\n\n';

/**
 * The migrations of a folder in their order, with the name of the schema filled in.
 *
 * @throws Error for a file that is not called as a migration is.
 */
export function readMigrations(schema: string, folder = MIGRATIONS_DIR): readonly Migration[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [, version, name] = FILE.exec(file) ?? [];
      if (version === undefined || name === undefined) {
        throw new Error(
          `${file} is not called like a migration, such as 20261128000000_first.sql.`,
        );
      }
      const text = readFileSync(path.join(folder, file), 'utf8');
      return { version, name, query: text.replaceAll(SCHEMA, identifier(schema)) };
    });
}

/** What the collections need and no migration makes yet. */
export function missingStatements(
  collections: readonly TableSource[],
  folder = MIGRATIONS_DIR,
): readonly Statement[] {
  const made = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const wanted = collections.flatMap((collection) => tableStatements(collection));
  return wanted.filter(
    ({ sql }) => !made.some((text) => text.includes(`${sql}${SEPARATOR.trimEnd()}`)),
  );
}

/**
 * Writes what is missing into a new migration, for a person to read and to commit.
 *
 * @returns the file; undefined if nothing is missing.
 */
export function writeMigration(
  name: string,
  collections: readonly TableSource[],
  now: Date,
  folder = MIGRATIONS_DIR,
): string | undefined {
  const statements = missingStatements(collections, folder);
  if (statements.length === 0) return undefined;
  const version = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const file = path.join(folder, `${version}_${name}.sql`);
  if (!FILE.test(path.basename(file))) {
    throw new Error(`A migration is named by small letters and underscores, not "${name}".`);
  }
  const texts = [`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`, ...statements.map(({ sql }) => sql)];
  writeFileSync(
    file,
    texts
      .map((text) => `${text}${SEPARATOR}`)
      .join('')
      .trimEnd()
      .concat('\n'),
  );
  return file;
}
