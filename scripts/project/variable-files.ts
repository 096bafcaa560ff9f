import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../../shared/kernel/settings.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import { ownAccount } from '../build/account-plugin.ts';
import { accountFunctions, readVariables } from './account.ts';
import type { MadeFile } from './write-files.ts';

/**
 * The files that hand variables to the deployed functions, with those that the checkout's account
 * declares and without any that it no longer does.
 *
 * @throws Error if the account cannot be read, or that says what a file lacks.
 */
export async function variableFiles(root: string): Promise<readonly MadeFile[]> {
  const variables = await readVariables(root, ownAccount(root));
  const names = Object.keys(variables);
  const functions = accountFunctions(root);
  const edits = {
    'serverless.yml': (text: string) =>
      functions.reduce((yaml, name) => inServerless(yaml, name, names), text),
    'cloudbaserc.json': (text: string) =>
      functions.reduce((json, name) => inCloudbaserc(json, name, names), text),
    '.env.example': (text: string) => inEnvExample(text, variables),
  };
  return Object.entries(edits).map(([name, edit]) => {
    const is = readFileSync(path.join(root, name), 'utf8');
    return { name, is, shouldBe: edit(is) };
  });
}

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

/** The last section of the file. */
const OWN_SECTION = '\n# Your own variables, as functions/callback/account.ts declares them\n';

function inEnvExample(text: string, variables: Variables): string {
  const [ours = ''] = text.split(OWN_SECTION);
  const own = Object.entries(variables).map(
    ([name, { about, default: value }]) => `# ${about}\n${name}=${value}\n`,
  );
  return own.length > 0 ? ours + OWN_SECTION + own.join('') : ours;
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
