import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chinese, helpOf, wrappedCommands } from './help.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
/** Where the options of a command are read, if its folder has another name. */
const folders: Readonly<Record<string, readonly string[]>> = {
  test: ['testing'],
  'test:at': ['testing/moments'],
  soak: [
    'soak',
    'soak/token',
    'soak/inbox',
    'soak/conversation',
    'soak/metrics',
    'soak/mass-send',
    'soak/proxy',
  ],
  'deploy:tcb': ['deploy/tcb'],
  'deploy:wechat': ['deploy/wechat'],
  models: ['cloud/models'],
  docs: ['project'],
  variables: ['project'],
};
/** Their options are those of other programs, or stand in a text alone. */
const isOurs = (command: string) => !wrappedCommands.includes(command) && command !== 'deploy';

function sourcesOf(command: string): string {
  return (folders[command] ?? [command])
    .map((folder) => path.join(root, 'scripts', folder))
    .flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)))
    .filter((file) => /^(?!.*\.test\.).*\.(?:ts|mjs)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

const flagsIn = (text: string) =>
  new Set([...text.matchAll(/(?<![\w-])--([a-z][\w-]+)/g)].map(([, flag = '']) => flag));

describe.each(Object.keys(scripts))('npm run %s', (command) => {
  const text = chinese[command] ?? '';

  test('has a help in Chinese', () => {
    expect(text).toMatch(/^用法：npm (?:run )?/);
    expect(text).toContain(command);
  });

  if (!isOurs(command)) return;

  test('names in Chinese the options that it reads, and no others', () => {
    const sources = sourcesOf(command);
    const read = [...sources.matchAll(/^ +'?([a-z][\w-]+)'?: \{ type: '(?:string|boolean)'/gm)];
    const missing = read.map(([, flag = '']) => flag).filter((flag) => flag !== 'help');
    const known = `${sources}\n--help`;

    expect(missing.filter((flag) => !flagsIn(text).has(flag))).toEqual([]);
    expect([...flagsIn(text)].filter((flag) => !new RegExp(`\\b${flag}\\b`).test(known))).toEqual(
      [],
    );
  });
});

test('the door knows which commands have their help here in English, too', () => {
  const [, list = ''] = /^const wrapped = (\[.*\]);$/m.exec(read('scripts/run.mjs')) ?? [];

  expect(JSON.parse(list.replaceAll("'", '"'))).toEqual(wrappedCommands);
  for (const command of wrappedCommands) {
    expect(helpOf(command, 'en')).toMatch(new RegExp(`^Usage: npm run ${command}`));
  }
});

test.each([
  ['tcb', 'en_US.UTF-8', /^Usage: npm run tcb/],
  ['logs', 'zh_CN.UTF-8', /^用法：npm run logs/],
])('npm run %s -- --help speaks %s', (command, locale, words) => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', command, '--help'], {
    cwd: root,
    env: { ...process.env, LC_ALL: locale },
    encoding: 'utf8',
  });

  expect([status, stdout]).toEqual([0, expect.stringMatching(words)]);
});
