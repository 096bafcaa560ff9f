import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../packages.mjs';
import { sourcesOf, toolsRoot } from '../project/root.ts';
import type { BuiltFunction } from './build.ts';
import { BUNDLER, OUR_CODE } from './contents.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
}

/**
 * What is in the bundles, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): the packages of which
 * code arrived there, with version and licence, and for each function the packages that it is made of.
 */
export function sbomOf(root: string, built: readonly BuiltFunction[]): object {
  const project = manifestOf(root);
  // What a bot alone is made of beside its own code.
  const library = sourcesOf(root) === root ? [] : ['fuwuhao'];
  const names = (one: BuiltFunction) =>
    [
      ...new Set([
        ...library,
        ...allFiles(one).flatMap(({ contents }) => contents.map(({ from }) => from)),
      ]),
    ]
      .filter((from) => from !== OUR_CODE && from !== BUNDLER)
      .sort();
  const packages = [...new Set(built.flatMap(names))].sort();
  const refs = new Map(packages.map((name) => [name, purlOf(manifestIn(name))]));
  const functions = built.map((one) => ({
    ...{ type: 'application', 'bom-ref': `function:${one.name}`, name: one.name },
    version: project.version,
    hashes: [{ alg: 'SHA-256', content: digestOf(one.file) }],
  }));
  return {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    metadata: {
      component: {
        type: 'application',
        'bom-ref': 'project',
        name: project.name,
        version: project.version,
      },
    },
    components: [
      ...functions,
      ...packages.map((name) => {
        const { version, license } = manifestIn(name);
        const purl = refs.get(name);
        return {
          ...{ type: 'library', 'bom-ref': purl, name, version, purl },
          licenses: [{ license: { name: String(license ?? 'unknown') } }],
        };
      }),
    ],
    dependencies: [
      { ref: 'project', dependsOn: functions.map((one) => one['bom-ref']) },
      ...built.map((one) => ({
        ref: `function:${one.name}`,
        dependsOn: names(one).map((name) => refs.get(name)),
      })),
    ],
  };
}

function allFiles({ files, server }: BuiltFunction) {
  return [...files, ...(server?.files ?? [])];
}

function manifestIn(name: string): Manifest {
  return manifestOf(name === 'fuwuhao' ? toolsRoot : packageFolder(toolsRoot, name));
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

function purlOf({ name, version }: Manifest): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
