import { readdirSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../packages.mjs';
import { toolsRoot } from '../project/root.ts';
import type { FileDigests } from './file-digests.ts';

const FILES = ['scripts/project/runtimes.ts', 'package.json'];
/** In which npm notes what it has installed. */
const INSTALLED = packageFolder(toolsRoot, '.package-lock.json');

/** What decides about every bundle beside the files in it: what builds, and the packages that are installed. */
export function recipe(digests: FileDigests): readonly (readonly [string, string | undefined])[] {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => `scripts/build/${name}`);
  return [
    ...[...sources, ...FILES].map(
      (file) => [file, digests.of(path.join(toolsRoot, file))] as const,
    ),
    ['installed', digests.of(INSTALLED)],
  ];
}

/** The files on disk among what a bundle was made from, absolute; what the tools put in is none. */
export function filesAmong(inputs: readonly string[], root: string): readonly string[] {
  return inputs
    .filter((input) => input !== '<stdin>' && !/^[\w()-]{2,}:/.test(input))
    .map((input) => path.resolve(root, input));
}
