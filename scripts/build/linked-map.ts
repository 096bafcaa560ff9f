import path from 'node:path';
import type { BundleFile } from './common-js.ts';

/**
 * The file with a map of its own beside it, for a debugger, which looks for it there. The map names the
 * sources where they are; the bundler names them from a folder below the root.
 */
export function withLinkedMap(root: string, file: BundleFile): BundleFile {
  if (file.map === undefined) return file;
  const map = JSON.parse(file.map) as { readonly sources: readonly string[] };
  const sources = map.sources.map((source) => path.resolve(root, 'bundle', source));
  const link = Buffer.from(`\n//# sourceMappingURL=${file.name}.map\n`);
  return {
    ...file,
    code: Buffer.concat([file.code, link]),
    linkedMap: JSON.stringify({ ...map, sources }),
  };
}
