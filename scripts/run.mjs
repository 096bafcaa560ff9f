#!/usr/bin/env node
/**
 * The door behind every npm script, and the program `fuwuhao` in the folder of a bot alone. It is plain
 * JavaScript without dependencies because it runs before anything is installed: it installs what
 * package-lock.json asks for, then runs the command.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBotFolder } from './bot-folder.mjs';
import { installOnce } from './install.mjs';
import { languageOf } from './language.mjs';
import { packageFolder } from './packages.mjs';
import { jestArguments, QUICK_END, TEST_HELP } from './testing/test-arguments.mjs';

/** Of fuwuhao: this checkout, or the package in the folder of a bot. */
const tools = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const isBot = isBotFolder(process.cwd());
const root = isBot ? process.cwd() : tools;
const node = process.execPath;
const brokenPipe = pathToFileURL(path.join(tools, 'scripts/broken-pipe.mjs')).href;

// What a step runs is looked for when its turn comes: before, it may not be installed.
const tsx =
  (script, ...own) =>
  () => [
    ...[node, '--import', brokenPipe, '--import', import.meta.resolve('tsx')],
    ...[path.join(tools, 'scripts', script), ...own],
  ];
const program =
  (name, file, ...own) =>
  () => [node, path.join(packageFolder(tools, name), file), ...own];

const tsc = program('typescript', 'bin/tsc');
// The pages run in a browser: other globals, and JSX.
const tscPages = ['scripts/emulator/simulator/page', 'shared/console/page'].map((page) =>
  program('typescript', 'bin/tsc', '-p', path.join(tools, page)),
);
const biomeArgs = ['@biomejs/biome', 'bin/biome', 'check', '--error-on-warnings'];
const biome = program(...biomeArgs);
const oxlint = program('oxlint', 'bin/oxlint', '--type-aware', '--deny-warnings');
const jest = () => [
  ...[node, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  `--require=${path.join(tools, 'scripts/testing/worker-exit.cjs')}`,
  path.join(packageFolder(tools, 'jest'), 'bin/jest.js'),
];
// In CI what is not committed must not be made up for.
const inCi = process.env.CI ? ['--check'] : [];
const variables = tsx('variables/main.ts', ...inCi);

/** Each command is a list of steps; the arguments of the command go to its last step. */
const commands = {
  start: [tsx('start/main.ts')],
  invoke: [tsx('invoke/main.ts')],
  update: [tsx('update/main.ts')],
  record: [tsx('record/main.ts')],
  completion: [tsx('completion/main.ts')],
  build: [tsx('build/main.ts')],
  variables: [tsx('variables/main.ts')],
  setup: [tsx('setup/main.ts')],
  provision: [tsx('provision/main.ts')],
  store: [tsx('store/main.ts')],
  doctor: [tsx('doctor/main.ts')],
  logs: [tsx('logs/main.ts')],
  deploy: [tsx('deploy/main.ts', 'serverless', 'deploy')],
  serverless: [tsx('deploy/main.ts', 'serverless')],
  'deploy:tcb': [tsx('deploy/tcb/main.ts')],
  'deploy:wechat': [tsx('deploy/wechat/main.ts')],
  tcb: [tsx('deploy/tcb/main.ts', '--')],
  test: [jest],
  types: isBot ? [tsc] : [...tscPages, tsc],
  lint: [biome, oxlint],
  format: [program(...biomeArgs, '--write')],
  check: isBot
    ? [variables, tsc, biome, oxlint, jest]
    : [
        variables,
        tsx('docs/main.ts', ...inCi),
        tsx('supply/main.ts'),
        ...[...tscPages, tsc, biome, oxlint, jest],
      ],
};
/** What is of use in a checkout alone, most of it to those who change fuwuhao itself. */
const commandsOfCheckout = {
  new: [tsx('new/main.ts')],
  docs: [tsx('docs/main.ts')],
  soak: [tsx('soak/main.ts')],
  fuzz: [tsx('fuzz/main.ts')],
  supply: [tsx('supply/main.ts')],
  models: [tsx('cloud/models/main.ts')],
  bench: [tsx('bench/main.ts')],
  'test:at': [tsx('testing/moments/main.ts')],
};

const known = isBot ? commands : { ...commands, ...commandsOfCheckout };
let [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(known, command)) {
  if (Object.hasOwn(commandsOfCheckout, command)) {
    console.error(`"${command}" is a command of a checkout of fuwuhao, and of no bot alone.`);
    process.exit(2);
  }
  console.error(`Unknown command "${command}". Known: ${Object.keys(known).join(', ')}.`);
  process.exit(2);
}
// These run programs of others, whose own help does not say what the command is for.
const wrapped = ['check', 'types', 'lint', 'format', 'serverless', 'tcb'];
const asksHelp = args[0] === '--help' || args[0] === '-h';
const isHelpOurs = asksHelp && (wrapped.includes(command) || languageOf(process.env) === 'zh');
if (asksHelp) args = ['--help'];
const isQuick = ['test', 'check'].includes(command) && args.includes('--quick');
if (['test', 'check'].includes(command) && !isHelpOurs) {
  const translated = jestArguments(args, isBot);
  if (!translated) {
    console.log(TEST_HELP);
    process.exit(0);
  }
  args = translated;
}
// Where npm has brought fuwuhao as a package it has no package-lock.json, and all that it needs with it.
if (existsSync(path.join(tools, 'package-lock.json'))) {
  const problem = installOnce(tools, 'the packages of package-lock.json (once, about 20 s)');
  if (problem) {
    console.error(`${problem} Nothing was started.`);
    process.exit(1);
  }
}
await runSteps(isHelpOurs ? [tsx('help/main.ts', command)] : known[command]);
if (isQuick) console.error(QUICK_END);

async function runSteps(steps) {
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    const code = await run(isLast ? [...step(), ...args] : step());
    if (code !== 0) process.exit(code);
  }
}

/** Runs one program in the foreground; signals reach it and its exit code is ours. */
function run([file, ...fileArgs]) {
  // oxlint looks for it in the folder of a bot, where npm need not have put it.
  const tsgolint = path.join(packageFolder(tools, 'oxlint-tsgolint'), 'bin/tsgolint.js');
  const env = { OXLINT_TSGOLINT_PATH: tsgolint, ...process.env };
  const child = spawn(file, fileArgs, { cwd: root, env, stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  // When npm is killed nobody tells us; all we see is another parent.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}
