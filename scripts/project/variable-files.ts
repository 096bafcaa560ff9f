import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../../shared/kernel/settings.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import { accountFunctions, readVariables } from './account.ts';
import { accountName, ownAccount } from './root.ts';
import type { MadeFile } from './write-files.ts';

/**
 * The files that hand variables to the deployed functions, with those that the project's account
 * declares and without any that it no longer does.
 *
 * @throws Error if the account cannot be read, or that says what a file lacks.
 */
export async function variableFiles(root: string): Promise<readonly MadeFile[]> {
  const variables = await readVariables(root, ownAccount(root));
  return Object.keys(edits).map((name) => {
    const is = readFileSync(path.join(root, name), 'utf8');
    return { name, is, shouldBe: withVariables(root, name, is, variables) };
  });
}

/**
 * The text of a file of the project in `root` with these variables of an account, and no others; one that
 * names none is as it was.
 *
 * @throws Error that says what the file lacks.
 */
export function withVariables(
  root: string,
  name: string,
  text: string,
  variables: Variables,
): string {
  const edit = Object.hasOwn(edits, name) ? edits[name] : undefined;
  return edit ? edit(text, root, variables) : text;
}

const edits: Readonly<Record<string, (text: string, root: string, own: Variables) => string>> = {
  'serverless.yml': (text, root, own) =>
    accountFunctions(root).reduce((yaml, fn) => inServerless(yaml, fn, Object.keys(own)), text),
  'cloudbaserc.json': (text, root, own) =>
    accountFunctions(root).reduce((all, fn) => inCloudbaserc(all, fn, Object.keys(own)), text),
  '.env.example': (text, root, own) => inEnvExample(text, accountName(root), own),
};

const settingNames: ReadonlySet<string> = new Set(Object.values(settings).map(({ env }) => env));

/** The lines of one function's variables, all of the same depth. */
interface Block {
  readonly before: string;
  readonly lines: readonly string[];
  readonly after: string;
}

function inServerless(yaml: string, fn: string, names: readonly string[]): string {
  const start = new RegExp(`^  ${fn}:\\n(?:    .*\\n|\\n)*?      variables:\\n`, 'm');
  const { before, lines, after } = blockAfter(yaml, start, /^ {8}.*\n/, `serverless.yml, ${fn}`);
  const kept = lines.filter((line) => isOurs(/^\s+(\w+):/.exec(line)?.[1]));
  const own = names.map((name) => `        ${name}: \${env:${name}, ''}\n`);
  return before + [...kept, ...own].join('') + after;
}

function inCloudbaserc(json: string, fn: string, names: readonly string[]): string {
  const start = new RegExp(
    `^      "name": "${fn}",\\n(?:      .*\\n)*?      "envVariables": {\\n`,
    'm',
  );
  const place = `cloudbaserc.json, ${fn}`;
  const { before, lines, after } = blockAfter(json, start, /^ {8}.*\n/, place);
  const kept = lines.filter((line) => isOurs(/^\s+"(\w+)"/.exec(line)?.[1]));
  const own = names.map((name) => `        "${name}": "{{env.${name}}}"\n`);
  const entries = [...kept, ...own].map((line) => line.replace(/,?\n$/, ''));
  return `${before}${entries.join(',\n')}\n${after}`;
}

function inEnvExample(text: string, account: string, variables: Variables): string {
  // The last section of the file.
  const section = `\n# Your own variables, as ${account} declares them\n`;
  const [ours = ''] = text.split(section);
  const own = Object.entries(variables).map(
    ([name, { about, default: value }]) => `# ${about}\n${name}=${value}\n`,
  );
  return own.length > 0 ? ours + section + own.join('') : ours;
}

function blockAfter(text: string, start: RegExp, line: RegExp, place: string): Block {
  const found = start.exec(text);
  if (!found) throw new Error(`${place} has no variables: add a block of them.`);
  const from = found.index + found[0].length;
  const lines: string[] = [];
  let at = from;
  for (let next = line.exec(text.slice(at)); next; next = line.exec(text.slice(at))) {
    lines.push(next[0]);
    at += next[0].length;
  }
  return { before: text.slice(0, from), lines, after: text.slice(at) };
}

/** A line without a name is a comment, and stays. */
function isOurs(name: string | undefined): boolean {
  return name === undefined || settingNames.has(name);
}
