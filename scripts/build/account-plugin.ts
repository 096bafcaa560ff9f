import type { Plugin } from 'esbuild';

/** For esbuild: what the functions import as `#account` is this file, an absolute path. */
export function accountPlugin(file: string): Plugin {
  return {
    name: 'account',
    setup(build) {
      build.onResolve({ filter: /^#account$/ }, () => ({ path: file }));
    },
  };
}
