import { accountName, ownRoot } from '../project/root.ts';
import { variableFiles } from '../project/variable-files.ts';
import { writeFiles } from '../project/write-files.ts';

process.exitCode = await writeFiles(process.argv.slice(2), {
  root: ownRoot,
  command: 'npm run variables',
  about: `Hands the variables that ${accountName(ownRoot)} declares to the functions that run it: writes them
into serverless.yml, cloudbaserc.json and .env.example, and takes out those that it no longer
declares. \`npm run check\` does so too. Values come from .env at a deploy, and from .env.local or the
shell under \`npm start\`.`,
  files: () => variableFiles(ownRoot),
  allCurrent: 'All files name the variables of account.ts.',
});
