import { type BundleSource, buildOnce, type HotReload, startHotReload } from '../hot-reload.ts';
import type { LocalModel } from '../local-model.ts';
import { type OwnVariables, openOwnVariables } from '../own-variables.ts';
import type { EmulationOptions } from './options.ts';
import type { Parts } from './parts.ts';

/** The code of the functions, and the account's own variables that go with it. */
export interface Bundles {
  readonly own: OwnVariables;
  readonly reload: HotReload;
  /** Reads the texts of the variables again, for new instances. */
  renewVariables(): Promise<void>;
}

/** Builds the functions into `outDir`, and again on each change if the emulation reloads. */
export async function openBundles(
  options: EmulationOptions,
  {
    outDir,
    model,
    parts,
  }: { readonly outDir: string; readonly model: LocalModel; readonly parts: Parts },
): Promise<Bundles> {
  const { root, account } = options;
  const own = await openOwnVariables({
    root,
    account,
    readTexts: () => model.textsWith(options.readTexts?.() ?? {}),
  });
  const source: BundleSource = {
    root,
    account,
    driver: options.store === 'postgres' ? 'postgres' : 'node-sdk',
    outDir,
    linksMaps: options.inspectPort !== undefined,
  };
  const reload = options.reloads
    ? await startHotReload(source, {
        async swap(name) {
          await own.refresh();
          await swap(name);
        },
        onState(state) {
          parts.simulator?.touch();
          options.onBuild?.(state);
        },
      })
    : await buildOnce(source);

  return {
    own,
    reload,
    async renewVariables() {
      await own.refresh();
      await Promise.all(own.functions.map(swap));
    },
  };

  /** New events of the function go to new instances, with the variables as they are now. */
  async function swap(name: string): Promise<void> {
    const { scf } = parts;
    const spec = scf?.functions().find((each) => each.name === name);
    if (!spec) return;
    await scf?.reload(name, { environment: { ...spec.environment, ...own.of(name) } });
  }
}
