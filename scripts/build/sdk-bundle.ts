import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { commonOptions } from './common-options.ts';
import { stubPlugin } from './stub-plugin.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const sdkDrivers = ['node-sdk', 'tcb-admin'] as const;
export type SdkDriver = (typeof sdkDrivers)[number];

export interface SdkBundle {
  readonly code: Uint8Array;
  readonly metafile: Metafile;
}

/** One driver with its SDK as a file of its own, as a function loads it. */
export async function buildSdk(
  driver: SdkDriver,
  options: { readonly stubs: boolean } = { stubs: true },
): Promise<SdkBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`./shared/store/sdk/${driver}.ts`],
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
    build.onResolve({ filter: /^#store-driver$/ }, () => ({
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
