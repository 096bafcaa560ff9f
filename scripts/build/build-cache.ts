import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { toolsRoot } from '../project/root.ts';
import type { BundleFile } from './common-js.ts';
import { FileDigests, mayHaveChanged } from './file-digests.ts';
import { filesAmong, recipe } from './recipe.ts';
import { writeWhole } from './write-whole.ts';

/** With the packages, so that `npm ci` clears it; checkouts that share their packages share it too. */
const FOLDER = path.join(toolsRoot, 'node_modules/.cache/fuwuhao-build');

/** About ten editions of all functions, some with maps: 120 MB. */
const KEPT = 500;

interface Kept {
  readonly inputs: BundleFile['metafile']['inputs'];
  readonly files: readonly {
    readonly name: string;
    readonly outputs: BundleFile['metafile']['outputs'];
    readonly code: string;
    readonly map?: string;
  }[];
}

/** What builds differ in. What is named in it must not depend on where the checkout is. */
export interface BuildVariant {
  /** The module that some bundles are made from, absolute: the others are the same whichever it is. */
  readonly account?: string;
  readonly [option: string]: unknown;
}

/**
 * What was bundled before, by any process. It is taken again where the bundler would come to the same
 * bytes: the same tools, packages and options, and the same content in every file that it has read.
 */
export class BuildCache {
  readonly #digests = new FileDigests();
  /** A file that has changed since then may have been read in two states. */
  readonly #since: number;
  readonly #folder: string;

  constructor({ folder = FOLDER, now = Date.now } = {}) {
    this.#folder = folder;
    this.#since = now();
  }

  /** The files of one bundle of the checkout `root`. */
  async files(
    root: string,
    { account, ...options }: BuildVariant,
    make: () => Promise<readonly BundleFile[]>,
  ): Promise<readonly BundleFile[]> {
    const manifest = this.#digests.of(path.join(root, 'package.json'));
    const keyOf = (of: string | null) =>
      digest([recipe(this.#digests), manifest, options, of && path.relative(root, of)]);
    const [any, own] = [keyOf(null), keyOf(account ?? null)];
    const found = this.#find(root, any) ?? this.#find(root, own);
    if (found) return found;
    const made = await make();
    const inputs = made[0]?.metafile.inputs ?? {};
    const isOfAccount =
      account !== undefined && filesAmong(Object.keys(inputs), root).includes(account);
    this.#keep(root, isOfAccount ? own : any, made);
    return made;
  }

  #find(root: string, key: string): readonly BundleFile[] | undefined {
    const inputs = read<readonly string[]>(this.#inputsOf(key));
    const kept = inputs && read<Kept>(this.#bundleOf(key, this.#contentOf(root, inputs)));
    return kept?.files.map(({ name, outputs, code, map }) => ({
      name,
      code: Buffer.from(code, 'base64'),
      metafile: { inputs: kept.inputs, outputs },
      ...(map === undefined ? {} : { map }),
    }));
  }

  #keep(root: string, key: string, made: readonly BundleFile[]): void {
    const inputs = made[0]?.metafile.inputs ?? {};
    const names = Object.keys(inputs);
    if (filesAmong(names, root).some((file) => mayHaveChanged(file, this.#since))) return;
    const kept: Kept = {
      inputs,
      files: made.map(({ name, code, metafile: { outputs }, map }) => ({
        name,
        outputs,
        code: Buffer.from(code).toString('base64'),
        ...(map === undefined ? {} : { map }),
      })),
    };
    writeWhole(this.#bundleOf(key, this.#contentOf(root, names)), JSON.stringify(kept));
    writeWhole(this.#inputsOf(key), JSON.stringify(names));
    this.#removeOldest();
  }

  /** A digest of the content of all these files. */
  #contentOf(root: string, inputs: readonly string[]): string {
    return digest(filesAmong(inputs, root).map((file) => this.#digests.of(file) ?? ''));
  }

  #inputsOf(key: string): string {
    return path.join(this.#folder, `${key}.inputs`);
  }

  #bundleOf(key: string, content: string): string {
    return path.join(this.#folder, `${key}-${content}.json`);
  }

  #removeOldest(): void {
    const usedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const files = readdirSync(this.#folder).map((name) => path.join(this.#folder, name));
    if (files.length <= KEPT) return;
    const byAge = files
      .map((file) => ({ file, at: usedAt(file) }))
      .sort((a, b) => b.at - a.at)
      .slice(KEPT);
    for (const { file } of byAge) rmSync(file, { force: true });
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

/** Says that the file is in use, too. `undefined` if there is none, or another process has removed it. */
function read<T>(file: string): T | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as T;
    const now = new Date();
    utimesSync(file, now, now);
    return value;
  } catch {
    return undefined;
  }
}
