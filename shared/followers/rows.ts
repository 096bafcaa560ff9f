import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { checked } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';
import { readText, textEncodings } from '../kernel/text-bytes.ts';
import { object, openid, readable } from '../wechat/rules.ts';
import { type Imported, sexes } from './follower.ts';
import { MAX_CUSTOM, MAX_ROWS, MAX_TEXT, sexWords } from './import-fields.ts';

/** Longer than any line that the rules below take. The reader stops there, whatever is still to come. */
const MAX_LINE = 20_000;

const text = v.pipe(
  v.string('must be a text'),
  v.trim(),
  v.maxLength(MAX_TEXT, `has more than ${MAX_TEXT} characters`),
  readable,
);
const sex = v.pipe(
  v.union([v.string(), v.number()], 'must be a text'),
  v.transform((value) => sexWords[String(value).trim().toLowerCase()]),
  v.picklist(sexes, 'must be male, female or unknown (or 1, 2, 0; 男, 女, 未知)'),
);

const known = {
  openid: openid(),
  sex: v.optional(sex),
  country: v.optional(text),
  province: v.optional(text),
  city: v.optional(text),
  language: v.optional(text),
};
/** Any other column is a custom field. */
const rowSchema = v.pipe(
  v.objectWithRest(known, v.union([text, v.number(), v.boolean()], 'must be a text or a number')),
  v.check(
    (row) => Object.keys(row).length - Object.keys(known).length <= MAX_CUSTOM,
    `has more than ${MAX_CUSTOM} custom fields`,
  ),
);
const rowsSchema = v.object({ rows: v.array(rowSchema) });

/** What the business imports: rows, or a file of them (CSV with a heading, or a JSON list). */
export const importSchema = v.union(
  [
    object({ rows: v.array(v.unknown(), 'must be a list') }),
    object({ csv: v.string('must be a text') }),
    object({
      file: object({ base64: v.string('must be a text'), name: v.string('must be a text') }),
      /** Of the file; default `utf-8`. Excel writes `gb18030` in China. */
      encoding: v.exactOptional(v.picklist(textEncodings)),
    }),
  ],
  'must be one of {rows: […]}, {csv: "…"} and {file: {base64, name}, encoding?}',
);
export type ImportRequest = v.InferInput<typeof importSchema>;

/** One row of an import. Its empty fields are left out, so they remove nothing. */
export interface ImportedRow {
  readonly openid: string;
  readonly about: Imported;
}

/**
 * Reads the rows of an import; of two rows with one openid the later counts.
 *
 * @throws AppError `invalid` with `details.issues`, the first twenty by row and field; never a value
 */
export function readRows(request: ImportRequest): readonly ImportedRow[] {
  const given = rowsOf(request);
  if (given.length === 0) throw invalid('has no rows');
  if (given.length > MAX_ROWS) {
    throw invalid(`has too many rows: at most ${MAX_ROWS} are taken at once`);
  }
  const { rows } = checked(rowsSchema, { rows: given }, { what: 'The import' });
  const byOpenid = new Map<string, ImportedRow>();
  for (const row of rows) byOpenid.set(row.openid, aboutOf(row));
  return [...byOpenid.values()];
}

function rowsOf(request: ImportRequest): readonly unknown[] {
  if ('rows' in request) return request.rows;
  if ('csv' in request) return parseCsv(request.csv);
  const { base64, name } = request.file;
  const content = readText('The file', Buffer.from(base64, 'base64'), request.encoding);
  if (!name.toLowerCase().endsWith('.json')) return parseCsv(content);
  try {
    const value: unknown = JSON.parse(content);
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through: a file that cannot be read holds no list either.
  }
  throw invalid('is a .json file that holds no JSON list');
}

function parseCsv(csv: string): readonly unknown[] {
  if (hasLongLine(csv)) throw invalid(`has a line of more than ${MAX_LINE} characters`);
  try {
    return parse(csv, {
      columns: checkedColumns,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: MAX_LINE,
      // One more than is taken says that there are too many; the rest need not be read.
      to: MAX_ROWS + 1,
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The parser's own message may quote the line, which names a follower.
    const { lines, code } = Object(error) as { lines?: number; code?: string };
    throw invalid(`cannot be read as CSV at line ${lines ?? '?'} (${code ?? 'unknown'})`);
  }
}

/** Looked at before, because the reader does not count separators and blanks. */
function hasLongLine(csv: string): boolean {
  for (let start = 0; csv.length - start > MAX_LINE; ) {
    const end = csv.indexOf('\n', start);
    if (end < 0 || end - start > MAX_LINE) return true;
    start = end + 1;
  }
  return false;
}

/** The heading of a CSV. @throws AppError `invalid` that tells which columns it has instead */
function checkedColumns(columns: readonly string[]): string[] {
  if (columns.includes('openid')) return [...columns];
  const other = columns.find((name) => name.toLowerCase() === 'openid');
  const [only = ''] = columns;
  if (other) throw invalid(`has no column "openid" but one "${other}": write it in small letters`);
  if (columns.length === 1 && /[;\t|]/.test(only)) {
    throw invalid('has one column: its fields must be separated by commas');
  }
  // A first row of data holds an openid, which must not get into a message.
  if (columns.some((name) => /^[\w-]{20,}$/.test(name))) {
    throw invalid('has no heading: its first line must name the columns, one of them "openid"');
  }
  const names = columns.map((name) => `"${name.slice(0, 24)}"`).join(', ');
  throw invalid(`has no column "openid" in its first line, which must name the columns: ${names}`);
}

function aboutOf(row: v.InferOutput<typeof rowSchema>): ImportedRow {
  const { openid, ...rest } = row;
  const filled = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  const isOurs = ([name]: [string, unknown]) => Object.hasOwn(known, name);
  const custom = Object.fromEntries(filled.filter((entry) => !isOurs(entry)));
  return {
    openid,
    about: {
      ...(Object.fromEntries(filled.filter(isOurs)) as Imported),
      ...(Object.keys(custom).length > 0 ? { custom: custom as Imported['custom'] & {} } : {}),
    },
  };
}

function invalid(what: string): AppError {
  return new AppError('invalid', `The import ${what}.`);
}
