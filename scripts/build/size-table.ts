import type { BuiltFunction } from './build.ts';

/** One line a function, and below it what is in the bundle. */
export function sizeTable(built: readonly BuiltFunction[]): string {
  const width = Math.max(
    ...built.flatMap(({ name, contents }) => [
      name.length,
      ...contents.map(({ from }) => from.length + 2),
    ]),
    'function'.length,
  );
  const line = (name: string, size: string, gzip: string) =>
    `${name.padEnd(width)}  ${size.padStart(8)}  ${gzip.padStart(8)}`.trimEnd();
  return [
    line('function', 'KB', 'gzip KB'),
    ...built.flatMap(({ name, bytes, gzipBytes, contents }) => [
      line(name, kilobytes(bytes), kilobytes(gzipBytes)),
      ...contents.map(({ from, bytes }) => line(`  ${from}`, kilobytes(bytes), '')),
    ]),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
