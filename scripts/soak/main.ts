import { parseArgs } from 'node:util';
import { HTTP_CONCURRENCY } from '../start/options.ts';
import { readHome, readNumbers, readStore, type SoakCommand } from './command.ts';
import { conversationSoak } from './conversation/command.ts';
import { inboxSoak } from './inbox/command.ts';
import { massSendSoak } from './mass-send/command.ts';
import { metricsSoak } from './metrics/command.ts';
import { proxySoak } from './proxy/command.ts';
import { tokenSoak } from './token/command.ts';

/** Requests at a time in one container, unless `--http-functions` asks for more. */
const CONTAINER_CONCURRENCY = 4;

const soaks: Readonly<Record<string, SoakCommand>> = {
  token: tokenSoak,
  inbox: inboxSoak,
  conversation: conversationSoak,
  metrics: metricsSoak,
  'mass-send': massSendSoak,
  proxy: proxySoak,
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let wanted: ReturnType<typeof readArguments>;
  try {
    wanted = readArguments(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help()}`);
    return 2;
  }
  const { soak, numbers, ...options } = wanted;
  if (!soak) {
    console.log(help());
    return 0;
  }
  const report = await soak.run(numbers, options);
  if (options.json) console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}

/** Without a `soak` the caller wants the help. */
function readArguments([name = '', ...args]: readonly string[]) {
  const plain = {
    json: false,
    store: 'cloudbase',
    concurrency: undefined,
    home: 'server',
  } as const;
  const none = { soak: undefined, numbers: {}, ...plain };
  if (name === '--help') return none;
  const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
  if (!soak) throw new Error(`Name a soak: ${Object.keys(soaks).join(', ')}.`);
  const numbers = Object.keys(soak.numbers).map((each) => [each, { type: 'string' }] as const);
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(numbers),
      store: { type: 'string', default: 'cloudbase' },
      'http-functions': { type: 'boolean', default: false },
      home: { type: 'string', default: 'server' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return none;
  const isHttp = values['http-functions'] === true;
  if (isHttp && !soak.isByHttp) throw new Error(`The soak ${name} calls no function by HTTP.`);
  const home = readHome(values.home);
  if (home !== 'server' && !soak.hasHomes) {
    throw new Error(`The soak ${name} needs no push, so it has no --home.`);
  }
  if (home === 'wechat-function' && isHttp) {
    throw new Error('A cloud function takes one message at a time: leave --http-functions out.');
  }
  // A container is a server too, of a part of a core.
  const atOnce = home === 'wechat-container' ? CONTAINER_CONCURRENCY : undefined;
  return {
    soak,
    numbers: readNumbers(soak, values),
    json: values.json === true,
    store: readStore(values.store),
    concurrency: isHttp ? HTTP_CONCURRENCY : atOnce,
    home,
  };
}

function help(): string {
  const each = Object.entries(soaks).map(
    ([name, { usage, about, isByHttp, hasHomes }]) =>
      `Usage: npm run soak -- ${name} ${usage} [--store cloudbase]${isByHttp ? ' [--http-functions]' : ''}${hasHomes ? ' [--home server]' : ''} [--json]\n\n${about}`,
  );
  return [
    ...each,
    '  --store NAME    the database of the functions: cloudbase (default), or postgres, a real server\n  --http-functions  callback and api-proxy take up to 50 requests at a time in one process; a container takes 4 without it\n  --home NAME     where WeChat pushes to: server (default), wechat-container or wechat-function\n  --json          one JSON object on stdout, and nothing else\n',
  ].join('\n\n');
}
