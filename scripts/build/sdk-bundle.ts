import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { commonOptions } from './common-options.ts';
import { stubPlugin } from './stub-plugin.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The drivers of CloudBase's documents, by the SDK that they are built on. */
export const sdkDrivers = ['node-sdk', 'tcb-admin'] as const;

/** Every driver of the store that a build can choose. */
export const storeDrivers = [...sdkDrivers, 'postgres'] as const;
export type StoreDriver = (typeof storeDrivers)[number];

const sources: Readonly<Record<StoreDriver, string>> = {
  'node-sdk': './shared/store/sdk/node-sdk.ts',
  'tcb-admin': './shared/store/sdk/tcb-admin.ts',
  postgres: './shared/store/postgres/driver.ts',
};

/** The driver that STORE_DRIVER names, for the build and the deploy. @throws Error for an unknown one. */
export function driverFrom({
  STORE_DRIVER: name,
}: Readonly<Record<string, string | undefined>>): StoreDriver {
  return driverNamed(name || 'node-sdk');
}

/** @throws Error that lists the known ones. */
export function driverNamed(name: string): StoreDriver {
  const driver = storeDrivers.find((known) => known === name);
  if (driver) return driver;
  throw new Error(`Unknown driver "${name}": it is ${storeDrivers.join(', ')}.`);
}

/** By which names package.json lets a function's own code find its database (`#database`). */
export function conditionsOf(driver: StoreDriver): readonly string[] {
  return driver === 'postgres' ? [driver] : [];
}

export interface SdkBundle {
  readonly code: Uint8Array;
  readonly metafile: Metafile;
}

/** One driver with its SDK as a file of its own, as a function loads it. */
export async function buildSdk(
  driver: StoreDriver,
  options: { readonly stubs: boolean } = { stubs: true },
): Promise<SdkBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [sources[driver]],
    outfile: SDK_FILE,
    ...commonOptions,
    plugins: options.stubs ? [stubPlugin()] : [],
  });
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
}

/** The name of the file that a function's bundle loads the SDK from, when it first needs it. */
export const SDK_FILE = 'store-driver.cjs';

/**
 * For esbuild: leaves the SDK out of a function's own file, which then loads `SDK_FILE` from beside
 * it. Merely to parse an SDK that a call may not need would cost each cold start.
 */
export const sdkApartPlugin: Plugin = {
  name: 'sdk-apart',
  setup(build) {
    build.onResolve({ filter: /^#(?:store|postgres)-driver$/ }, () => ({
      path: `./${SDK_FILE}`,
      external: true,
    }));
  },
};

/** Whether a file that was made with `sdkApartPlugin` loads the SDK at all. */
export function loadsSdk({ metafile }: { readonly metafile: Metafile }): boolean {
  return Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ path }) => path === `./${SDK_FILE}`),
  );
}
