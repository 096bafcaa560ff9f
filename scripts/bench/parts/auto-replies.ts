import { statSync } from 'node:fs';
import path from 'node:path';
import { autoReplyCollection } from '../../../shared/auto-replies/document.ts';
import { accountKeyOf } from '../../../shared/kernel/account-key.ts';
import { systemClock as clock } from '../../../shared/kernel/clock.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createBinder } from '../../../shared/store/binder.ts';
import { boundStore } from '../../../shared/store/bound-store.ts';
import { buildEntries, buildFunctions } from '../../build/build.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import type { Contestant } from '../contestants/list.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { benchAccount } from '../workload/account.ts';
import { accountEnv, firstMessage, measureStart } from '../workload/cold-process.ts';
import { platformEnv } from '../workload/environment.ts';
import { createMistakes } from '../workload/mistakes.ts';
import { type Worker, withWorkers } from '../workload/processes.ts';
import type { Workload } from '../workload/pushes.ts';
import { manyRules } from '../workload/rules.ts';

const MODE = 'safe';
const FIRST = 100;
const SIZES = {
  long: { starts: 5, warmUp: 2_000, rounds: 9, colds: 25 },
  short: { starts: 2, warmUp: 400, rounds: 3, colds: 9 },
};
const MESSAGES = 200;

/** How the account is written, and what its followers say. */
const cases = [
  { name: 'not used', account: 'unused', workload: 'echo' },
  { name: 'used, no rule fits', account: 'used', workload: 'echo' },
  { name: 'used, the last of the rules answers', account: 'used', workload: 'word' },
] as const satisfies readonly { name: string; account: AccountName; workload: Workload }[];
type Case = (typeof cases)[number];

const accounts = { unused: 'echo', used: 'echo-behind-rules' } as const;
type AccountName = keyof typeof accounts;
const accountNames = Object.keys(accounts) as readonly AccountName[];

interface Costs {
  readonly first: number[];
  readonly warm: number[];
}

/** (o) What `autoReplies()` adds to a message and to a cold start, and what an account without it pays. */
export async function autoReplies(context: BenchContext): Promise<PartReport> {
  const { root, folder, isShort } = context;
  const sizes = isShort ? SIZES.short : SIZES.long;
  const emulation = await startEmulation({
    ...{ root, account: accountFile('unused'), outDir: path.join(folder, 'replies'), mode: MODE },
    ...{ port: 0, timers: 'hand' },
  });
  try {
    await publishRules(emulation);
    const env = { ...accountEnv, ...platformEnv(emulation.urls.cloudbase, emulation.environment) };
    const bundles = await bundlesOf(context);
    const memory = await measureMessages(context, sizes, await inMemory(context));
    const deployed = await measureMessages(
      context,
      sizes,
      (account): Omit<Contestant, 'name'> => ({
        kind: 'ours',
        file: path.join(import.meta.dirname, '../contestants/deployed.cjs'),
        env: { ...env, BENCH_BUNDLE: bundles[account] },
      }),
    );
    const cold = await measureStarts(folder, sizes.colds, env, bundles);
    return reportOf(memory, deployed, cold, sizesOf(bundles));
  } finally {
    await emulation.close();
  }
}

type CostsOfCases = ReadonlyMap<string, Costs>;

function reportOf(
  memory: CostsOfCases,
  deployed: CostsOfCases,
  cold: Readonly<Record<AccountName | 'bare', number>>,
  sizes: Readonly<Record<AccountName, number>>,
): PartReport {
  const [base] = cases;
  const of = (costs: CostsOfCases, { name }: Case, part: keyof Costs) =>
    median(costs.get(name)?.[part] ?? []);
  const over = (costs: CostsOfCases, each: Case) =>
    of(costs, each, 'warm') / of(costs, base, 'warm');
  const start = ({ account }: Case) => cold[account] - cold.bare;
  return {
    title: 'Auto-replies',
    note: `CPU µs of an encrypted text, and CPU ms of a cold start to the first answer over a bare \`node\`; × beside an account without autoReplies() in the same run. Behind ${manyRules.keywords.length} rules, as many as there can be. "memory" has all rules of a store, and a database that answers at once; "deployed" is the bundle before our CloudBase. An echo is stored (one write), the answer of a rule is not. A start with autoReplies() reads the rules before it answers.`,
    columns: [
      `memory, messages 1 to ${FIRST}`,
      ...['memory, warm', '×', `deployed, messages 1 to ${FIRST}`],
      ...['deployed, warm', '×', 'cold start, CPU ms', '×', 'bundle, KB'],
    ],
    rows: cases.map((each) => ({
      name: each.name,
      values: [
        ...[memory, deployed].flatMap((costs) => [
          of(costs, each, 'first'),
          of(costs, each, 'warm'),
          over(costs, each),
        ]),
        start(each),
        start(each) / start(base),
        sizes[each.account],
      ],
    })),
    ratios: {},
  };
}

