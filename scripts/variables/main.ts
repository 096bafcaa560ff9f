import path from 'node:path';
import { variableFiles } from '../project/variable-files.ts';
import { writeFiles } from '../project/write-files.ts';

const root = path.resolve(import.meta.dirname, '../..');

process.exitCode = await writeFiles(process.argv.slice(2), {
  root,
  command: 'npm run variables',
  about: `Hands the variables that functions/callback/account.ts declares to the functions that run it: writes
them into serverless.yml, cloudbaserc.json and .env.example, and takes out those that it no longer
declares. \`npm run check\` does so too. Values come from .env at a deploy, and from .env.local or the
shell under \`npm start\`.`,
  files: () => variableFiles(root),
  allCurrent: 'All files name the variables of account.ts.',
});
