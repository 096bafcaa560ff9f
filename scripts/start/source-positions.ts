import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import type { BuiltFunction } from '../build/build.ts';
import { sourcesOf } from '../project/root.ts';

/** A place in a bundle, as stacks have it: file, line and column, both counted from 1. */
const POSITION = /(\/[^\s():"\\]+\.js):(\d+):(\d+)/g;

/**
 * Leads from places in the bundles to places in the sources: what runs here is, byte for byte, what is
 * deployed, and a stack of it says nothing to anybody.
 */
export class SourcePositions {
  readonly #root: string;
  /** By the absolute path of the bundle's file; a map is read when it is first needed. */
  readonly #maps = new Map<string, string | SourceMap>();

  /** @param root the project, from which sources are named */
  constructor(root: string) {
    this.#root = root;
  }

  /** What was built counts from now on. */
  note(built: readonly BuiltFunction[]): void {
    for (const { file, files, server } of built) {
      for (const { name, map } of [...files, ...(server?.files ?? [])]) {
        if (map !== undefined) this.#maps.set(path.join(path.dirname(file), name), map);
      }
    }
  }

  /** The text with the places of the sources in it, as far as there are maps. */
  readable(text: string): string {
    return text.replace(POSITION, (place, file: string, line: string, column: string) => {
      const found = this.#mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (!found || !('originalSource' in found)) return place;
      const { originalSource, originalLine, originalColumn } = found;
      return `${this.#named(originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    });
  }

  #mapOf(file: string): SourceMap | undefined {
    const map = this.#maps.get(file);
    if (typeof map !== 'string') return map;
    const read = new SourceMap(JSON.parse(map) as SourceMapPayload);
    this.#maps.set(file, read);
    return read;
  }

  /** The bundler names sources from a folder below theirs. */
  #named(source: string): string {
    return path.relative(this.#root, path.resolve(sourcesOf(this.#root), 'bundle', source));
  }
}
