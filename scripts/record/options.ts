import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run record -- <file> [options]

Saves the chat of a phone of the running \`npm start\` as a conversation that a test can replay:
\`expect(await replay(account, recorded)).toEqual(recorded)\`.

  --follower <openid>  the follower whose chat is saved (default oAlice)
  --last <number>      save only so many of the latest turns (default all)
  --port <number>      of the \`npm start\`, if several are running
  --help               print this`;

export interface RecordOptions {
  readonly file: string;
  readonly openid: string;
  readonly last: number;
  /** Of the `npm start`; without it, the one of this checkout. */
  readonly port?: number;
}

/** Gives `help` for --help. @throws Error that says which argument is wrong */
export function readOptions(args: readonly string[]): RecordOptions | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      follower: { type: 'string', default: 'oAlice' },
      last: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error('Name one file to write.');
  return {
    file,
    openid: values.follower,
    last: values.last === undefined ? Number.POSITIVE_INFINITY : number(values.last, '--last'),
    ...(values.port === undefined ? {} : { port: number(values.port, '--port') }),
  };
}

function number(text: string, name: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new Error(`${name} must be a number above 0.`);
}
