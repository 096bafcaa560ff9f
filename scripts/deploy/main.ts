import { DEPLOY_HELP } from './help.ts';
import { installTools, runTool } from './tools.ts';

const [tool, ...args] = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  if (tool !== 'serverless') throw new Error('The first argument is the tool.');
  if (args[0] === 'deploy' && args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(DEPLOY_HELP);
    return 0;
  }
  try {
    installTools();
    return await runTool(tool, args);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
