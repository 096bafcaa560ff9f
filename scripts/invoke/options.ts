import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from '../start/options.ts';

export const HELP = `Usage: npm run invoke -- <function> <action> [payload] [options]

Invokes a function of the running \`npm start\`, as a server of yours would.

  payload        JSON, or @file that holds JSON. In it, "file": "@picture.jpg" brings that file.
  --port <port>  where \`npm start\` listens (default ${DEFAULT_PORT})
  --json         print the whole outcome as JSON instead of tables
  --help         print this

  npm run invoke -- menu create @examples/menu.json
  npm run invoke -- material list '{"type": "image"}'
  npm run invoke -- proxy-client add '{"id": "crm", "allow": ["menu.*"]}'   shows its secret, once

An action that there is not is answered with a list of those that there are.
Exit code: 0 when all went well, 1 when the function says that it did not, 2 for a wrong command.`;

export interface InvokeOptions {
  readonly function: string;
  readonly event: { readonly action: string; readonly payload?: unknown };
  readonly port: number;
  readonly json: boolean;
}

/** The command was not understood; the message says what is wrong with it. */
export class UsageError extends Error {}

/**
 * @param known the names of functions that there are.
 * @param read how to read a file, which may not be there.
 * @throws UsageError
 */
export function readOptions(
  args: readonly string[],
  known: readonly string[],
  read: (file: string) => Buffer = readFileSync,
): InvokeOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [name, action, payload, ...rest] = positionals;
  const functions = `Functions: ${known.join(', ')}.`;
  if (name === undefined) throw new UsageError(`Which function? ${functions}`);
  if (!known.includes(name)) throw new UsageError(`There is no function "${name}". ${functions}`);
  if (action === undefined) throw new UsageError(`What is ${name} to do? Name an action.`);
  if (rest.length > 0) throw new UsageError('One payload only: put JSON into single quotes.');
  return {
    function: name,
    event: { action, ...(payload === undefined ? {} : { payload: readPayload(payload, read) }) },
    port: readPort(values.port),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 1 to 65535, not "${text}".`);
}

function readPayload(text: string, read: (file: string) => Buffer): unknown {
  const isFile = text.startsWith('@');
  const json = isFile ? content(text.slice(1), read).toString('utf8') : text;
  try {
    return JSON.parse(json, (name, value) => {
      const isPath = name === 'file' && typeof value === 'string' && value.startsWith('@');
      return isPath ? attachment(value.slice(1), read) : value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const what = isFile ? text.slice(1) : 'The payload';
    throw new UsageError(`${what} is no JSON: ${(error as Error).message}`);
  }
}

function attachment(file: string, read: (file: string) => Buffer) {
  return { base64: content(file, read).toString('base64'), name: path.basename(file) };
}

function content(file: string, read: (file: string) => Buffer): Buffer {
  try {
    return read(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
