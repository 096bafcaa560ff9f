import type { BuildOptions } from 'esbuild';

/** What every file that is deployed has in common: it is small, and for the platform's Node.js. */
export const commonOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
  logLevel: 'silent',
  // A local tsconfig must not change what is deployed.
  tsconfigRaw: {},
} as const satisfies BuildOptions;
