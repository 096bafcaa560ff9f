import { collections } from '../../../shared/app/collections.ts';
import { buildFunctions } from '../../build/build.ts';
import { startCloudbase } from '../../emulator/cloudbase/index.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import { type Contestant, contestants } from '../contestants/list.ts';
import { bundlePeer } from '../prepare.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { benchAccount } from '../workload/account.ts';
import {
  accountEnv,
  type Cost,
  firstMessage,
  functionEvent,
  measureStart,
  medianCost,
  type Start,
} from '../workload/cold-process.ts';
import { benchEnvironment, platformEnv } from '../workload/environment.ts';
import { problemWith } from '../workload/pushes.ts';

const ROUNDS = { long: 25, short: 15 };
const SHORT_LIST = ['co-wechat', 'fast-xml-parser'];
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
      for (const start of starts) costs.get(start.name)?.push(await measureStart(start, folder));
    }
    return reportOf(new Map([...costs].map(([name, all]) => [name, medianCost(all)])));
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
        event: { ...functionEvent, httpMethod: 'GET', queryString: { ...query, echostr: '4242' } },
      }),
      check: (_, answer) => (answer === '4242' ? undefined : 'no echostr'),
    },
    firstMessage(OURS, file, env),
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
