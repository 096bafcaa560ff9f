import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { completionRules } from './rules.ts';
import { type Shell, shells } from './shells.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** How each shell is asked what it would offer; the line is given as an argument. */
const asked: Readonly<Record<Shell, readonly string[]>> = {
  bash: [
    'bash',
    '-c',
    `eval "$1"; COMP_LINE="$2"; COMP_POINT=\${#2}; _fuwuhao_npm; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
  ],
  zsh: [
    'zsh',
    '-fc',
    // What completion itself would provide, so that the function can be called.
    `compdef() { :; }; compadd() { shift; for each in "$@"; do [[ "$each" == "$word"* ]] && print -r -- "$each"; done; true; }; _files() { :; }
     eval "$1"; words=(\${=2}); [[ "$2" == *' ' ]] && words+=(''); CURRENT=$#words; word="$words[-1]"; _fuwuhao_npm; true`,
    'zsh',
  ],
  fish: ['fish', '-c', `eval (string collect -- $argv[1]); complete -C $argv[2]`],
};
/** bash is everywhere that the tests run; the other two are tried where they are installed. */
const installed = (Object.keys(shells) as Shell[]).filter(
  (shell) => spawnSync(shell, ['-c', 'true']).status === 0,
);

function offers(shell: Shell, line: string, cwd = root): readonly string[] {
  const [program = '', ...args] = asked[shell];
  const { stdout, stderr, status } = spawnSync(
    program,
    [...args, shells[shell](completionRules()), line],
    { cwd, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${shell}: ${stderr}`);
  // fish says after a tab what a word is.
  return stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
}

test('bash is here', () => {
  expect(installed).toContain('bash');
});

describe.each(installed)('%s', (shell) => {
  test.each([
    ['npm run inv', ['invoke']],
    ['npm run invoke -- foll', ['followers']],
    ['npm run invoke -- followers cou', ['count', 'countBlocked', 'countSegments']],
    ['npm run invoke -- qrcode ', ['create', 'list', 'stats', '--help']],
    ['npm run invoke -- short', ['shorten']],
    ['npm run invoke -- menu create @a.json --wa', ['--watch']],
    ['npm run logs -- --follow --le', ['--level']],
    ['npm start -- --se', ['--seed']],
    ['npm run completion -- ', ['bash', 'zsh', 'fish']],
  ])('offers after "%s" %j', (line, words) => {
    const offered = offers(shell, line);
    expect(offered).toEqual(expect.arrayContaining(words));
    // fish adds what it knows of npm by itself.
    if (shell !== 'fish') expect(offered).toHaveLength(words.length);
  });

  test('offers nothing of this project elsewhere', () => {
    expect(offers(shell, 'npm run invoke -- foll', '/')).not.toContain('followers');
  });
});

test('bash gets what comes after a colon, which ends a word there', () => {
  expect(offers('bash', 'npm run deploy:w')).toEqual(['wechat']);
});
