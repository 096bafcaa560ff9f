import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/kernel/errors.ts';
import { readText } from '../../shared/kernel/text-bytes.ts';
import { SYNC_EVENT_BYTES } from '../emulator/scf/limits.ts';
import { shortActionsOf, unabridged } from './short-forms.ts';

export const HELP = `Usage: npm run invoke -- <function> <action> [payload] [options]

Invokes a function: of the running \`npm start\`, or with --stage a deployed one.

  payload        JSON, or @file that holds JSON. In it, "file": "@picture.jpg" brings that file.
  --stage <name> the deployed function of this stage, on SCF or else in CLOUDBASE_ENV_ID, with the
                 keys of .env.<name> or .env
  --url <address>
                 the functions in a container of the callback, with INVOKE_KEY of .env (or of the .env of
                 the stage) as the key
  --port <port>  of the \`npm start\`, if several are running
  --json         print the whole outcome as JSON instead of tables
  --dry-run      only tell what would happen: puts "dryRun": true into the payload
  --watch        repeat the action until its work is over, and show the progress
  --help         print this

  npm run invoke -- menu create @examples/menu.json
  npm run invoke -- material list '{"type": "image"}'
  npm run invoke -- proxy-client add '{"id": "crm", "allow": ["menu.*"]}'   shows its secret, once
  npm run invoke -- console invite '{"name": "小李", "role": "manage"}'   shows a link, once
  npm run invoke -- mass-send submit @examples/mass-send.json --dry-run
  npm run invoke -- audit verify                            who did what, and whether the list is whole
  npm run invoke -- mass-send status '{"id": "m…"}' --watch
  npm run invoke -- worker list --stage prod

<function> --help lists its actions, <function> <action> --help tells the payload.
Exit code: 0 if the action succeeded, 1 if it failed (with --watch: if it ended otherwise than well),
2 for a wrong command.`;

export interface InvokeOptions {
  readonly function: string;
  readonly event: { readonly action: string; readonly payload?: unknown };
  /** Of the `npm start`; without it, the one of this checkout. */
  readonly port?: number;
  /** Of the deployed function; without it, the function runs under `npm start`. */
  readonly stage?: string;
  /** Of a container that has the functions in it. */
  readonly url?: string;
  readonly json: boolean;
  readonly watch: boolean;
}

/** Help is asked for: of the command, or of a function or an action that stands before `--help`. */
export interface HelpWanted {
  readonly help: readonly string[];
}

/** A wrong command; the message says what is wrong with it. */
export class UsageError extends Error {}

/** The command is right and what it is to send is not: the usage would only hide what is wrong. */
export class PayloadError extends UsageError {}

/**
 * @param known the names of the functions
 * @param read reads a file, which may be missing
 * @throws UsageError
 */
export function readOptions(
  args: readonly string[],
  known: readonly string[],
  read: (file: string) => Buffer = readFileSync,
): InvokeOptions | HelpWanted {
  const { values, positionals } = parse(args);
  if (values.help) return { help: unabridged(positionals) };
  const [name, action, payload, ...rest] = unabridged(positionals);
  const functions = `Functions: ${known.join(', ')}.`;
  if (name === undefined) throw new UsageError(`Name a function. ${functions}`);
  const shortActions = shortActionsOf(name);
  if (shortActions.length > 0)
    throw new UsageError(`After ${name} comes one of ${shortActions.join(', ')}.`);
  if (!known.includes(name)) throw new UsageError(`There is no function "${name}". ${functions}`);
  if (action === undefined) throw new UsageError(`Name an action of ${name}.`);
  if (rest.length > 0)
    throw new UsageError('An action takes one payload: put JSON into single quotes.');
  const event = { action, ...payloadOf(payload, values['dry-run'], read) };
  assertFits(event);
  return {
    function: name,
    event,
    ...placeOf(values),
    json: values.json,
    watch: values.watch,
  };
}

/** A larger event is refused by the platform, in words that do not say what to do. */
function assertFits(event: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes <= SYNC_EVENT_BYTES) return;
  throw new PayloadError(
    `The event has ${bytes} bytes, and an invocation takes ${SYNC_EVENT_BYTES}; a file goes in it as base64, which is a third longer. Give so large a file to material as "file": {"url": "https://…"}, or as {"fileId": "cloud://…"} if it is in the storage of CloudBase; divide a CSV into several.`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        stage: { type: 'string' },
        url: { type: 'string' },
        json: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function placeOf({
  port,
  stage,
  url,
}: {
  readonly port?: string;
  readonly stage?: string;
  readonly url?: string;
}) {
  if (url !== undefined) {
    if (port !== undefined) throw new UsageError('Give --port or --url, not both.');
    if (!URL.canParse(url) || !/^https?:/.test(url)) {
      throw new UsageError(
        `--url must be the address of a container, such as https://…, not "${url}".`,
      );
    }
    return { url, ...(stage === undefined ? {} : { stage: readStage(stage) }) };
  }
  if (stage === undefined) return port === undefined ? {} : { port: readPort(port) };
  if (port !== undefined) throw new UsageError('Give --port or --stage, not both.');
  return { stage: readStage(stage) };
}

function readStage(stage: string): string {
  if (/^[a-zA-Z][a-zA-Z0-9-]*$/.test(stage)) return stage;
  throw new UsageError(`--stage must be the name of a stage, such as prod, not "${stage}".`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 1 to 65535, not "${text}".`);
}

function payloadOf(
  text: string | undefined,
  isDryRun: boolean,
  read: (file: string) => Buffer,
): { readonly payload?: unknown } {
  const payload = text === undefined ? undefined : readPayload(text, read);
  if (!isDryRun) return payload === undefined ? {} : { payload };
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    throw new UsageError('--dry-run needs a payload that is an object.');
  }
  return { payload: { ...payload, dryRun: true } };
}

function readPayload(text: string, read: (file: string) => Buffer): unknown {
  const isFile = text.startsWith('@');
  const json = isFile ? textOf(text.slice(1), read) : text;
  if (!isFile && json.includes('\uFFFD')) {
    throw new PayloadError(
      'The payload is not UTF-8. Put it into a file that is saved as UTF-8, and give @file.',
    );
  }
  try {
    return JSON.parse(json, (name, value) => {
      const isPath = name === 'file' && typeof value === 'string' && value.startsWith('@');
      return isPath ? attachment(value.slice(1), read) : value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const what = isFile ? text.slice(1) : 'The payload';
    const wholeFile = isFile ? ` To hand over the file itself: '{"file": "${text}"}'.` : '';
    throw new PayloadError(`${what} is no JSON: ${(error as Error).message}.${wholeFile}`);
  }
}

function attachment(file: string, read: (file: string) => Buffer) {
  return { base64: content(file, read).toString('base64'), name: path.basename(file) };
}

function textOf(file: string, read: (file: string) => Buffer): string {
  try {
    return readText(file, content(file, read));
  } catch (error) {
    throw error instanceof AppError ? new PayloadError(error.message) : error;
  }
}

function content(file: string, read: (file: string) => Buffer): Buffer {
  try {
    return read(file);
  } catch (error) {
    throw new PayloadError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
