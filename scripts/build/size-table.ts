import type { BuiltFunction } from './build.ts';

/** One line a file of each function, and below it what is in it. */
export function sizeTable(built: readonly BuiltFunction[]): string {
  const rows = built.flatMap(({ name, files }) =>
    files.flatMap((file) => [
      [`${name}/${file.name}`, kilobytes(file.bytes), kilobytes(file.gzipBytes)],
      ...file.contents.map(({ from, bytes }) => [`  ${from}`, kilobytes(bytes), '']),
    ]),
  );
  const table = [['file', 'KB', 'gzip KB'], ...rows];
  const width = Math.max(...table.map(([label = '']) => label.length));
  return table
    .map(([label = '', size = '', gzip = '']) =>
      `${label.padEnd(width)}  ${size.padStart(8)}  ${gzip.padStart(8)}`.trimEnd(),
    )
    .join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
