import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { collections } from '../../../shared/app/collections.ts';
import { buildFunctions } from '../../build/build.ts';
import { startCloudbase } from '../../emulator/cloudbase/index.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import { type Contestant, contestants } from '../contestants/list.ts';
import { bundlePeer } from '../prepare.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { benchAccount } from '../workload/account.ts';
import { benchEnvironment, platformEnv } from '../workload/environment.ts';
import { type BenchPush, makePushes, problemWith } from '../workload/pushes.ts';

const ROUNDS = { long: 25, short: 15 };
const SHORT_LIST = ['co-wechat', 'fast-xml-parser'];
/** One way to start: what is loaded, and the request that it is given. */
interface Start {
  readonly name: string;
  readonly requestOf: (push: BenchPush) => object;
  readonly check: (push: BenchPush, answer: string) => string | undefined;
}

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

const run = promisify(execFile);

/** (c) From the start of a process to its first answer, over a bare `node` that does nothing. */
export async function coldStart(context: BenchContext): Promise<PartReport> {
  const { isShort, folder } = context;
  const cloudbase = await startCloudbase({ environments: [benchEnvironment] });
  try {
    for (const { name, access, indexes } of collections) {
      cloudbase.control.createCollection(benchEnvironment.envId, { name, indexes, rule: access });
    }
    const starts = await startsOf(context, cloudbase.url);
    const costs = new Map(starts.map(({ name }) => [name, [] as Cost[]]));
    for (let round = 0; round < (isShort ? ROUNDS.short : ROUNDS.long); round += 1) {
      for (const start of starts) costs.get(start.name)?.push(await measure(start, folder));
    }
    return reportOf(new Map([...costs].map(([name, all]) => [name, medians(all)])));
  } finally {
    await cloudbase.close();
  }
}

function reportOf(costs: ReadonlyMap<string, Cost>): PartReport {
  const bare = costs.get(BARE) as Cost;
  const over = (name: string, key: keyof Cost) =>
    (costs.get(name)?.[key] ?? Number.NaN) - bare[key];
  const names = [...costs.keys()].filter((name) => name !== BARE);
  return {
    title: 'Cold start to the first reply',
    note: `Over a bare \`node\` (${bare.cpuMs.toFixed(0)} ms of CPU here); an encrypted text. CPU is user and system of the process, all its threads.`,
    columns: ['CPU ms', 'ms', 'RSS MB'],
    rows: names
      .map((name) => ({
        name,
        values: [over(name, 'cpuMs'), over(name, 'ms'), over(name, 'rssMb')],
      }))
      .sort((a, b) => (a.values[0] as number) - (b.values[0] as number)),
    ratios: {
      // Over bare, because the start of Node itself would hide nearly everything else.
      'cold start, verified URL, CPU over co-wechat':
        over(OURS_GET, 'cpuMs') / over('co-wechat', 'cpuMs'),
      'cold start, first message, CPU over co-wechat':
        over(OURS, 'cpuMs') / over('co-wechat', 'cpuMs'),
    },
    figures: {
      'cold.bareMs': bare.ms,
      'cold.firstReplyMs': over(OURS, 'ms'),
      'cold.firstReplyCpuMs': over(OURS, 'cpuMs'),
      'cold.rssMb': over(OURS, 'rssMb') + bare.rssMb,
    },
  };
}

const BARE = 'bare node';
const OURS = 'fuwuhao, a message';
const OURS_GET = 'fuwuhao, the URL verified';

async function startsOf(context: BenchContext, cloudbaseUrl: string): Promise<readonly Start[]> {
  const { root, folder, oursFile, isShort } = context;
  const options = { root, account: fixtureAccount, outDir: folder };
  const [callback] = await buildFunctions({ ...options, only: ['callback'] });
  const file = callback?.file;
  const env = { ...accountEnv, ...platformEnv(cloudbaseUrl) };
  const event = { httpMethod: 'POST', path: '/', headers: {} };
  const peers = contestants(oursFile, isShort ? SHORT_LIST : undefined).filter(
    ({ kind }) => kind !== 'ours',
  );
  const bundles = isShort ? [] : await Promise.all(peers.map((peer) => bundled(peer, folder)));
  return [
    { name: BARE, requestOf: () => ({}), check: () => undefined },
    {
      name: OURS_GET,
      requestOf: ({ query }) => ({
        file,
        env,
        event: { ...event, httpMethod: 'GET', queryString: { ...query, echostr: '4242' } },
      }),
      check: (_, answer) => (answer === '4242' ? undefined : 'no echostr'),
    },
    {
      name: OURS,
      requestOf: ({ query, body }) => ({
        file,
        env,
        event: { ...event, queryString: query, body },
      }),
      // The account of the tests says the text again, and nothing else.
      check: (push, answer) =>
        problemWith({ ...push, expected: push.expected.replace(/^text /, '') }, answer),
    },
    ...[...peers, ...bundles].map(
      (peer): Start => ({
        name: peer.name,
        requestOf: ({ query, body }) => ({
          file: peer.file,
          query,
          body,
          options: { account: benchAccount, mode: 'safe' },
        }),
        check: problemWith,
      }),
    ),
  ];
}

async function bundled(peer: Contestant, folder: string): Promise<Contestant> {
  return {
    ...peer,
    name: `${peer.name}, bundled`,
    file: await bundlePeer(peer, folder),
  };
}

const accountEnv = {
  WECHAT_APPID: benchAccount.appid,
  WECHAT_APPSECRET: benchAccount.secret,
  WECHAT_TOKEN: benchAccount.token,
  WECHAT_ENCODING_AES_KEY: benchAccount.encodingAesKey,
};

async function measure({ name, requestOf, check }: Start, folder: string): Promise<Cost> {
  const [push] = makePushes('safe', 'text', 1, Date.now());
  if (!push) throw new Error('There is no push.');
  const request = path.join(folder, 'cold.json');
  writeFileSync(request, JSON.stringify(requestOf(push)));
  const script = path.join(import.meta.dirname, '../workload/cold.cjs');
  const flags = ['--disable-warning=DEP0005', '--disable-warning=DEP0169'];
  const { stdout } = await run(process.execPath, [...flags, script, request]);
  const { answer, ...cost } = JSON.parse(stdout) as Cost & { readonly answer: string };
  const problem = check(push, answer);
  if (problem) throw new Error(`${name} answered wrongly: ${problem}`);
  return cost;
}

function medians(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), rssMb: of('rssMb') };
}
