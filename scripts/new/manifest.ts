import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toolsRoot } from '../project/root.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The commands for those alone who change fuwuhao itself, and that which makes a bot. */
const NOT_OF_A_BOT = /^(?:docs|soak|fuzz|supply|models|bench|test:at|new)$/;

/** The package.json of a bot in `folder` that gets fuwuhao by `from`. */
export function botManifest(folder: string, from: string): object {
  const ours = JSON.parse(readFileSync(path.join(toolsRoot, 'package.json'), 'utf8')) as Manifest;
  const commands = Object.keys(ours.scripts).filter((name) => !NOT_OF_A_BOT.test(name));
  return {
    name: packageName(path.basename(folder)),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: ours.engines,
    // Signals reach the functions of a start itself.
    scripts: Object.fromEntries(
      commands.map((name) => [name, `${name === 'start' ? 'exec ' : ''}fuwuhao ${name}`]),
    ),
    dependencies: {
      fuwuhao: from,
      // With which accounts say what they remember and ask for: the one that fuwuhao has itself.
      valibot: from.startsWith('file:')
        ? `${from}/node_modules/valibot`
        : ours.dependencies?.valibot,
    },
    // npm takes these from the package of the folder alone, not from those that it installs.
    overrides: ours.overrides,
    allowScripts: ours.allowScripts,
  };
}

/** What npm takes for a name. */
function packageName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  // The name of fuwuhao would be that of its own dependency.
  return name === '' || name === 'fuwuhao' ? 'my-bot' : name;
}
