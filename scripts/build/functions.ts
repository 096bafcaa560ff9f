import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface FunctionEntry {
  readonly name: string;
  /** From the root, with forward slashes: what esbuild resolves. */
  readonly entry: string;
  /** The same app as an HTTP server, if there is one: from the root, like `entry`. */
  readonly server?: string;
  /** The page that the function serves, if it has one: from the root, like `entry`. */
  readonly page?: string;
}

/**
 * The functions of a checkout: each folder of `functions/` that holds an `index.ts`, by name. The page of a
 * function stands in the room of its name.
 *
 * @throws Error if `only` names a function that is not there.
 */
export function findFunctions(root: string, only?: readonly string[]): FunctionEntry[] {
  const folder = path.join(root, 'functions');
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
      ...(existsSync(path.join(root, 'shared', name, 'page/main.tsx'))
        ? { page: `shared/${name}/page/main.tsx` }
        : {}),
    }));
}
