import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { massSendCommand } from './mass-send/command.ts';
import { tokenCommand } from './token/command.ts';

const commands: Readonly<Record<string, Command>> = {
  'mass-send': massSendCommand,
  token: tokenCommand,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const all = Object.values(commands)
    .map(({ help }) => help)
    .join('\n');
  if (!command) {
    if (name === '--help') {
      console.log(all);
      return 0;
    }
    const known = Object.keys(commands).join(', ');
    console.error(`What is to be soaked? Known: ${known}.\n\n${all}`);
    return 2;
  }
  try {
    const { json, help, ...values } = parse(args, command);
    if (help) {
      console.log(command.help);
      return 0;
    }
    return (await command.run(values as Record<string, string>, json === true)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${command.help}`);
    return 2;
  }
}

function parse(args: readonly string[], { options }: Command) {
  const common = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options: { ...options, ...common } }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
