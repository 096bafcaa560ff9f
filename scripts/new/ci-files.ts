import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toolsRoot } from '../project/root.ts';

/** Where each of the pipelines in examples/ci belongs. */
const places = {
  github: ['github-actions.yml', '.github/workflows/deploy.yml'],
  cnb: ['cnb.yml', '.cnb.yml'],
  coding: ['coding.Jenkinsfile', 'Jenkinsfile'],
} as const;

/** A service that runs pipelines. */
export type Ci = keyof typeof places;

/** @throws Error that lists the known ones */
export function ciNamed(name: string): Ci {
  if (Object.hasOwn(places, name)) return name as Ci;
  throw new Error(`--ci must be one of ${Object.keys(places).join(', ')}.`);
}

/** The pipeline of a bot: tests, then the deploy of what has passed. */
export function ciFiles(ci: Ci): Readonly<Record<string, string>> {
  const [example, place] = places[ci];
  const text = readFileSync(path.join(toolsRoot, 'examples/ci', example), 'utf8');
  return {
    [place]: text
      // The first sentence says where to copy it.
      .replace(/^((?:#|\/\/) )Copy this to [^\n]*?\. /, '$1')
      .replaceAll('sh examples/ci/', 'sh node_modules/fuwuhao/examples/ci/'),
  };
}
