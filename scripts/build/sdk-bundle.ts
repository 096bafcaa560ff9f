import path from 'node:path';
import { build } from 'esbuild';
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
