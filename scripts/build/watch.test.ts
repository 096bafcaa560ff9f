import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyProject } from '../testing/tools/project-copy.ts';
import { type Rebuild, type WatchedBuild, watchFunctions } from './watch.ts';

let project: ReturnType<typeof copyProject>;
let watched: WatchedBuild;
let rebuilds: Rebuild[];
let onRebuild: () => void;

/** Three functions are enough: two that the account is part of, and one that it is not. */
const FUNCTIONS = ['callback', 'menu', 'worker'];

beforeEach(async () => {
  project = copyProject();
  const functions = path.join(project.root, 'functions');
  for (const name of readdirSync(functions)) {
    if (!FUNCTIONS.includes(name)) rmSync(path.join(functions, name), { recursive: true });
  }
  rebuilds = [];
  onRebuild = () => {};
  watched = await watchFunctions({
    ...project,
    outDir: path.join(project.root, 'dist'),
    onRebuild(rebuild) {
      rebuilds.push(rebuild);
      onRebuild();
    },
  });
});
afterEach(async () => {
  await watched.close();
  project.remove();
});

const file = (name: string) => path.join(project.root, name);
const nextRebuild = (isMeant: (rebuild: Rebuild) => boolean = () => true): Promise<Rebuild> =>
  new Promise((resolve) => {
    onRebuild = () => {
      const rebuild = rebuilds.at(-1) as Rebuild;
      if (isMeant(rebuild)) resolve(rebuild);
    };
  });
const hasBuilt = (wanted: string) => (rebuild: Rebuild) =>
  rebuild.built.some(({ name }) => name === wanted);
const bundleOf = (name: string) => readFileSync(file(`dist/${name}/index.js`), 'utf8');

/** What holds this process: watched files among it. */
const watchers = () =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'FSEventWrap').length;

describe('watched functions', () => {
  test('only those are built again that the changed file is part of', async () => {
    const source = readFileSync(file('functions/menu/index.ts'), 'utf8');
    const rebuilt = nextRebuild();

    writeFileSync(file('functions/menu/index.ts'), `${source}\nconsole.error('made anew');`);

    const { built, failures, ms } = await rebuilt;
    expect(built.map(({ name }) => name)).toEqual(['menu']);
    expect(failures).toEqual([]);
    expect(ms).toBeGreaterThan(0);
    expect(bundleOf('menu')).toContain('made anew');
  });

  test('an editor that saves by renaming is seen as well', async () => {
    const { account } = project;
    const source = readFileSync(account, 'utf8');
    const rebuilt = nextRebuild();

    writeFileSync(`${account}.tmp`, source.replace('欢迎', '您好'));
    renameSync(`${account}.tmp`, account);

    expect((await rebuilt).built.map(({ name }) => name)).toContain('callback');
    expect(bundleOf('callback')).toContain('您好');
  });

  test('what does not build is told, the old file stays, and another file may mend it', async () => {
    const { account } = project;
    const source = readFileSync(account, 'utf8');
    const before = bundleOf('callback');
    const failed = nextRebuild();
    writeFileSync(account, `import { words } from './words/list.ts';\n${source}\nvoid words;`);

    const { failures } = await failed;
    expect(failures.map(({ name }) => name)).toContain('callback');
    expect(failures[0]?.errors[0]?.text).toContain('./words/list.ts');
    expect(bundleOf('callback')).toBe(before);

    // A busy machine sees one write in two steps and may have failed a second time by now.
    const mended = nextRebuild(hasBuilt('callback'));
    const words = path.join(path.dirname(account), 'words');
    mkdirSync(words);
    writeFileSync(path.join(words, 'list.ts'), 'export const words = 1;');
    expect((await mended).failures).toEqual([]);
  });

  test.each([0, 40, 60, 90])(
    'closed %i ms after a change, nothing is watched any more',
    async (ms) => {
      const { account } = project;
      const source = readFileSync(account, 'utf8');
      expect(watchers()).toBeGreaterThan(0);

      // A file outside the watched folders, which the rebuild would watch from then on.
      writeFileSync(file('words.ts'), 'export const words = 1;');
      const words = path.relative(path.dirname(account), file('words.ts'));
      writeFileSync(account, `import { words } from './${words}';\n${source}\nvoid words;`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await watched.close();
      const told = rebuilds.length;
      await new Promise((resolve) => setTimeout(resolve, 100));

      expect(watchers()).toBe(0);
      expect(rebuilds).toHaveLength(told);
    },
  );
});
