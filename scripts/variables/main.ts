import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { variableFiles } from '../project/variable-files.ts';

const HELP = `Usage: npm run variables -- [options]

Hands the variables that functions/callback/account.ts declares to the functions that run it: writes
them into serverless.yml, cloudbaserc.json and .env.example, and takes out those that it no longer
declares. \`npm run check\` does so too. Values come from .env at a deploy, and from .env.local or the
shell under \`npm start\`.

  --check  write nothing; exit code 1 if a file is not up to date
  --json   print the names of the files as JSON
  --help   print this`;

const root = path.resolve(import.meta.dirname, '../..');

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
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
  try {
    const files = await variableFiles(root);
    const changed = files.filter(({ is, shouldBe }) => is !== shouldBe);
    if (!values.check) {
      for (const { name, shouldBe } of changed) writeFileSync(path.join(root, name), shouldBe);
    }
    const names = changed.map(({ name }) => name);
    if (values.json) console.log(JSON.stringify({ changed: names, written: !values.check }));
    else if (names.length === 0) console.log('All files name the variables of account.ts.');
    else if (!values.check) console.log(`Written: ${names.join(', ')}.`);
    else console.error(`Not up to date: ${names.join(', ')}. Run \`npm run variables\`.`);
    return values.check && names.length > 0 ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
