import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageFolder } from '../packages.mjs';
import { languageOf } from '../project/language.ts';
import { toolsRoot } from '../project/root.ts';
import { ciNamed } from './ci-files.ts';
import { writeBot } from './write-bot.ts';

const HELP = `Usage: npm run new -- <folder> [options]

Makes a folder for a bot alone: your account with its tests, settings, deployment files and CI, and
fuwuhao as a package. There npm start, npm test, npm run build, npm run deploy and all others work as they
do here. The account is that of functions/callback, as it stands in this checkout.

  --from <package>  where npm gets fuwuhao from, such as git+https://host/team/fuwuhao.git#v0.1.0
                    (default: this checkout, by its path)
  --ci <service>    whose pipeline is written: github (default), cnb or coding
  --no-install      do not run npm install there
  --json            print the outcome as JSON
  --help            print this

More: docs/own-folder.md.`;

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        ci: { type: 'string', default: 'github' },
        'no-install': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) {
      console.error(`Name one folder.\n\n${HELP}`);
      return 2;
    }
    // npm runs scripts in the root of the checkout, and says where it was called.
    const folder = path.resolve(process.env.INIT_CWD ?? '.', name);
    const language = languageOf(process.env);
    const { from } = values;
    const files = writeBot({
      ...{ folder, language, ci: ciNamed(values.ci) },
      ...(from === undefined ? {} : { from }),
    });
    sortImports(folder);
    if (!values['no-install']) install(folder);
    if (!values['no-install'] && from !== undefined) adopt(folder);
    if (values.json) console.log(JSON.stringify({ folder, files }));
    else console.log(`${files.join('\n')}\n\nNow: cd ${folder} && npm start`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

/** @throws Error if npm failed */
function install(folder: string): void {
  // npm's own report goes to stderr: stdout belongs to the command.
  const { status } = spawnSync('npm', ['install'], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`\`npm install\` in ${folder} failed; see above.`);
}

/** Imports from the package sort differently. What else Biome finds, it found in the checkout before. */
function sortImports(folder: string): void {
  const biome = path.join(packageFolder(toolsRoot, '@biomejs/biome'), 'bin/biome');
  // The configuration of the folder begins with that of a package which is not installed yet.
  const options = ['check', '--write', `--config-path=${toolsRoot}`, '--vcs-enabled=false', 'src'];
  spawnSync(process.execPath, [biome, ...options], { cwd: folder, stdio: 'ignore' });
}

/** Has the version that was installed write its own files: it need not be that of this checkout. */
function adopt(folder: string): void {
  const update = [path.join(folder, 'node_modules/fuwuhao/scripts/run.mjs'), 'update', '--files'];
  const { status } = spawnSync(process.execPath, update, { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The files are not those of the version that was installed.');
}
