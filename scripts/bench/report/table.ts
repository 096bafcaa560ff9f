import type { PartReport } from './part.ts';

/** A part as Markdown, which reads well in a terminal too. */
export function tableOf({ title, note, columns, rows, ratios }: PartReport): string {
  const cells = [
    ['', ...columns],
    ...rows.map(({ name, values }) => [name, ...values.map(format)]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => `${'-'.repeat(width - 1)}${column === 0 ? '-' : ':'}`);
  const [head = [], ...body] = cells;
  return [
    `## ${title}`,
    '',
    note,
    '',
    ...[line(head), line(rule), ...body.map(line)],
    '',
    ...Object.entries(ratios).map(([name, ratio]) => `- ${name}: **${format(ratio)}**`),
    '',
  ].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Three figures that count; more would claim a precision that nothing here has. */
export function format(value: number | string): string {
  if (typeof value === 'string') return value;
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
