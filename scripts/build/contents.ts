import path from 'node:path';
import type { Metafile } from 'esbuild';
import { packageOf } from './package-of.ts';

/** How many bytes of a bundle come from where: our code, a package, or the bundler itself. */
export interface Share {
  readonly from: string;
  readonly bytes: number;
}

export const OUR_CODE = 'our code';
export const BUNDLER = 'bundler';

/** What the `bytes` of a file are made of that was bundled in `root`, the largest share first. */
export function contentsOf(root: string, { outputs }: Metafile, bytes: number): Share[] {
  const totals = new Map<string, number>();
  const add = (from: string, bytes: number) => totals.set(from, (totals.get(from) ?? 0) + bytes);
  let rest = bytes;
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      add(packageOf(path.resolve(root, file)) ?? OUR_CODE, bytesInOutput);
      rest -= bytesInOutput;
    }
  }
  add(BUNDLER, rest);
  return [...totals]
    .map(([from, bytes]) => ({ from, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.from.localeCompare(b.from));
}