function accountFile(name: AccountName): string {
  return path.join(import.meta.dirname, `../accounts/${accounts[name]}.ts`);
}

/** As the function menu does it, with the key of the account of the benchmarks. */
async function publishRules({ database }: Emulation): Promise<void> {
  const { appid, secret } = benchAccount;
  const key = accountKeyOf({ appid, appsecret: new Secret(secret) });
  const log = createLog({ write: () => {}, now: clock.now });
  const store = boundStore(database.instance(), createBinder(key), log);
  const doc = { _id: 'rules', rules: manyRules, changedAt: clock.now() } as const;
  if (!(await store.create(autoReplyCollection, doc))) throw new Error('There are rules already.');
}

async function bundlesOf({ root, folder }: BenchContext): Promise<Record<AccountName, string>> {
  const files = await Promise.all(
    accountNames.map(async (name) => {
      const outDir = path.join(folder, `replies-${name}`);
      const options = { root, account: accountFile(name), outDir };
      const [built] = await buildFunctions({ ...options, only: ['callback'] });
      return [name, built?.file ?? ''] as const;
    }),
  );
  return Object.fromEntries(files) as Record<AccountName, string>;
}

async function inMemory({ root, folder }: BenchContext) {
  const entries = accountNames.map((account) => ({
    name: `replies-${account}`,
    entry: `scripts/bench/contestants/replies-${account}.ts`,
  }));
  const built = await buildEntries({ root, outDir: path.join(folder, 'replies-memory'), entries });
  return (account: AccountName): Omit<Contestant, 'name'> => ({
    kind: 'ours',
    file: built.find(({ name }) => name === `replies-${account}`)?.file ?? '',
  });
}

/** What an instance of the callback loads at its start. */
function sizesOf(bundles: Readonly<Record<AccountName, string>>): Record<AccountName, number> {
  const kilobytes = (file: string) => statSync(file).size / 1024;
  return { unused: kilobytes(bundles.unused), used: kilobytes(bundles.used) };
}

/** All cases in turns: each in processes of its own, for the first messages and for later ones. */
async function measureMessages(
  { workerFile }: BenchContext,
  { starts, warmUp, rounds }: (typeof SIZES)['long'],
  contestantOf: (account: AccountName) => Omit<Contestant, 'name'>,
): Promise<CostsOfCases> {
  const list = cases.map(({ name, account }) => ({ name, ...contestantOf(account) }));
  const mistakes = createMistakes();
  const costs = new Map<string, Costs>(list.map(({ name }) => [name, { first: [], warm: [] }]));
  for (let start = 1; start <= starts; start += 1) {
    await withWorkers(workerFile, list, MODE, async (workers) => {
      for (const worker of workers) await measure(worker, FIRST, 'first');
      if (start < starts) return;
      for (const worker of workers) await measure(worker, warmUp);
      for (let round = 0; round < rounds; round += 1) {
        for (const worker of workers) await measure(worker, MESSAGES, 'warm');
      }
    });
  }
  return costs;

  async function measure(worker: Worker, count: number, part?: keyof Costs): Promise<void> {
    const { name } = worker.contestant;
    const workload = cases.find((each) => each.name === name)?.workload ?? 'echo';
    const { cpuUs, problems } = await worker.ask<'round'>({ kind: 'round', workload, count });
    mistakes.note(worker.contestant, problems);
    if (part) costs.get(name)?.[part].push(cpuUs / count);
  }
}

async function measureStarts(
  folder: string,
  count: number,
  env: Readonly<Record<string, string>>,
  bundles: Readonly<Record<AccountName, string>>,
): Promise<Readonly<Record<AccountName | 'bare', number>>> {
  const starts = [
    { name: 'bare', requestOf: () => ({}), check: () => undefined },
    ...accountNames.map((name) => firstMessage(name, bundles[name], env)),
  ];
  const costs = new Map(starts.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < count; round += 1) {
    for (const start of starts) {
      costs.get(start.name)?.push((await measureStart(start, folder)).cpuMs);
    }
  }
  return Object.fromEntries([...costs].map(([name, all]) => [name, median(all)])) as Record<
    AccountName | 'bare',
    number
  >;
}
