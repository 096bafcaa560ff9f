import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { accountName, BOT_ACCOUNT, toolsRoot } from '../project/root.ts';
import { withVariables } from '../project/variable-files.ts';

/** Of functions/callback: the function itself, and the test that a bot has in another form. */
const OURS = ['index.ts', 'server.ts', 'account.smoke.test.ts'];

/** The author's own files of this checkout, by the names that they get in the folder of a bot alone. */
export function ownFiles(): Readonly<Record<string, string>> {
  const folder = path.join(toolsRoot, path.dirname(accountName(toolsRoot)));
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.relative(folder, path.join(each.parentPath, each.name)))
    .filter((name) => !OURS.includes(name))
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      `src/${name.replaceAll(path.sep, '/')}`,
      importingPackage(readFileSync(path.join(folder, name), 'utf8')),
    ]),
  );
}

/** The text of a file, or the module that takes fuwuhao from its package. */
function importingPackage(source: string): string {
  return source
    .replace(/'(?:\.\.\/)+shared\/index\.ts'/g, "'fuwuhao'")
    .replaceAll("'@jest/globals'", "'fuwuhao/testing'");
}

/**
 * The files of a deploy as they are in a bot alone.
 *
 * @param variables whether they name those of this checkout's account, or none
 */
export function deploymentFiles(variables: 'own' | 'none'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['serverless.yml', 'cloudbaserc.json', '.env.example'].map((name) => {
      const is = readFileSync(path.join(toolsRoot, name), 'utf8');
      const text = variables === 'own' ? is : withVariables(toolsRoot, name, is, {});
      return [
        name,
        text
          .replaceAll('./scripts/deploy/', './node_modules/fuwuhao/scripts/deploy/')
          .replaceAll(accountName(toolsRoot), BOT_ACCOUNT),
      ];
    }),
  );
}
