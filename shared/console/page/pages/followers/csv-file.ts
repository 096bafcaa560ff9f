/** A CSV as it was read: the first line, and the rows below it. */
export interface CsvTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly encoding: 'UTF-8' | 'GBK';
}

export type CsvProblem =
  | { readonly kind: 'isWorkbook' | 'isBinary' | 'isEmpty' | 'tooManyRows' }
  | { readonly kind: 'isBroken'; readonly line: number };

/** In one file. More than that takes a browser long to show, and an operator to check. */
export const MAX_FILE_ROWS = 100_000;
const SEPARATORS = [',', ';', '\t'] as const;

/** Reads a file that somebody has chosen. What cannot be read is explained, and never half imported. */
export async function readCsv(bytes: Uint8Array): Promise<CsvTable | CsvProblem> {
  // Every workbook of Excel is a ZIP, and before 2007 a compound file.
  if (beginsWith(bytes, [0x50, 0x4b, 3, 4]) || beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return { kind: 'isWorkbook' };
  }
  const decoded = decode(bytes);
  if (!decoded || decoded.text.includes('\0')) return { kind: 'isBinary' };
  const { parse } = await import('csv-parse/browser/esm/sync');
  let records: string[][];
  try {
    records = parse(decoded.text, {
      bom: true,
      delimiter: separatorOf(decoded.text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MAX_FILE_ROWS + 2,
    });
  } catch (error) {
    const { lines } = Object(error) as { readonly lines?: number };
    return { kind: 'isBroken', line: lines ?? 1 };
  }
  const [headings = [], ...rows] = records;
  if (rows.length === 0) return { kind: 'isEmpty' };
  if (rows.length > MAX_FILE_ROWS) return { kind: 'tooManyRows' };
  return { headings, rows, encoding: decoded.encoding };
}

function decode(bytes: Uint8Array): { text: string; encoding: CsvTable['encoding'] } | undefined {
  for (const [label, encoding] of [
    ['utf-8', 'UTF-8'],
    // As Excel saves it in China.
    ['gb18030', 'GBK'],
  ] as const) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}

/** Excel writes semicolons in some countries, and tabs when cells are copied. */
function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counts = SEPARATORS.map((each) => first.split(each).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
