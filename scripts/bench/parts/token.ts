import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { tokenCollection } from '../../../shared/token/index.ts';
import { buildEntries } from '../../build/build.ts';
import { type CloudbaseEmulator, startCloudbase } from '../../emulator/cloudbase/index.ts';
import { createWechatApi } from '../../emulator/wechat/api.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { benchAccount } from '../workload/account.ts';
import { benchEnvironment, platformEnv } from '../workload/environment.ts';

const PROCESSES = 8;
const CALLERS = 100;
const peers = ['co-wechat-api', 'nest-wechat', 'node-easywechat', 'tnwx', 'wechat-api'];
/** As long as WeChat takes over a token in the world: time for others to come by. */
const ANSWER_MS = 150;

interface Tally {
  readonly fetches: number;
  readonly failed: number;
}

/** (d) How often a token is fetched when many callers in many processes need one at once. */
export async function token({ root, folder }: BenchContext): Promise<PartReport> {
  const entries = [{ name: 'tokens', entry: 'scripts/bench/tokens/fuwuhao.ts' }];
  const [ours] = await buildEntries({ root, outDir: folder, entries });
  const cloudbase = await startCloudbase({ environments: [benchEnvironment] });
  try {
    const { envId } = benchEnvironment;
    cloudbase.control.createCollection(envId, { name: tokenCollection.name });
    const files = peers.map((name) => path.join(import.meta.dirname, `../tokens/${name}.cjs`));
    const rows = [];
    for (const [index, file] of [ours?.file ?? '', ...files].entries()) {
      const name = index === 0 ? 'fuwuhao' : (peers[index - 1] ?? '');
      rows.push({ name, tallies: await race(file, index === 0 ? cloudbase : undefined) });
    }
    const [mine] = rows;
    return {
      title: 'One token for many',
      note: `Fetches and failed calls of ${PROCESSES} processes with ${CALLERS} callers each, all at once: when nobody has a token, and when the token that all of them hold has been revoked.`,
      columns: ['none: fetches', 'failed', 'revoked: fetches', 'failed'],
      rows: rows.map(({ name, tallies }) => ({
        name,
        values: tallies.flatMap(({ fetches, failed }) => [fetches, failed]),
      })),
      ratios: {},
      figures: { 'token.fetches': mine?.tallies[0]?.fetches ?? Number.NaN },
    };
  } finally {
    await cloudbase.close();
  }
}

async function race(file: string, cloudbase?: CloudbaseEmulator): Promise<readonly Tally[]> {
  const { appid, secret } = benchAccount;
  const wechat = createWechatApi({ account: { appid, secret }, now: Date.now });
  const api = await wechat.listen(0);
  const tell = (what: string, body: object) =>
    fetch(`${api.url}/emulator/${what}`, { method: 'POST', body: JSON.stringify(body) });
  const children: ChildProcess[] = [];
  try {
    for (const where of ['/cgi-bin/token', '/cgi-bin/stable_token']) {
      await tell('faults', { path: where, slowMs: ANSWER_MS, times: 100_000 });
    }
    for (let index = 0; index < PROCESSES; index += 1) {
      children.push(startCallers(file, api.url, cloudbase?.url));
    }
    await Promise.all(children.map((child) => once(child, 'message')));
    const nobody = await callAll(children, wechat);
    await tell('tokens/revoke', { kind: 'all' });
    return [nobody, await callAll(children, wechat)];
  } finally {
    for (const child of children) child.kill();
    await api.close();
  }
}

function startCallers(file: string, wechatUrl: string, cloudbaseUrl?: string): ChildProcess {
  const folder = path.join(import.meta.dirname, '../tokens');
  const flags = cloudbaseUrl ? [] : ['--require', path.join(folder, 'to-emulator.cjs')];
  return fork(path.join(folder, 'callers.cjs'), [file, JSON.stringify(benchAccount)], {
    execArgv: [...flags, '--disable-warning=DEP0005', '--disable-warning=DEP0169'],
    env: {
      ...process.env,
      ...(cloudbaseUrl ? platformEnv(cloudbaseUrl) : {}),
      WECHAT_URL: wechatUrl,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function callAll(
  children: readonly ChildProcess[],
  wechat: ReturnType<typeof createWechatApi>,
): Promise<Tally> {
  const fetchesSoFar = () => {
    const { classic, stable } = wechat.inspect().statistics.tokenFetches;
    return classic + stable;
  };
  const before = fetchesSoFar();
  const answers = children.map((child) => once(child, 'message'));
  for (const child of children) child.send(CALLERS);
  const results = (await Promise.all(answers)) as { failed: number; reason: string }[][];
  return {
    fetches: fetchesSoFar() - before,
    failed: results.reduce((sum, [result]) => sum + (result?.failed ?? 0), 0),
  };
}
