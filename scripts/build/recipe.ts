import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FileDigests } from './file-digests.ts';

/** The checkout whose tools build; the functions may be in another one. */
export const toolsRoot = path.resolve(import.meta.dirname, '../..');

const FILES = ['scripts/project/runtimes.ts', 'package.json', 'node_modules/.package-lock.json'];

/** What decides about every bundle beside the files in it: what builds, and the packages that are installed. */
export function recipe(digests: FileDigests): readonly (readonly [string, string | undefined])[] {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => `scripts/build/${name}`);
  return [...sources, ...FILES].map((file) => [file, digests.of(path.join(toolsRoot, file))]);
}

/** The files on disk among what a bundle was made from, absolute; what the tools put in is none. */
export function filesAmong(inputs: readonly string[], root: string): readonly string[] {
  return inputs
    .filter((input) => input !== '<stdin>' && !/^[\w()-]{2,}:/.test(input))
    .map((input) => path.resolve(root, input));
}
