import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { references } from './references.ts';

const HELP = `Usage: npm run docs -- [options]

Writes the reference pages of docs/ and docs/zh-CN/ anew: actions from the schemas of the functions,
messages and events from shared/wechat/message, endpoints from the catalogue.

  --check  write nothing; exit code 1 if a page is not current
  --json   print the names of the pages as JSON
  --help   print this`;

const root = path.resolve(import.meta.dirname, '../..');

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  let values: { readonly check: boolean; readonly json: boolean; readonly help: boolean };
  const flag = { type: 'boolean', default: false } as const;
  try {
    ({ values } = parseArgs({ args, options: { check: flag, json: flag, help: flag } }));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const changed = Object.entries(references()).filter(([name, text]) => read(name) !== text);
  if (!values.check) for (const [name, text] of changed) writeFileSync(path.join(root, name), text);
  const names = changed.map(([name]) => name);
  if (values.json) console.log(JSON.stringify({ changed: names, written: !values.check }));
  else if (names.length === 0) console.log('All reference pages are current.');
  else if (!values.check) console.log(`Written: ${names.join(', ')}.`);
  else console.error(`Not current: ${names.join(', ')}. Run \`npm run docs\`.`);
  return values.check && names.length > 0 ? 1 : 0;
}

function read(name: string): string | undefined {
  const file = path.join(root, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
