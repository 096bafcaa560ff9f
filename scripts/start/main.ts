import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { styleText } from 'node:util';
import type { LogLine } from '../emulator/scf/invocation.ts';
import type { BuildView } from '../emulator/simulator/sections.ts';
import { keepLines } from '../logs/local.ts';
import { ownAccount, ownRoot as root } from '../project/root.ts';
import { chat } from './chat.ts';
import { describeStart } from './describe-start.ts';
import { type Emulation, startEmulation } from './emulation.ts';
import { readEnvFile, readLocalFile } from './env-file.ts';
import type { LocalAccount } from './local-account.ts';
import { HELP, HTTP_CONCURRENCY, INSPECT_PORT, readOptions, type StartOptions } from './options.ts';
import { seed } from './seed.ts';
import { holdState } from './state-lock.ts';
import { portsTaken, takenPort } from './taken-port.ts';
import { textOf, watchText } from './watch-text.ts';

/** How many blocks of four ports are tried when the default ones are taken. */
const PORT_TRIES = 10;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: StartOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => stopped.abort());
  }
  const localText = textOf(options.localFile);
  const stateDir = path.resolve(root, options.stateDir);
  let release: (() => void) | undefined;
  let emulation: Emulation;
  try {
    release = holdState(stateDir);
    emulation = await start(options, stateDir);
  } catch (error) {
    release?.();
    console.error(`fuwuhao could not start: ${(error as Error).message}`);
    return 1;
  }
  const unwatch = watchText(options.localFile, localText, async () => {
    await emulation.renewVariables();
    console.error(styleText('gray', `${path.basename(options.localFile)} was read again`));
    warnOfVariables(emulation, options);
  });
  try {
    const seeded = options.seed ? await seed(emulation) : undefined;
    announce(emulation, options);
    if (seeded !== undefined) console.error(`seeded: ${seeded}`);
    warnOfVariables(emulation, options);
    await (options.chat ? talk(emulation, stopped.signal) : untilAborted(stopped.signal));
  } finally {
    unwatch();
    await emulation.close();
    release();
  }
  return 0;
}

async function start(options: StartOptions, stateDir: string): Promise<Emulation> {
  const { mode, port, anyPort, localFile } = options;
  // What is deployed later comes from `dist/`, so that holds the project's own account and no other.
  // Nor is what a debugger reads, with its maps.
  const { accountFile = ownAccount(root), inspect } = options;
  const isDeployable = options.accountFile === undefined && !inspect;
  const built = {
    account: accountFile,
    ...(isDeployable ? { outDir: path.join(root, 'dist') } : {}),
  };
  const local = readLocalFile(localFile);
  const real = options.envFile === undefined ? undefined : readEnvFile(options.envFile);
  const env = real ? { env: { ...local, ...real } } : { settings: local };
  const onLog = keepLines(stateDir, options.chat ? showTrouble : showLine);
  for (let block = 0; ; block += 1) {
    try {
      return await startEmulation({
        root,
        ...built,
        port: port + 4 * block,
        store: options.store,
        ...(options.httpFunctions ? { concurrency: HTTP_CONCURRENCY } : {}),
        ...(options.inspect ? { inspectPort: INSPECT_PORT } : {}),
        mode,
        home: options.home,
        timers: 'cron',
        ...env,
        readTexts: () => ({ ...readLocalFile(localFile), ...real, ...process.env }),
        stateDir,
        reloads: true,
        onLog,
        onBuild: showBuild,
      });
    } catch (error) {
      const taken = takenPort(error);
      if (taken === undefined) throw error;
      if (!anyPort || block + 1 === PORT_TRIES) throw portsTaken(port, taken, error);
      console.error(`Port ${taken} is taken; trying ${port + 4 * (block + 1)} and the next three.`);
    }
  }
}

function announce(emulation: Emulation, options: StartOptions): void {
  const { urls, account, environment, database } = emulation;
  if (options.json) {
    const line = {
      ready: true,
      ...urls,
      ...shownAccount(account, options),
      cloudbaseEnv: environment,
    };
    console.log(JSON.stringify(line));
    return;
  }
  const { DATABASE_URL: postgres } = database.env;
  const keysFile = path.join(options.stateDir, 'keys.json');
  console.log(describeStart({ urls, mode: account.mode, home: options.home, postgres, keysFile }));
}

/** What is printed ends up in logs of CI and of terminals, where no secret of a real account belongs. */
function shownAccount(account: LocalAccount, { envFile, stateDir }: StartOptions): object {
  if (envFile === undefined) return { account };
  const file = path.resolve(root, stateDir, 'account.json');
  writeFileSync(file, `${JSON.stringify(account)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  const { appid, mode } = account;
  return { account: { appid, mode }, accountFile: file };
}

/** Before the first message, which would meet functions that do not start. */
function warnOfVariables({ variableProblems }: Emulation, { localFile }: StartOptions): void {
  const problems = variableProblems();
  if (problems.length === 0) return;
  const list = problems.map((problem) => `- ${problem}\n`).join('');
  console.error(
    styleText(
      'red',
      `The account does not start:\n${list}Set them in ${path.basename(localFile)} or in the shell.`,
    ),
  );
}

/** Ends with the chat, or when the process is told to stop. */
async function talk({ push, onSend }: Emulation, stop: AbortSignal): Promise<void> {
  await Promise.race([
    chat({ push, onSend, input: process.stdin, output: process.stdout }),
    untilAborted(stop),
  ]);
  process.stdin.destroy();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What became of a change in the sources. */
function showBuild({ ok, functions, ms, errors }: BuildView): void {
  if (functions.length > 0) {
    console.error(styleText('gray', `${functions.join(', ')}: new code is running (${ms} ms)`));
  }
  if (!ok)
    console.error(`${errors}\n${styleText('red', 'The build failed; the old code goes on.')}`);
}

/** Everything that the functions log, beside whatever the command prints. */
function showLine({ function: name, stream, line }: LogLine): void {
  if (stream !== 'platform') console.error(`${name}: ${line}`);
}

/** In a chat only what went wrong. */
function showTrouble({ function: name, stream, line }: LogLine): void {
  const isTrouble = stream === 'stderr' || /"level":"(?:warn|error)"/.test(line);
  if (stream !== 'platform' && isTrouble) console.error(styleText('gray', `${name}: ${line}`));
}
