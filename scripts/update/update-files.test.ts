import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeBot } from '../new/write-bot.ts';
import { noteWritten, readWritten } from '../new/written.ts';
import { updateFiles } from './update-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const edit = (name: string, from: string, to: string) => {
  const text = read(name);
  expect(text).toContain(from);
  writeFileSync(path.join(folder, name), text.replace(from, to));
};

/** As if fuwuhao had written another text before, which the author has left as it was. */
function asBefore(name: string, now: string, before: string): void {
  edit(name, now, before);
  const { ci, files } = readWritten(folder);
  noteWritten(folder, { ci, files: { ...files, [name]: files[name]?.replace(now, before) ?? '' } });
}

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'update-')), 'bot');
  writeBot({ folder, ci: 'cnb', language: 'en' });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules/fuwuhao'));
  writeFileSync(
    path.join(folder, 'src/account.ts'),
    `import { Router, variable } from 'fuwuhao';
export const account = new Router({ SHOP: variable.text('Name of the shop') });
`,
  );
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

test('what fuwuhao has changed comes in, and what the author has changed stays', async () => {
  await updateFiles(folder);
  asBefore('serverless.yml', '    timeout: 240\n', '    timeout: 230\n');
  asBefore('.cnb.yml', 'npm run check', 'npm run types');
  asBefore('.gitignore', 'coverage/\n', '');
  edit('serverless.yml', 'memorySize: 256', 'memorySize: 512');
  edit('package.json', '"fuwuhao": "', '"dayjs": "1.0.0",\n    "fuwuhao": "');
  const account = read('src/account.ts');

  const updated = await updateFiles(folder);

  expect(updated.map(({ name, conflicts }) => [name, conflicts]).sort()).toEqual([
    ['.cnb.yml', 0],
    ['.gitignore', 0],
    ['serverless.yml', 0],
  ]);
  expect(read('serverless.yml')).toContain('    timeout: 240\n');
  expect(read('serverless.yml')).toContain('memorySize: 512');
  expect(read('serverless.yml')).toMatch(/^ {8}SHOP: \$\{env:SHOP, ''\}$/m);
  expect(read('.gitignore')).toContain('coverage/\n');
  expect(read('package.json')).toContain('"dayjs": "1.0.0"');
  expect(read('src/account.ts')).toBe(account);
  expect(await updateFiles(folder)).toEqual([]);
});

test('where both have changed the same lines, both stand there, and are not asked about again', async () => {
  asBefore('serverless.yml', '    timeout: 240\n', '    timeout: 230\n');
  edit('serverless.yml', '    timeout: 230\n', '    timeout: 100\n');

  const updated = await updateFiles(folder);

  expect(updated).toContainEqual({ name: 'serverless.yml', conflicts: 1 });
  expect(read('serverless.yml')).toContain(
    '<<<<<<< yours\n    timeout: 100\n=======\n    timeout: 240\n>>>>>>> fuwuhao\n',
  );
  edit(
    'serverless.yml',
    '<<<<<<< yours\n    timeout: 100\n=======\n    timeout: 240\n>>>>>>> fuwuhao\n',
    '    timeout: 100\n',
  );
  expect(await updateFiles(folder)).toEqual([{ name: 'serverless.yml', conflicts: 0 }]);
  expect(read('serverless.yml')).toContain('    timeout: 100\n');
  expect(read('serverless.yml')).toContain('SHOP');
});

test('a file that its author has removed stays away, and a new one of fuwuhao comes', async () => {
  rmSync(path.join(folder, '.cnb.yml'));
  rmSync(path.join(folder, 'biome.json'));
  const { ci, files } = readWritten(folder);
  const { 'biome.json': _, ...others } = files;
  noteWritten(folder, { ci, files: others });

  const updated = await updateFiles(folder);

  expect(updated.map(({ name }) => name)).toContain('biome.json');
  expect(() => read('.cnb.yml')).toThrow();
  expect(read('biome.json')).toContain('node_modules/fuwuhao/biome.json');
});

test('package.json takes what is new beside what npm and the author have put there', async () => {
  await updateFiles(folder);
  asBefore('package.json', '"node": ">=20.19"', '"node": ">=18"');
  asBefore('package.json', '    "doctor": "fuwuhao doctor",\n', '');
  edit('package.json', '"fuwuhao": "', '"dayjs": "1.0.0",\n    "fuwuhao": "');
  edit('package.json', '"lint": "fuwuhao lint"', '"lint": "eslint ."');
  // As npm has installed another version.
  const { dependencies: before } = JSON.parse(read('package.json'));
  edit('package.json', before.fuwuhao, 'git+https://host/team/fuwuhao.git#v0.2.0');

  expect(await updateFiles(folder)).toContainEqual({ name: 'package.json', conflicts: 0 });

  const { engines, scripts, dependencies } = JSON.parse(read('package.json'));
  expect(engines).toEqual({ node: '>=20.19' });
  expect(scripts).toMatchObject({ doctor: 'fuwuhao doctor', lint: 'eslint .' });
  expect(dependencies).toMatchObject({
    dayjs: '1.0.0',
    fuwuhao: 'git+https://host/team/fuwuhao.git#v0.2.0',
  });
  expect(await updateFiles(folder)).toEqual([]);
});

test('without the note of what was written nothing is touched', async () => {
  rmSync(path.join(folder, 'fuwuhao-lock.json'));
  const before = read('serverless.yml');

  await expect(updateFiles(folder)).rejects.toThrow('take it back from git');
  expect(read('serverless.yml')).toBe(before);
});
