import { buildFunctions } from '../build/build.ts';
import { formatErrors } from '../build/messages.ts';
import type { StoreDriver } from '../build/sdk-bundle.ts';
import { type WatchedBuild, watchFunctions } from '../build/watch.ts';
import type { BuildView } from '../emulator/simulator/sections.ts';
import { SourcePositions } from './source-positions.ts';

export interface HotReload extends WatchedBuild {
  state(): BuildView;
  /** A text of an instance, with places in the sources instead of those in the bundles. */
  readable(text: string): string;
}

/** Where an emulation gets its bundles from. */
export interface BundleSource {
  readonly root: string;
  readonly account: string;
  /** What the store is built on. */
  readonly driver: StoreDriver;
  readonly outDir: string;
  /** Whether maps stand beside the code, where a debugger finds them. */
  readonly linksMaps?: boolean;
}

/** Builds what would be deployed, and leaves it at that, whatever becomes of the sources. */
export async function buildOnce(source: BundleSource): Promise<HotReload> {
  const startedAt = performance.now();
  const built = await buildFunctions({ ...source, mayReuse: true });
  const ms = Math.round(performance.now() - startedAt);
  const functions = built.map(({ name }) => name);
  const state: BuildView = { at: Date.now(), ok: true, functions, ms, errors: '' };
  return {
    built,
    state: () => state,
    readable: (text) => text,
    close: () => Promise.resolve(),
  };
}

/**
 * Builds, watches, and on each change swaps the instances of the functions concerned. What does not
 * build is told, and the old code goes on.
 */
export async function startHotReload(
  source: BundleSource,
  {
    swap,
    onState,
  }: {
    /** New events of this function are to go to new instances. */
    readonly swap: (name: string) => Promise<void>;
    readonly onState: (state: BuildView) => void;
  },
): Promise<HotReload> {
  const startedAt = performance.now();
  /** What each function that does not build complains of. */
  const broken = new Map<string, string>();
  const positions = new SourcePositions(source.root);
  let swapping = Promise.resolve();
  const watched = await watchFunctions({
    ...source,
    sourceMaps: true,
    onRebuild: ({ built, failures, ms }) => {
      positions.note(built);
      for (const { name } of built) broken.delete(name);
      for (const { name, errors } of failures) broken.set(name, formatErrors(source.root, errors));
      const names = built.map(({ name }) => name);
      swapping = swapping.then(async () => {
        await Promise.all(names.map(swap));
        state = stateOf(names, ms);
        onState(state);
      });
    },
  });
  positions.note(watched.built);
  let state = stateOf(
    watched.built.map(({ name }) => name),
    Math.round(performance.now() - startedAt),
  );

  return {
    ...watched,
    state: () => state,
    readable: (text) => positions.readable(text),
    async close() {
      await watched.close();
      // Else an instance would start after what it belongs to has been closed.
      await swapping;
    },
  };

  function stateOf(functions: readonly string[], ms: number): BuildView {
    // Several functions that share a broken file say the same.
    const errors = [...new Set(broken.values())].join('\n');
    return { at: Date.now(), ok: broken.size === 0, functions, ms, errors };
  }
}
