import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { sdkStubPlugin } from './sdk-stub-plugin.ts';

export const sdkDrivers = ['node-sdk', 'tcb-admin'] as const;
export type SdkDriver = (typeof sdkDrivers)[number];

/** One driver with its SDK as a file of its own, as a function loads it; returns its size. */
export async function bundleSdk(
  driver: SdkDriver,
  outfile: string,
  options: { readonly stubs: boolean },
): Promise<number> {
  const { metafile } = await build({
    entryPoints: [path.resolve('shared/store/sdk', `${driver}.ts`)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    tsconfigRaw: {},
    plugins: options.stubs ? [sdkStubPlugin()] : [],
  });
  return Object.values(metafile.outputs)[0]?.bytes ?? 0;
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
    // As `require`: the first `import()` of a process starts Node's other loader, for 20 ms or more.
    build.initialOptions.supported = {
      ...build.initialOptions.supported,
      'dynamic-import': false,
    };
    build.onResolve({ filter: /^#store-driver$/ }, () => ({
      path: `./${SDK_FILE}`,
      external: true,
    }));
  },
};
