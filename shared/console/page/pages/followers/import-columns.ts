import {
  type ImportField,
  importFields,
  MAX_CUSTOM,
  MAX_TEXT,
  sexWords,
} from '../../../../followers/import-fields.ts';
import type { CsvTable } from './csv-file.ts';

/** What becomes of a column of the file. */
export type ColumnTarget = ImportField | 'custom' | 'leaveOut';
export const targets: readonly ColumnTarget[] = [...importFields, 'custom', 'leaveOut'];

/** How a column fits what it is to become. */
export interface ColumnCheck {
  /** Cells with something in them, and those that do not fit. */
  readonly filled: number;
  readonly bad: number;
  /** The first that does not fit; its row counts from 1, the line of headings. */
  readonly first?: { readonly row: number; readonly value: string };
  /** More cells do not fit than do: somebody has assigned the wrong column. */
  readonly isWrong: boolean;
}

/** Why the columns cannot be imported as they are assigned. */
export type MappingProblem =
  | { readonly kind: 'noOpenid' | 'nothing' | 'wrongColumn' }
  | { readonly kind: 'twice'; readonly field: ImportField }
  | { readonly kind: 'badName'; readonly name: string }
  | { readonly kind: 'tooManyCustom'; readonly count: number };

/** A row that is not imported; it counts from 1, the line of headings. */
export interface RefusedRow {
  readonly row: number;
  readonly why:
    | { readonly kind: 'noOpenidInRow' | 'tooManyCells' }
    | { readonly kind: 'doesNotFit'; readonly heading: string; readonly value: string };
}

export interface ImportRows {
  /** As the function takes them, and the row of the file that each is. */
  readonly good: readonly { readonly row: number; readonly values: Record<string, string> }[];
  readonly refused: readonly RefusedRow[];
}

const LOOKED_AT = 200;
const SHOWN_CHARS = 40;

/** Headings by which people call our fields, without blanks, in small letters. */
const names: Readonly<Record<Exclude<ImportField, 'openid'>, RegExp>> = {
  sex: /^(sex|gender|性别)$/,
  country: /^(country|国家|国家地区)$/,
  province: /^(province|state|省|省份)$/,
  city: /^(city|城市|市|所在城市)$/,
  language: /^(language|lang|语言)$/,
};

/** What each column probably is, by its heading, and the openids also by how they look. */
export function guessTargets({ headings, rows }: CsvTable): readonly ColumnTarget[] {
  const some = rows.slice(0, LOOKED_AT);
  const looksLikeOpenids = (at: number) => {
    const filled = some.map((row) => row[at] ?? '').filter((cell) => cell !== '');
    return filled.length > 0 && filled.every((cell) => /^o[\w-]{27}$/.test(cell));
  };
  const plain = headings.map((heading) => heading.toLowerCase().replaceAll(/[\s_-]/g, ''));
  const byName = plain.findIndex((heading) => /openid/.test(heading));
  const isUnion = (at: number) => /unionid/.test(plain[at] ?? '');
  const openid =
    byName >= 0 ? byName : headings.findIndex((_, at) => !isUnion(at) && looksLikeOpenids(at));
  const taken = new Set<ColumnTarget>();
  return headings.map((heading, at) => {
    if (at === openid) return 'openid';
    const field = importFields.find(
      (name) => name !== 'openid' && names[name].test(plain[at] ?? ''),
    );
    if (field && !taken.has(field)) {
      taken.add(field);
      return field;
    }
    return nameProblem(heading) || some.every((row) => (row[at] ?? '') === '')
      ? 'leaveOut'
      : 'custom';
  });
}

export function checkColumn({ rows }: CsvTable, at: number, target: ColumnTarget): ColumnCheck {
  let [filled, bad] = [0, 0];
  let first: ColumnCheck['first'];
  for (const [index, row] of rows.entries()) {
    const value = row[at] ?? '';
    if (value === '') continue;
    filled += 1;
    if (fits(target, value)) continue;
    bad += 1;
    first ??= { row: index + 2, value: shortened(value) };
  }
  return { filled, bad, isWrong: bad * 2 > filled, ...(first ? { first } : {}) };
}

export function mappingProblem(
  table: CsvTable,
  chosen: readonly ColumnTarget[],
): MappingProblem | undefined {
  const twice = importFields.find((field) => chosen.filter((each) => each === field).length > 1);
  if (twice) return { kind: 'twice', field: twice };
  if (!chosen.includes('openid')) return { kind: 'noOpenid' };
  if (chosen.every((each) => each === 'openid' || each === 'leaveOut')) return { kind: 'nothing' };
  const own = table.headings.filter((_, at) => chosen[at] === 'custom');
  const wrong = own.find((name, at) => nameProblem(name) || own.indexOf(name) !== at);
  if (wrong !== undefined) return { kind: 'badName', name: wrong };
  if (own.length > MAX_CUSTOM) return { kind: 'tooManyCustom', count: own.length };
  const isWrong = chosen.some((target, at) => checkColumn(table, at, target).isWrong);
  return isWrong ? { kind: 'wrongColumn' } : undefined;
}

/** The rows as they are sent. One with anything that does not fit is left out whole. */
export function importRows(
  { headings, rows }: CsvTable,
  chosen: readonly ColumnTarget[],
): ImportRows {
  const good: ImportRows['good'][number][] = [];
  const refused: RefusedRow[] = [];
  const openidAt = chosen.indexOf('openid');
  for (const [index, cells] of rows.entries()) {
    const row = index + 2;
    const wrong = chosen.findIndex((target, at) => cells[at] && !fits(target, cells[at]));
    if (cells.length > headings.length) refused.push({ row, why: { kind: 'tooManyCells' } });
    else if (!cells[openidAt]) refused.push({ row, why: { kind: 'noOpenidInRow' } });
    else if (wrong >= 0) {
      const heading = headings[wrong] ?? '';
      const value = shortened(cells[wrong] ?? '');
      refused.push({ row, why: { kind: 'doesNotFit', heading, value } });
    } else {
      const values = chosen.flatMap((target, at) => {
        const cell = cells[at] ?? '';
        if (target === 'leaveOut' || cell === '') return [];
        return [[target === 'custom' ? (headings[at] ?? '') : target, cell] as const];
      });
      good.push({ row, values: Object.fromEntries(values) });
    }
  }
  return { good, refused };
}

/** By the rules of the function: a test compares. */
function fits(target: ColumnTarget, value: string): boolean {
  if (target === 'leaveOut') return true;
  if (target === 'openid') return /^[\w-]{6,64}$/.test(value);
  if (target === 'sex') return Object.hasOwn(sexWords, value.toLowerCase());
  return value.length <= MAX_TEXT && !value.includes('\uFFFD');
}

/** A field of the business cannot be called as one of ours, nor have no name. */
function nameProblem(heading: string): boolean {
  const isOurs = (importFields as readonly string[]).includes(heading);
  return heading === '' || isOurs || ['__proto__', 'constructor', 'prototype'].includes(heading);
}

function shortened(value: string): string {
  const characters = [...value];
  return characters.length <= SHOWN_CHARS ? value : `${characters.slice(0, SHOWN_CHARS).join('')}…`;
}
