import { parseArgs } from 'node:util';
import { type Level, levels } from './pretty.ts';

export const HELP = `Usage: npm run logs -- [options]

Shows what the functions have logged, under npm start or deployed.

  --follow           wait for further lines, and show them
  --function <name>  only the lines of this function
  --level <level>    debug, info, warn or error: hide less severe lines (default debug)
  --last <number>    begin with so many of the latest lines (default 50)
  --state <folder>   the folder of the npm start (default: of the one that is running, or .fuwuhao)
  --port <number>    of the npm start, if several are running
  --raw              show the lines as they are, one JSON object each
  --stage <name>     show the lines of the deployed functions of this stage, from Tencent's log service;
                     reads .env.<name> instead of .env, if it exists
  --deployed         the same for the stage dev
  --topic <id>       a topic of CLS; without it the one that the deployed worker writes to (or
                     CLS_TOPIC_ID), or the logs of its CloudBase environment
  --since <minutes>  of deployed functions: begin so many minutes ago (default 10)
  --help             print this

Deployed logs need TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY of a user who may read them.`;

export interface LogsOptions {
  readonly follow: boolean;
  readonly function?: string;
  readonly level: Level;
  readonly last: number;
  /** Unless given, that of the running `npm start`, or the usual one. */
  readonly stateDir?: string;
  /** Of the `npm start`; without it, the one of this checkout. */
  readonly port?: number;
  readonly raw: boolean;
  readonly help: boolean;
  /** Of functions that are deployed; undefined: those of `npm start`. */
  readonly deployed:
    | { readonly stage: string; readonly topic?: string; readonly sinceMs: number }
    | undefined;
}

/** @throws Error that says which option or variable is wrong and what it takes. */
export function readOptions(args: readonly string[]): LogsOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      follow: { type: 'boolean', default: false },
      function: { type: 'string' },
      level: { type: 'string', default: 'debug' },
      last: { type: 'string', default: '50' },
      state: { type: 'string' },
      port: { type: 'string' },
      raw: { type: 'boolean', default: false },
      deployed: { type: 'boolean', default: false },
      stage: { type: 'string' },
      topic: { type: 'string' },
      since: { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  });
  const level = levels.find((known) => known === values.level);
  if (!level) throw new Error(`--level must be one of ${levels.join(', ')}.`);
  const { follow, state: stateDir, raw, help, topic } = values;
  const stage = values.stage ?? (values.deployed ? 'dev' : undefined);
  return {
    follow,
    level,
    ...(stateDir === undefined ? {} : { stateDir }),
    raw,
    help,
    last: number('last', values.last),
    ...(values.port === undefined ? {} : { port: number('port', values.port) }),
    ...(values.function === undefined ? {} : { function: values.function }),
    deployed:
      stage === undefined
        ? undefined
        : {
            stage,
            ...(topic === undefined ? {} : { topic }),
            sinceMs: number('since', values.since) * 60_000,
          },
  };
}

function number(name: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a number.`);
}
