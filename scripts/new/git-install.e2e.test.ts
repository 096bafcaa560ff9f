import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type BuiltFile, type BuiltFunction, buildFunctions } from '../build/build.ts';

/**
 * A bot that gets fuwuhao from a git repository, by tag. What fuwuhao itself needs is found above the
 * folder, as where npm puts the packages of a package beside it: to install them again would take minutes.
 */
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'git-install-'));
const repository = path.join(folder, 'fuwuhao');
const bot = path.join(folder, 'my-bot');
const from = `git+file://${repository}`;
const offline = { ...process.env, CI: '', npm_config_offline: 'true' };

const COPIED = [
  ...['functions', 'shared', 'scripts', 'examples', 'package.json', 'tsconfig.json', 'biome.json'],
  ...['serverless.yml', 'cloudbaserc.json', '.env.example', '.oxlintrc.json', '.npmignore'],
  ...['jest.config.js', 'jest.bot.config.js'],
];
/** No tests but those of the account, and nothing that others make here meanwhile. */
const isCopied = (file: string) =>
  !/^(?:node_modules|dist|\.fuwuhao|\.installing|package-lock\.json)$/.test(path.basename(file)) &&
  (!file.endsWith('.test.ts') || file.includes(`functions${path.sep}callback`));

const run = async (file: string, args: readonly string[], cwd: string) =>
  (await promisify(execFile)(file, args, { cwd, env: offline })).stdout;
const fuwuhao = (...args: string[]) => run(path.join(bot, 'node_modules/.bin/fuwuhao'), args, bot);

async function tag(version: string): Promise<void> {
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], repository);
  await git('add', '-A');
  await git('commit', '-q', '-m', version);
  await git('tag', version);
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

beforeAll(async () => {
  for (const name of COPIED) {
    cpSync(path.join(root, name), path.join(repository, name), {
      recursive: true,
      filter: isCopied,
    });
  }
  edit(path.join(repository, 'package.json'), (text) => {
    const { dependencies: _, devDependencies: __, ...manifest } = JSON.parse(text);
    return JSON.stringify({ ...manifest, version: '0.1.0' });
  });
  await run('git', ['init', '-q'], repository);
  await tag('v0.1.0');
  edit(path.join(repository, 'serverless.yml'), (text) =>
    text.replace('    timeout: 240\n', '    timeout: 241\n'),
  );
  edit(path.join(repository, 'package.json'), (text) => text.replace('0.1.0', '0.2.0'));
  await tag('v0.2.0');
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));

  const made = [path.join(repository, 'scripts/run.mjs'), 'new', bot, '--from', `${from}#v0.1.0`];
  await run(process.execPath, made, repository);
});
afterAll(() => rmSync(folder, { recursive: true }));

const account = `import { Router } from 'fuwuhao';

export const account = new Router().use((ctx) => ctx.reply('hello'));
`;

test('its types hold, its tests pass, and its bundles are made of the same as those of a checkout', async () => {
  writeFileSync(path.join(bot, 'src/account.ts'), account);
  writeFileSync(
    path.join(bot, 'src/account.test.ts'),
    `import { talk } from 'fuwuhao';
import { expect, test } from 'fuwuhao/testing';
import { account } from './account.ts';

test('answers', async () => {
  expect(await talk(account, { type: 'text', content: 'x' })).toMatchObject({ content: 'hello' });
});
`,
  );

  await fuwuhao('types');
  await fuwuhao('lint');
  await fuwuhao('test', '--mine');
  const [theirs] = JSON.parse(await fuwuhao('build', 'callback', '--json')) as BuiltFunction[];

  const own = path.join(folder, 'account.ts');
  writeFileSync(own, account.replace('fuwuhao', path.join(root, 'shared/index.ts')));
  const outDir = path.join(folder, 'built');
  const [ours] = await buildFunctions({ root, account: own, outDir, only: ['callback'] });
  // The bundler orders modules by their paths, which decides about the names in the code.
  const parts = (files: readonly BuiltFile[] = []) =>
    files.map(({ name, bytes, contents }) => [name.replace(/\w+\.js$/, ''), bytes, contents]);
  expect(parts(theirs?.files).sort()).toEqual(parts(ours?.files).sort());
});

test('npm run update installs the newest tag, and brings its changes into the files', async () => {
  const serverless = path.join(bot, 'serverless.yml');
  // The checkout that made the folder was at the newer version already.
  expect(readFileSync(serverless, 'utf8')).toContain('    timeout: 240\n');
  edit(serverless, (text) => text.replace('memorySize: 256', 'memorySize: 512'));

  const output = await fuwuhao('update');

  expect(output).toContain('fuwuhao v0.2.0\n');
  expect(output).toMatch(/^serverless\.yml$/m);
  const manifest = JSON.parse(readFileSync(path.join(bot, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toEqual({ fuwuhao: `${from}#v0.2.0` });
  expect(readFileSync(serverless, 'utf8')).toContain('    timeout: 241\n');
  expect(readFileSync(serverless, 'utf8')).toContain('memorySize: 512');
  expect(readFileSync(path.join(bot, 'src/account.ts'), 'utf8')).toBe(account);
  expect(await fuwuhao('update')).toContain('All files are up to date.');
});
