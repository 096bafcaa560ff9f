import widthOf from 'string-width';
import { localTime } from '../project/local-time.ts';
import { clipTo, padTo } from './width.ts';

type Row = Readonly<Record<string, unknown>>;

const CELL_WIDTH = 40;
const VALUE_WIDTH = 200;
/** A terminal would break a wider table, so it shows the columns that fit, and names the others. */
const TABLE_WIDTH = 140;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
/** From 2014 to 2096 in ms: no other number of an answer is so large. */
const [FIRST_MS, LAST_MS] = [1.4e12, 4e12];
/** Between columns. */
const GAP = 2;

/** An answer for a person: fields one below the other, lists as tables. */
export function format(data: unknown): string {
  if (data === null || data === undefined) return 'Done.';
  if (isRow(data)) return formatFields(data);
  return isList(data) ? formatList(data) : show('', data, VALUE_WIDTH);
}

function formatFields(data: Row): string {
  // An answer that has lines for people repeats them in its lists for programs.
  const { lines, ...rest } = data;
  const fields = Object.entries(flatten(isTexts(lines) ? rest : data));
  const scalars = fields.filter(([, value]) => !isList(value));
  const lists = isTexts(lines) ? [] : fields.filter(([, value]) => isList(value));
  const width = Math.max(0, ...scalars.map(([name]) => widthOf(name)));
  const blocks = [
    scalars.map(([name, value]) => `${padTo(name, width)}  ${show(name, value, VALUE_WIDTH)}`),
    ...(isTexts(lines) ? [lines.map((line) => show('', line, VALUE_WIDTH))] : []),
    ...lists.map(([name, list]) => [`${name}:`, formatList(list as unknown[])]),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function formatList(list: readonly unknown[]): string {
  if (list.length === 0) return '(none)';
  if (!list.every(isRow)) return list.map((item) => show('', item, VALUE_WIDTH)).join('\n');
  return formatTable(list);
}

/** Rows inside a row, such as the buttons under a button, stand below it and are indented. */
function formatTable(list: readonly Row[]): string {
  const rows = list.flatMap((row) => unfold(row, 0));
  const names = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  const lines = [
    names,
    ...rows.map(({ cells, depth }) =>
      names.map((name, column) => {
        const indent = column === 0 ? '  '.repeat(depth) : '';
        return indent + show(name, cells[name] ?? '', CELL_WIDTH);
      }),
    ),
  ];
  const widths = names.map((_, column) =>
    Math.max(...lines.map((line) => widthOf(line[column] ?? ''))),
  );
  const isShown = fitting(widths);
  const left = names.filter((_, column) => !isShown[column]);
  return [
    ...lines.map((line) =>
      line
        .map((cell, column) => padTo(cell, widths[column] ?? 0))
        .filter((_, column) => isShown[column])
        .join(' '.repeat(GAP))
        .trimEnd(),
    ),
    ...(left.length > 0 ? [`(--json has more: ${left.join(', ')})`] : []),
  ].join('\n');
}

/** Which columns fit beside each other, the first ones first: answers say the important things first. */
function fitting(widths: readonly number[]): readonly boolean[] {
  let used = 0;
  return widths.map((width, column) => {
    const fits = column === 0 || used + GAP + width <= TABLE_WIDTH;
    if (fits) used += GAP + width;
    return fits;
  });
}

function unfold(row: Row, depth: number): { readonly cells: Row; readonly depth: number }[] {
  const fields = Object.entries(flatten(row));
  const isBelow = (value: unknown) => isList(value) && value.every(isRow);
  const cells = Object.fromEntries(fields.filter(([, value]) => !isBelow(value)));
  const below = fields.filter(([, value]) => isBelow(value)).flatMap(([, value]) => value as Row[]);
  const [only, ...more] = below;
  // A draft of one article needs no second line, which a button under a button does.
  if (only && more.length === 0 && isDisjoint(cells, flatten(only))) {
    return unfold({ ...cells, ...only }, depth);
  }
  return [{ cells, depth }, ...below.flatMap((each) => unfold(each, depth + 1))];
}

function isDisjoint(one: Row, other: Row): boolean {
  return Object.keys(other).every((name) => !Object.hasOwn(one, name));
}

/** `{a: {b: 1}}` as `{"a.b": 1}`. */
function flatten(row: Row, prefix = ''): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      isRow(value) ? Object.entries(flatten(value, `${prefix}${name}.`)) : [[prefix + name, value]],
    ),
  );
}

/** A value clipped to the width; ids are never clipped, because people copy them. */
function show(name: string, value: unknown, maxWidth: number): string {
  const width = /(?:^|_)id$/.test(name) ? Number.POSITIVE_INFINITY : maxWidth;
  const time = timeIn(name, value);
  if (time !== undefined) return localTime(time);
  if (isList(value)) return clipTo(value.map((item) => show('', item, width)).join(', '), width);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Text from outside must not move the cursor of the terminal.
  return clipTo(text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '�'), width);
}

/** WeChat tells seconds since the epoch under names of its own, and we tell ms or ISO 8601. */
function timeIn(name: string, value: unknown): number | undefined {
  if (typeof value === 'string' && ISO_TIME.test(value)) return Date.parse(value);
  if (typeof value !== 'number') return undefined;
  if (value > 0 && /(?:_time|_at)$/.test(name)) return value * 1_000;
  return value >= FIRST_MS && value <= LAST_MS ? value : undefined;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === 'string');
}
