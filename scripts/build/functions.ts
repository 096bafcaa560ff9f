import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sourcesOf } from '../project/root.ts';

export interface FunctionEntry {
  readonly name: string;
  /** From the sources, with forward slashes: what esbuild resolves. */
  readonly entry: string;
  /** The same app as an HTTP server, if there is one: from the sources, like `entry`. */
  readonly server?: string;
  /** The page that the function serves, if it has one: from the sources, like `entry`. */
  readonly page?: string;
}

/**
 * The functions of a project: each folder of `functions/` that holds an `index.ts`, by name. The page of a
 * function stands in the room of its name.
 *
 * @throws Error if `only` names a function that is not there.
 */
export function findFunctions(root: string, only?: readonly string[]): FunctionEntry[] {
  const sources = sourcesOf(root);
  const folder = path.join(sources, 'functions');
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(path.join(folder, name, 'index.ts')))
        .sort()
    : [];
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `No function ${unknown.join(', ')} in functions/. There is: ${names.join(', ') || 'none'}.`,
    );
  }
  return names
    .filter((name) => !only || only.includes(name))
    .map((name) => ({
      name,
      entry: `functions/${name}/index.ts`,
      ...(existsSync(path.join(folder, name, 'server.ts'))
        ? { server: `functions/${name}/server.ts` }
        : {}),
      ...(existsSync(path.join(sources, 'shared', name, 'page/main.tsx'))
        ? { page: `shared/${name}/page/main.tsx` }
        : {}),
    }));
}
