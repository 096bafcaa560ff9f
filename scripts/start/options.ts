import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type PushMode, pushModes } from '../emulator/wechat/push/account.ts';
import { type PushHome, pushHomes } from '../emulator/wechat/push/home.ts';
import { accountName, ownRoot } from '../project/root.ts';
import { DEFAULT_STATE_DIR } from '../project/running.ts';
import { type LocalStore, localStores } from './database/local-database.ts';

export const DEFAULT_PORT = 8800;
/** Where debuggers look for a process of Node.js. */
export const INSPECT_PORT = 9_229;
/** Requests at a time in one instance with `--http-functions`. */
export const HTTP_CONCURRENCY = 50;

export const HELP = `Usage: npm start -- [options]

Builds the functions and runs them on this machine, with WeChat and CloudBase around them, and a
page with a phone at the address that is printed. Saving a source file swaps the functions it is part of.

  --port <number>  of the functions (default ${DEFAULT_PORT}), and the only one that a tunnel may lead to; the WeChat
                   API, CloudBase and the page get the next three; 0 takes any that are free
  --mode <mode>    of the message push: plain, compat or safe (default safe)
  --home <home>    where the account lives: server (default), or inside WeChat Cloud wechat-container or
                   wechat-function, where WeChat signs nothing and the container needs no token
  --account <file>
                   run this account instead of ${accountName(ownRoot)}, such as
                   examples/accounts/echo.ts
  --env <file>     take the account from this file (WECHAT_APPID, WECHAT_APPSECRET, WECHAT_TOKEN …);
                   the functions then call WeChat itself, for a real test account and a tunnel
  --store <name>   what the functions keep their documents in: cloudbase (default) or postgres, a real
                   server that is started with them
  --http-functions
                   run callback and api-proxy as HTTP functions: one process takes up to 50 requests at a
                   time
  --inspect        let a debugger attach to the callback at port ${INSPECT_PORT}, with breakpoints in the sources;
                   it runs as one process then, and neither WeChat nor the platform hangs up on it
  --local <file>   take values of the account's variables, and settings, from this file (default
                   .env.local, if it is there); for the account's variables the shell comes first
  --state <folder> where data are kept between runs (default .fuwuhao)
  --seed           fill the emulated WeChat first with what the examples of the documentation speak of:
                   followers, tags, a menu, a cover and a draft, templates
  --no-chat        do not open the chat in the terminal
  --json           no chat; print one JSON line when everything is up
  --help           print this`;

export interface StartOptions {
  readonly port: number;
  /** Whether a taken port may be replaced by another. */
  readonly anyPort: boolean;
  readonly mode: PushMode;
  readonly home: PushHome;
  /** The module whose `account` runs, instead of the checkout's own. */
  readonly accountFile?: string;
  /** A file of variables, for a real account. */
  readonly envFile?: string;
  readonly store: LocalStore;
  readonly httpFunctions: boolean;
  readonly inspect: boolean;
  /** A file of values for this machine; it need not be there. */
  readonly localFile: string;
  readonly stateDir: string;
  /** Whether the emulated WeChat is filled with what the examples speak of. */
  readonly seed: boolean;
  readonly chat: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws Error that says which option is wrong and what it takes. */
export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      mode: { type: 'string', default: 'safe' },
      home: { type: 'string', default: 'server' },
      account: { type: 'string' },
      env: { type: 'string' },
      store: { type: 'string', default: 'cloudbase' },
      'http-functions': { type: 'boolean', default: false },
      inspect: { type: 'boolean', default: false },
      local: { type: 'string', default: '.env.local' },
      state: { type: 'string', default: DEFAULT_STATE_DIR },
      seed: { type: 'boolean', default: false },
      'no-chat': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const mode = pushModes.find((known) => known === values.mode);
  if (!mode) throw new Error(`--mode must be one of ${pushModes.join(', ')}.`);
  const home = pushHomes.find((known) => known === values.home);
  if (!home) throw new Error(`--home must be one of ${pushHomes.join(', ')}.`);
  if (values.seed && values.env !== undefined) {
    throw new Error('--seed fills the emulated WeChat, and with --env the account is a real one.');
  }
  if (home !== 'server' && values.env !== undefined) {
    throw new Error('--env is for a real account, whose WeChat Cloud cannot push to this machine.');
  }
  if (home === 'wechat-function' && values['http-functions']) {
    throw new Error('A cloud function takes one message at a time: leave --http-functions out.');
  }
  const store = localStores.find((known) => known === values.store);
  if (!store) throw new Error(`--store must be one of ${localStores.join(', ')}.`);
  return {
    store,
    httpFunctions: values['http-functions'],
    inspect: values.inspect,
    port: readPort(values.port),
    anyPort: values.port === undefined,
    mode,
    home,
    ...(values.account === undefined ? {} : { accountFile: readAccount(values.account) }),
    ...(values.env === undefined ? {} : { envFile: values.env }),
    localFile: path.resolve(values.local),
    // Each home has its own keys, and so its own documents.
    stateDir: home === 'server' ? values.state : path.join(values.state, home),
    seed: values.seed,
    chat: !values['no-chat'] && !values.json,
    json: values.json,
    help: values.help,
  };
}

function readAccount(file: string): string {
  if (existsSync(file)) return path.resolve(file);
  throw new Error(`--account names ${file}, which is not there.`);
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  // Three more ports follow it.
  if (/^\d+$/.test(text) && port <= 65_532) return port;
  throw new Error('--port must be a number from 0 to 65532.');
}
