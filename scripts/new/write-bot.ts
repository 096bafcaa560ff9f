import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../project/language.ts';
import { toolsRoot } from '../project/root.ts';
import { serviceNameFor, withServiceName } from '../project/service-name.ts';
import type { Ci } from './ci-files.ts';
import { followedFiles } from './followed-files.ts';
import { deploymentFiles, ownFiles } from './own-files.ts';
import { readme } from './readme.ts';
import { noteWritten } from './written.ts';

export interface BotRequest {
  /** Where the bot is to be, absolute. */
  readonly folder: string;
  /** What npm installs as fuwuhao; this checkout unless given. */
  readonly from?: string;
  readonly ci: Ci;
  /** Of the README. */
  readonly language: Language;
}

/** Other than that of a checkout, it begins from the package. */
const SMOKE_TEST = `import { expect, faultsOfAccount, test } from 'fuwuhao/testing';

/** Holds for any account: whatever it does, no follower sees WeChat's fault notice. */
test('the account answers every sample event and message without a fault', async () => {
  const { sent, faults } = await faultsOfAccount();

  expect(faults).toEqual([]);
  expect(sent).toBeGreaterThan(50);
});
`;

/**
 * Writes a bot alone, with the author's files of this checkout. Gives the names of what it has written.
 *
 * @throws Error that says what to do if the folder has something in it, or lies in this checkout, or if
 *   this is no checkout and nothing says where npm gets fuwuhao from
 */
export function writeBot({ folder, from, ci, language }: BotRequest): readonly string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`${folder} is not empty: name a new folder.`);
  }
  if (`${folder}${path.sep}`.startsWith(toolsRoot + path.sep)) {
    throw new Error(`${folder} lies in fuwuhao itself: name a folder beside it.`);
  }
  if (from === undefined && !existsSync(path.join(toolsRoot, 'package-lock.json'))) {
    throw new Error('This is no checkout: name by --from where npm gets fuwuhao from.');
  }
  mkdirSync(folder, { recursive: true });
  // npm follows the links on its way to the folder before it goes up from there.
  const own = realpathSync(folder);
  const followed = followedFiles({
    folder: own,
    from: from ?? `file:${path.relative(own, toolsRoot)}`,
    ci,
  });
  const { 'serverless.yml': serverlessYml = '', ...deployment } = deploymentFiles('own');
  const files = {
    ...followed,
    ...deployment,
    // Two bots of one account of Tencent Cloud would replace each other's functions.
    'serverless.yml': withServiceName(serverlessYml, serviceNameFor(path.basename(own))),
    'README.md': readme[language].replace('NAME', path.basename(own)),
    ...ownFiles(),
    ...{ 'src/account.smoke.test.ts': SMOKE_TEST },
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(own, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  noteWritten(own, { ci, files: followed });
  return Object.keys(files).sort();
}
