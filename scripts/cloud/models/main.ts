import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installTools } from '../../deploy/tools.ts';
import { generateModels } from './generate.ts';

const HELP = `Usage: npm run models [-- --check]

Takes the models of Tencent's cloud API anew from the official SDK (scripts/deploy), for the actions
that scripts/cloud/models/actions.ts names. --check changes nothing and exits with 1 if they differ.`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, check: { type: 'boolean', default: false } },
});
if (values.help) console.log(HELP);
else process.exitCode = update(values.check);

function update(isCheck: boolean): number {
  installTools();
  const changed = generateModels().filter(({ file, text }) => read(file) !== text);
  for (const { file, text } of changed) {
    if (!isCheck) writeFileSync(file, text);
    const name = path.relative(process.cwd(), file);
    console.log(isCheck ? `${name} differs: run \`npm run models\`.` : `${name} is written anew.`);
  }
  if (changed.length === 0) console.log('The models are those of the SDK.');
  return isCheck && changed.length > 0 ? 1 : 0;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
