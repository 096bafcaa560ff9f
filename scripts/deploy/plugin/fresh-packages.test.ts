import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../../emulator/cloudbase/testing/until.ts';
import { filesOf } from '../../emulator/tencent/cloud/package.ts';
import { FreshPackages } from './fresh-packages.ts';
import { packFunctions } from './pack-functions.ts';

let root: string;
const names = [{ name: 'small', isHttp: false }];
const at = (file: string) => path.join(root, file);
const driver = process.env.STORE_DRIVER;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'packages-'));
  mkdirSync(at('functions/small'), { recursive: true });
  await write('functions/small/words.ts', "export const words = 'first edition';");
  await write(
    'functions/small/index.ts',
    "import { words } from './words.ts'; export const main = () => words;",
  );
});
afterEach(() => {
  if (driver === undefined) delete process.env.STORE_DRIVER;
  else process.env.STORE_DRIVER = driver;
  rmSync(root, { recursive: true });
});

/** Writes a file and waits until it counts as settled: the clock of file systems is coarse. */
async function write(file: string, text: string): Promise<void> {
  writeFileSync(at(file), text);
  await until(() => Date.now() > statSync(at(file)).ctimeMs + 200);
}

async function pack(mayReuse = true) {
  const [made] = await packFunctions(root, names, { mayReuse });
  const zip = readFileSync(made?.file ?? '');
  const code = Buffer.from(filesOf(zip).get('index.js') ?? []).toString();
  return { isReused: made?.isReused === true, zip, code };
}

test('what has not changed is not packed again, and is the same', async () => {
  const first = await pack();
  const second = await pack();

  expect([first.isReused, second.isReused]).toEqual([false, true]);
  expect(second.zip).toEqual(first.zip);
  expect((await pack(false)).isReused).toBe(false);
});

describe('it is packed again', () => {
  test('after a file that goes into it has changed, even to the same length', async () => {
    await pack();
    await write('functions/small/words.ts', "export const words = 'other edition';");
    const { isReused, code } = await pack();

    expect([isReused, code]).toEqual([false, expect.stringContaining('other edition')]);
  });

  test.each<[string, () => void]>([
    ['the zip was changed', () => writeFileSync(at('dist/small.zip'), 'something else')],
    ['the zip is gone', () => rmSync(at('dist/small.zip'))],
    ['a file that goes into it is a new one', () => writeFileSync(at('package.json'), '{}')],
    [
      'it has a server now',
      () => writeFileSync(at('functions/small/server.ts'), 'export const main = () => undefined;'),
    ],
    ['another store is chosen', () => (process.env.STORE_DRIVER = 'postgres')],
    ['the notes are half written', () => writeFileSync(at('dist/packages.json'), '{"small":')],
    ['the notes are of another form', () => writeFileSync(at('dist/packages.json'), '{"small":1}')],
  ])('when %s', async (_, change) => {
    await pack();
    change();
    const { isReused, code } = await pack();

    expect([isReused, code]).toEqual([false, expect.stringContaining('first edition')]);
  });
});

test('a file that was saved while it was bundled is not taken for the one that was read', async () => {
  const { zip } = await pack();
  const words = at('functions/small/words.ts');
  const fresh = new FreshPackages(root, 'node-sdk');
  const made = {
    name: 'small',
    file: at('dist/small.zip'),
    zipBytes: zip.length,
    bytes: 1,
    inputs: [words],
  };
  rmSync(at('dist/packages.json'));

  fresh.note(names, [made], statSync(words).ctimeMs - 1);
  expect(fresh.find(names)).toBeUndefined();
  fresh.note(names, [made], statSync(words).ctimeMs + 1000);
  expect(fresh.find(names)).toHaveLength(1);
});
