import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { FileDigests, mayHaveChanged } from '../../build/file-digests.ts';
import { findFunctions } from '../../build/functions.ts';
import { recipe } from '../../build/recipe.ts';
import type { StoreDriver } from '../../build/sdk-bundle.ts';
import { toolsRoot } from '../../project/root.ts';
import type { Package, PackedFunction } from './package.ts';

/** Beside the zips. */
const FILE = 'packages.json';

const noted = v.record(
  v.string(),
  v.object({
    recipe: v.string(),
    inputs: v.record(v.string(), v.string()),
    zip: v.string(),
    zipBytes: v.number(),
    bytes: v.number(),
  }),
);
type Noted = v.InferOutput<typeof noted>;

/** A package with the files, absolute, that went into it. */
export interface Made extends Package {
  readonly inputs: readonly string[];
}

/**
 * What the packages in `dist` were made from, by digests: of every file that went into a bundle, of the
 * tools that made it, and of the packages that are installed. One that would come out the same need not
 * be made again.
 */
export class FreshPackages {
  readonly #root: string;
  readonly #driver: StoreDriver;
  readonly #digests = new FileDigests();

  constructor(root: string, driver: StoreDriver) {
    this.#root = root;
    this.#driver = driver;
  }

  /** The packages as they are; undefined if any of them could come out differently. */
  find(functions: readonly PackedFunction[]): readonly Package[] | undefined {
    const all = this.#read();
    const found = functions.flatMap((fn): Package[] => {
      const one = Object.hasOwn(all, fn.name) ? all[fn.name] : undefined;
      if (one?.recipe !== this.#recipeOf(fn)) return [];
      const file = this.#zipOf(fn.name);
      const isSame = Object.entries(one.inputs).every(([at, was]) => this.#digests.of(at) === was);
      if (!isSame || this.#digests.of(file) !== one.zip) return [];
      return [{ name: fn.name, file, zipBytes: one.zipBytes, bytes: one.bytes, isReused: true }];
    });
    return found.length === functions.length ? found : undefined;
  }

  /** Writes down what packages were made from, `since` when. */
  note(functions: readonly PackedFunction[], made: readonly Made[], since: number): void {
    this.#digests.forget();
    const added = made.flatMap(({ name, file, inputs, zipBytes, bytes }) => {
      const fn = functions.find((each) => each.name === name);
      // One changed meanwhile: it is not known which state of it the bundler has read.
      if (inputs.some((at) => mayHaveChanged(at, since))) return [];
      const digests = inputs.map((at) => [at, this.#digests.of(at) ?? ''] as const);
      if (!fn) return [];
      const zip = this.#digests.of(file) ?? '';
      const recipe = this.#recipeOf(fn);
      return [[name, { recipe, inputs: Object.fromEntries(digests), zip, zipBytes, bytes }]];
    });
    const all = { ...this.#read(), ...Object.fromEntries(added) };
    writeFileSync(path.join(this.#root, 'dist', FILE), JSON.stringify(all));
  }

  /** All that decides about a package beside the files in it. */
  #recipeOf({ name, isHttp }: PackedFunction): string {
    const [entry] = findFunctions(this.#root, [name]);
    const packer = 'scripts/deploy/plugin/pack-functions.ts';
    const builders = [
      ...recipe(this.#digests),
      [packer, this.#digests.of(path.join(toolsRoot, packer))],
    ];
    const manifest = this.#digests.of(path.join(this.#root, 'package.json'));
    const parts = { entry, isHttp, driver: this.#driver, manifest, builders };
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }

  #zipOf(name: string): string {
    return path.join(this.#root, 'dist', `${name}.zip`);
  }

  #read(): Noted {
    try {
      const text = readFileSync(path.join(this.#root, 'dist', FILE), 'utf8');
      const parsed = v.safeParse(noted, JSON.parse(text));
      return parsed.success ? parsed.output : {};
    } catch {
      // Not there, or half written: then everything is made again.
      return {};
    }
  }
}
