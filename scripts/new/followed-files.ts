import { type Ci, ciFiles } from './ci-files.ts';
import { botManifest } from './manifest.ts';
import { deploymentFiles } from './own-files.ts';
import { toolFiles } from './tool-files.ts';

/** What decides about the files of a bot. */
export interface BotChoices {
  /** Where the bot is, absolute. */
  readonly folder: string;
  /** What npm installs as fuwuhao. */
  readonly from: string;
  readonly ci: Ci;
}

/**
 * The files of a bot that follow fuwuhao from version to version, as this one would write them anew: all
 * but the account, its tests and the README.
 */
export function followedFiles({ folder, from, ci }: BotChoices): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify(botManifest(folder, from), null, 2)}\n`,
    ...toolFiles,
    ...deploymentFiles('none'),
    ...ciFiles(ci),
  };
}
