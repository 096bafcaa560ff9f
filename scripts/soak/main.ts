import { parseArgs } from 'node:util';
import { readNumbers, readStore, type SoakCommand } from './command.ts';
import { inboxSoak } from './inbox/command.ts';
import { massSendSoak } from './mass-send/command.ts';
import { metricsSoak } from './metrics/command.ts';
import { proxySoak } from './proxy/command.ts';
import { tokenSoak } from './token/command.ts';

const soaks: Readonly<Record<string, SoakCommand>> = {
  token: tokenSoak,
  inbox: inboxSoak,
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
  const { soak, numbers, json, store } = wanted;
  if (!soak) {
    console.log(help());
    return 0;
  }
  const report = await soak.run(numbers, { json, store });
  if (json) console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}

/** Without a `soak` the caller wants the help. */
function readArguments([name = '', ...args]: readonly string[]) {
  const none = { soak: undefined, numbers: {}, json: false, store: 'cloudbase' } as const;
  if (name === '--help') return none;
  const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
  if (!soak) throw new Error(`Name a soak: ${Object.keys(soaks).join(', ')}.`);
  const numbers = Object.keys(soak.numbers).map((each) => [each, { type: 'string' }] as const);
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(numbers),
      store: { type: 'string', default: 'cloudbase' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return none;
  const store = readStore(values.store);
  return { soak, numbers: readNumbers(soak, values), json: values.json === true, store };
}

function help(): string {
  const each = Object.entries(soaks).map(
    ([name, { usage, about }]) =>
      `npm run soak -- ${name} ${usage} [--store cloudbase] [--json]\n\n${about}`,
  );
  return [
    ...each,
    '  --store NAME    the database of the functions: cloudbase (default), or postgres, a real server\n  --json          one JSON object on stdout, and nothing else\n',
  ].join('\n\n');
}
