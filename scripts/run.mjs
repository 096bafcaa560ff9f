/**
 * The door behind every npm script. It is plain JavaScript without dependencies because it runs
 * before anything is installed: it installs what package-lock.json asks for, then runs the command.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installOnce } from './install.mjs';
import { languageOf } from './language.mjs';
import { jestArguments, TEST_HELP } from './testing/test-arguments.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (name, file) => path.join(root, 'node_modules', name, file);
const node = process.execPath;
const brokenPipe = pathToFileURL(path.join(root, 'scripts/broken-pipe.mjs')).href;
const tsx = (script) => [
  ...[node, '--import', brokenPipe, '--import', 'tsx'],
  path.join(root, 'scripts', script),
];

const tsc = [node, bin('typescript', 'bin/tsc')];
// The pages run in a browser: other globals, and JSX.
const tscPages = ['scripts/emulator/simulator/page', 'shared/console/page'].map((page) => [
  ...tsc,
  '-p',
  path.join(root, page),
]);
const biome = [node, bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings'];
const oxlint = [node, bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings'];
const jest = [
  node,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  `--require=${path.join(root, 'scripts/testing/worker-exit.cjs')}`,
  bin('jest', 'bin/jest.js'),
];

/** Each command is a list of steps; the arguments of the command go to its last step. */
const commands = {
  start: [tsx('start/main.ts')],
  invoke: [tsx('invoke/main.ts')],
  record: [tsx('record/main.ts')],
  completion: [tsx('completion/main.ts')],
  build: [tsx('build/main.ts')],
  docs: [tsx('docs/main.ts')],
  variables: [tsx('variables/main.ts')],
  setup: [tsx('setup/main.ts')],
  provision: [tsx('provision/main.ts')],
  store: [tsx('store/main.ts')],
  doctor: [tsx('doctor/main.ts')],
  soak: [tsx('soak/main.ts')],
  fuzz: [tsx('fuzz/main.ts')],
  supply: [tsx('supply/main.ts')],
  logs: [tsx('logs/main.ts')],
  models: [tsx('cloud/models/main.ts')],
  bench: [tsx('bench/main.ts')],
  deploy: [[...tsx('deploy/main.ts'), 'serverless', 'deploy']],
  serverless: [[...tsx('deploy/main.ts'), 'serverless']],
  'deploy:tcb': [tsx('deploy/tcb/main.ts')],
  'deploy:wechat': [tsx('deploy/wechat/main.ts')],
  tcb: [[...tsx('deploy/tcb/main.ts'), '--']],
  test: [jest],
  'test:at': [tsx('testing/moments/main.ts')],
  types: [...tscPages, tsc],
  lint: [biome, oxlint],
  format: [[...biome, '--write']],
  // In CI what is not committed must not be made up for.
  check: [
    [...tsx('variables/main.ts'), ...(process.env.CI ? ['--check'] : [])],
    [...tsx('docs/main.ts'), ...(process.env.CI ? ['--check'] : [])],
    tsx('supply/main.ts'),
    ...tscPages,
    tsc,
    biome,
    oxlint,
    jest,
  ],
};

let [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, command)) {
  console.error(`Unknown command "${command}". Known: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
// These run programs of others, whose own help does not say what the command is for.
const wrapped = ['check', 'types', 'lint', 'format', 'serverless', 'tcb'];
const asksHelp = args[0] === '--help' || args[0] === '-h';
const isHelpOurs = asksHelp && (wrapped.includes(command) || languageOf(process.env) === 'zh');
if (asksHelp) args = ['--help'];
if (command === 'test' && !isHelpOurs) {
  const translated = jestArguments(args);
  if (!translated) {
    console.log(TEST_HELP);
    process.exit(0);
  }
  args = translated;
}
const problem = installOnce(root, 'the packages of package-lock.json (once, about 20 s)');
if (problem) {
  console.error(`${problem} Nothing was started.`);
  process.exit(1);
}
await runSteps(isHelpOurs ? [[...tsx('help/main.ts'), command]] : commands[command]);

async function runSteps(steps) {
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    const code = await run(isLast ? [...step, ...args] : step);
    if (code !== 0) process.exit(code);
  }
}

/** Runs one program in the foreground; signals reach it and its exit code is ours. */
function run([program, ...programArgs]) {
  const child = spawn(program, programArgs, { cwd: root, stdio: 'inherit' });
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
