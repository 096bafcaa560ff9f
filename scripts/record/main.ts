import { HELP, type RecordOptions, readOptions } from './options.ts';
import { record } from './record.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: RecordOptions | 'help';
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  try {
    const turns = await record(options);
    console.log(`${options.file}: ${turns} ${turns === 1 ? 'turn' : 'turns'}`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
