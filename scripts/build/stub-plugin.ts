import type { Plugin } from 'esbuild';
import { packageOf } from './package-of.ts';
import { bundleStubs, type Stub } from './stubs.ts';

const NAMESPACE = 'stub';

/** For esbuild: puts something smaller in the place of each module of the table. */
export function stubPlugin(stubs: readonly Stub[] = bundleStubs): Plugin {
  const packages = new Map(stubs.map((stub) => [stub.module, stub]));

  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, resolveDir }) => {
        // Our own code may use a package that the SDKs do without, so only imports from packages count.
        if (packageOf(importer) === undefined) return undefined;
        const stub = path.startsWith('.') ? inside(resolveDir, path, stubs) : packages.get(path);
        return stub && { path: stub.module, namespace: NAMESPACE, pluginData: stub };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ pluginData }) => ({
        contents: (pluginData as Stub).contents ?? absent(pluginData as Stub),
        loader: 'js',
        resolveDir: build.initialOptions.absWorkingDir ?? process.cwd(),
      }));
    },
  };
}

/** The stub for a relative import, which means a path inside its own package. */
function inside(directory: string, path: string, stubs: readonly Stub[]): Stub | undefined {
  const base = `file://${directory.replaceAll('\\', '/')}/`;
  const target = new URL(path, base).pathname.replace(/\.js$/, '');
  return stubs.find(({ module }) => target.endsWith(`/node_modules/${module}`));
}

/** Whatever is read from it can be passed around and extended; only a call or `new` is use. */
function absent({ module, serves }: Stub): string {
  const message = `${module} is left out of this bundle; it serves ${serves}. See scripts/build/stubs.ts.`;
  return `
    function absent() { throw new Error(${JSON.stringify(message)}); }
    const stub = new Proxy(absent, {
      get: (target, name) => name === '__esModule' ? false : name in target ? target[name] : stub,
      apply: absent,
      construct: absent,
    });
    module.exports = stub;`;
}
