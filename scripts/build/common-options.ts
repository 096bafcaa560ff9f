import type { BuildOptions, TransformOptions } from 'esbuild';
import { OLDEST_NODE } from '../project/runtimes.ts';

/** The form of every file that is deployed: small CommonJS for the platform's Node.js. */
export const outputOptions = {
  format: 'cjs',
  platform: 'node',
  target: `node${OLDEST_NODE}`,
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
  // A local tsconfig must not change what is deployed.
  tsconfigRaw: {},
} as const satisfies TransformOptions;

/** What all builds of such files have in common. */
export const commonOptions = {
  ...outputOptions,
  bundle: true,
  metafile: true,
  write: false,
} as const satisfies BuildOptions;
