import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ownRoot, toolsRoot } from '../project/root.ts';
import { atTag, isGit, newestTag } from './tags.ts';
import { type UpdatedFile, updateFiles } from './update-files.ts';

const HELP = `Usage: npm run update -- [<tag>] [options]

In the folder of a bot alone: brings fuwuhao up to date, then what it has changed in the files that came
with the folder (deployment files, settings, commands, CI). What you have changed in them stays, as in a
merge of git; where both have changed the same lines, both stand there between git's marks. The account, its
tests and the README are never touched.

Where package.json names a git repository, its newest version is installed, or <tag>. Where it names a
checkout by its path, whatever the checkout now holds is taken over.

  --files  only the files: fuwuhao stays as it is installed
  --help   print this

Exit code: 0 if all is well, 1 if something failed or you have to decide between two changes.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        files: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    if (ownRoot === toolsRoot) {
      throw new Error('This is a checkout of fuwuhao itself: `git pull` brings it up to date.');
    }
    const [tag] = positionals;
    if (values.files) return report(await updateFiles(ownRoot));
    installNewer(tag);
    // The version that is there now knows its own files.
    const update = [
      path.join(ownRoot, 'node_modules/fuwuhao/scripts/run.mjs'),
      'update',
      '--files',
    ];
    const code = run(process.execPath, update);
    // The versions that npm has to take of some packages stand in package.json.
    return run('npm', ['install']) === 0 ? code : 1;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

/** @throws Error if there is no such tag, or npm failed */
function installNewer(tag: string | undefined): void {
  const manifest = JSON.parse(readFileSync(path.join(ownRoot, 'package.json'), 'utf8')) as {
    readonly dependencies: { readonly fuwuhao: string };
  };
  const from = manifest.dependencies.fuwuhao;
  if (!isGit(from)) {
    if (tag === undefined) return;
    throw new Error(`package.json names ${from}, which has no tags: change it there.`);
  }
  const wanted = tag ?? newestTag(from);
  if (wanted === undefined) throw new Error(`${from} has no tag of a version, such as v0.1.0.`);
  const newer = atTag(from, wanted);
  if (newer === from) return;
  console.log(`fuwuhao ${wanted}`);
  const code = run('npm', ['install', `fuwuhao@${newer}`]);
  if (code !== 0) throw new Error(`npm could not install ${newer}; see above.`);
}

function report(updated: readonly UpdatedFile[]): number {
  if (updated.length === 0) console.log('All files are up to date.');
  for (const { name, conflicts } of updated) {
    console.log(conflicts > 0 ? `${name}: decide between <<<<<<< and >>>>>>>` : name);
  }
  if (updated.length > 0)
    console.log('See node_modules/fuwuhao/CHANGELOG.md, and run npm run check.');
  return updated.some(({ conflicts }) => conflicts > 0) ? 1 : 0;
}

/** Runs a program in the foreground, in the folder of the bot. */
function run(program: string, args: readonly string[]): number {
  return spawnSync(program, args, { cwd: ownRoot, stdio: ['ignore', 1, 2] }).status ?? 1;
}
