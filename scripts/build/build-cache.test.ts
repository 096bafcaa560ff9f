import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { BuildCache } from './build-cache.ts';
import { toCommonJs } from './common-js.ts';
import { esbuildOptions } from './esbuild-options.ts';

const NODE_MODULES = path.resolve('node_modules');
const driver = 'node-sdk';
const entry = {
  file: 'index',
  contents: "export { main } from './functions/echo/index.ts';",
} as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'build-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A checkout with one function, which says a word. */
function checkout(name: string, word: string): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, 'functions/echo'), { recursive: true });
  mkdirSync(path.join(root, 'shared'));
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(root, 'functions/echo/index.ts'),
    "import { word } from '../../shared/word.ts';\nexport const main = async () => word;",
  );
  say(root, word);
  symlinkSync(NODE_MODULES, path.join(root, 'node_modules'));
  return root;
}

function say(root: string, word: string): void {
  writeFileSync(path.join(root, 'shared/word.ts'), `export const word = '${word}';`);
}

/** Builds as another process would, a second after the last change; tells whether it had to bundle. */
async function made(
  root: string,
  { driver: named = 'node-sdk', account = 'account.ts', sourceMaps = false, now = later } = {},
) {
  let bundled = false;
  const cache = new BuildCache({ folder: path.join(folder, 'cache'), now });
  const choices = { account: path.join(root, account), sourceMaps };
  const files = await cache.files(root, { ...choices, driver: named }, async () => {
    bundled = true;
    return toCommonJs(await build(esbuildOptions(root, { ...choices, driver }, entry)));
  });
  const code = Buffer.from(files[0]?.code ?? []).toString();
  return { bundled, code, files };
}
const later = () => Date.now() + 1_000;

describe('bundles that were made before', () => {
  test('are taken again, whole, also in another folder with the same sources', async () => {
    const first = await made(checkout('one', 'hello'));
    const second = await made(checkout('two', 'hello'));

    expect([first.bundled, second.bundled]).toEqual([true, false]);
    expect(second.files.map(({ name, metafile }) => ({ name, metafile }))).toEqual(
      first.files.map(({ name, metafile }) => ({ name, metafile })),
    );
    expect(second.code).toBe(first.code);
    expect(first.code).toContain('hello');
  });

  test('are made anew when a file that they were made from has changed, and kept beside the old', async () => {
    const root = checkout('one', 'hello');
    await made(root);
    say(root, 'goodbye');
    const changed = await made(root);
    say(root, 'hello');
    const back = await made(root);

    expect([changed.bundled, back.bundled]).toEqual([true, false]);
    expect(changed.code).toContain('goodbye');
    expect(back.code).toContain('hello');
  });

  test.each<[string, (root: string) => void, object]>([
    ['another package.json', (root) => writeFileSync(path.join(root, 'package.json'), '{}'), {}],
    ['a file that has gone', (root) => rmSync(path.join(root, 'shared/word.ts')), {}],
    ['other options', () => {}, { driver: 'postgres' }],
  ])('%s is another build', async (_, change, options) => {
    const root = checkout('one', 'hello');
    await made(root);
    change(root);

    const again = await made(root, options).catch(() => ({ bundled: true }));

    expect(again.bundled).toBe(true);
  });

  test('are the same with another account, unless they are made from it', async () => {
    const root = checkout('one', 'hello');
    for (const name of ['a', 'b']) {
      writeFileSync(path.join(root, `${name}.ts`), `export const account = 'account ${name}';`);
    }
    const build = async (account: string) => made(root, { account });
    const without = [await build('a.ts'), await build('b.ts')];
    writeFileSync(
      path.join(root, 'functions/echo/index.ts'),
      "import { account } from '#account';\nexport const main = async () => account;",
    );
    const withIt = [await build('a.ts'), await build('b.ts'), await build('a.ts')];

    expect(without.map(({ bundled }) => bundled)).toEqual([true, false]);
    expect(withIt.map(({ bundled }) => bundled)).toEqual([true, true, false]);
    expect(withIt.map(({ code }) => /account \w/.exec(code)?.[0])).toEqual([
      'account a',
      'account b',
      'account a',
    ]);
  });

  test('come with the maps that they were made with', async () => {
    const root = checkout('one', 'hello');
    const plain = await made(root);
    const mapped = [await made(root, { sourceMaps: true }), await made(root, { sourceMaps: true })];

    expect(mapped.map(({ bundled }) => bundled)).toEqual([true, false]);
    expect(mapped[1]?.files[0]?.map).toContain('shared/word.ts');
    expect(mapped[1]?.files[0]?.map).toBe(mapped[0]?.files[0]?.map);
    expect(plain.files[0]?.map).toBeUndefined();
  });

  test('are not kept when a file has changed while they were made', async () => {
    const root = checkout('one', 'hello');
    // By the clock of the file system, which may be another than that of the process.
    const before = statSync(path.join(root, 'shared/word.ts')).ctimeMs - 1_000;

    expect((await made(root, { now: () => before })).bundled).toBe(true);
    expect((await made(root)).bundled).toBe(true);
    expect((await made(root)).bundled).toBe(false);
  });

  test('what cannot be read is made again', async () => {
    const root = checkout('one', 'hello');
    await made(root);
    const cache = path.join(folder, 'cache');
    for (const name of readdirSync(cache)) writeFileSync(path.join(cache, name), '{"half');

    const again = await made(root);

    expect([again.bundled, again.code.includes('hello')]).toEqual([true, true]);
    expect((await made(root)).bundled).toBe(false);
  });
});
