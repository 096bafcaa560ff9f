import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { takers } from '../invoke/new-secret.ts';
import { unabridged } from '../invoke/short-forms.ts';
import { actionsOf } from './action-reference.ts';
import { invokable } from './invokable-actions.ts';
import { type PageCommand, proseCommandsOf, shellCommandsOf } from './page-commands.ts';
import { fencesOf, readPages } from './pages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** The programs of others, whose flags are theirs; `test` and `format` hand on to such ones. */
const foreign = new Set(['serverless', 'tcb', 'test', 'types', 'lint', 'format']);
/** Where the flags of a command are read, when its folder has another name. */
const folders: Readonly<Record<string, string>> = {
  check: 'testing',
  'test:at': 'testing/moments',
  'deploy:tcb': 'deploy/tcb',
  'deploy:wechat': 'deploy/wechat',
};

/** The changelog tells what was, and names commands in short. */
const pages = readPages(root).filter(({ file }) => file !== 'CHANGELOG.md');
const commands = pages.flatMap((page) => [...shellCommandsOf(page), ...proseCommandsOf(page)]);
const invocations = commands.filter(({ script, args }) => script === 'invoke' && args !== '');

describe('commands that pages name', () => {
  test('each is a script of package.json', () => {
    const unknown = commands.filter(({ script }) => !Object.hasOwn(scripts, script));

    expect(commands.length).toBeGreaterThan(150);
    expect(unknown).toEqual([]);
  });

  test('each takes the flags that it is given', () => {
    const wrong = commands
      .filter(({ script }) => !foreign.has(script))
      .flatMap((command) => flagsOf(command).map((flag) => ({ ...command, flag })))
      .filter(({ script, flag }) => !sourceOf(script).includes(flag));

    expect(wrong).toEqual([]);
  });

  test('each invocation names an action, and a payload that the action takes', () => {
    const wrong = invocations.filter((command) => !isInvocation(command));

    expect(invocations.length).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
  });
});

function flagsOf({ args }: PageCommand): readonly string[] {
  return [...args.replace(/'[^']*'/g, '').matchAll(/(?<=^|\s)--([\w-]+)/g)].map(
    ([, flag = '']) => flag,
  );
}

/** The sources in which a command reads its flags, each kept once it was read. */
const sources = new Map<string, string>();
function sourceOf(script: string): string {
  const known = sources.get(script);
  if (known !== undefined) return known;
  const folder = path.join(root, 'scripts', folders[script] ?? script);
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|mjs)$/.test(file) && !file.endsWith('.test.ts'))
    .filter((file) => !file.includes('node_modules'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  sources.set(script, text);
  return text;
}

function isInvocation({ page, args }: PageCommand): boolean {
  const [, words = '', inline, file] =
    /^([\w-]+(?: \w+)?)(?: '([^']*)'| @(\S+))?(?: --stage \w+| --[\w-]+)*$/.exec(args) ?? [];
  const [name = '', action = ''] = unabridged(words.split(' '));
  if (!Object.hasOwn(invokable, name)) return false;
  const found = actionsOf(name as keyof typeof invokable).find(([each]) => each === action);
  if (!found) return false;
  if (args.endsWith(' --help')) return true;
  if (file !== undefined) return existsSync(path.join(root, file)) || isWritten(page, file);
  // A page leaves out what a reader has to fill in, and `npm run invoke` puts in what it makes or reads.
  if (inline?.includes('…') || inline?.includes('"file":"@') || inline?.includes('"file": "@')) {
    return true;
  }
  const payload: unknown = inline === undefined ? undefined : JSON.parse(inline);
  const isNamed = typeof payload === 'object' && payload !== null;
  const takesSecret = takers[name]?.includes(action) ?? false;
  return v.is(
    found[1].schema,
    takesSecret && isNamed ? { secret: '0'.repeat(43), ...payload } : payload,
  );
}

/** Whether the page itself says what is in the file. */
function isWritten(page: string, file: string): boolean {
  return pages.some((each) => each.file === page && fencesOf(each).some(({ is }) => is === file));
}
