import path from 'node:path';
import type { Plugin } from 'esbuild';

/** The author's own account in a checkout. */
export function ownAccount(root: string): string {
  return path.join(root, 'functions/callback/account.ts');
}

/** For esbuild: what the functions import as `#account` is this file, an absolute path. */
export function accountPlugin(file: string): Plugin {
  return {
    name: 'account',
    setup(build) {
      build.onResolve({ filter: /^#account$/ }, () => ({ path: file }));
    },
  };
}
