import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inboxCollection } from '../../../shared/callback/inbox-document.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';
import { accountEnv, firstMessage, measureStart, type Start } from '../workload/cold-process.ts';
import { loadDeployment, measureLoad } from '../workload/deployment.ts';
import { platformEnv } from '../workload/environment.ts';

const SIZES = {
  long: { rounds: 5, messages: 200, writes: 200 },
  short: { rounds: 3, messages: 60, writes: 40 },
};
const MANY = 16;

/** What is measured of each, and whether less of it is better. */
const measures = [
  ['store ms a message', 'less'],
  ['CPU ms a message', 'less'],
  ['cold start ms', 'less'],
  ['cold start CPU ms', 'less'],
  ['bundle KB', 'less'],
  ['messages/s, 1 in flight', 'more'],
  [`messages/s, ${MANY} in flight`, 'more'],
] as const;
const columns = measures.map(([name]) => name);

/** One store with the deployment that was built for it. */
interface Side {
  readonly name: string;
  readonly emulation: Emulation;
  readonly cold: Start;
  readonly bundleKb: number;
}

/** (i) The same deployment on PostgreSQL and on CloudBase's documents, in turns. */
export async function stores({ root, folder, isShort }: BenchContext): Promise<PartReport> {
  const { rounds, messages, writes } = SIZES[isShort ? 'short' : 'long'];
  const sides: Side[] = [];
  try {
    for (const store of ['cloudbase', 'postgres'] as const) {
      sides.push(await startSide(store, root, path.join(folder, store)));
    }
    const found = sides.map(() => [] as (readonly number[])[]);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, side] of sides.entries()) {
        found[index]?.push(await measureSide(side, { folder, messages, writes }));
      }
    }
    const rows = sides.map(({ name }, index) => ({
      name,
      values: columns.map((_, column) =>
        median((found[index] ?? []).map((all) => at(all, column))),
      ),
    }));
    return reportOf(rows, rounds);
  } finally {
    for (const { emulation } of sides.reverse()) await emulation.close();
  }
}

function reportOf(
  rows: readonly { readonly name: string; readonly values: readonly number[] }[],
  rounds: number,
): PartReport {
  const [documents, postgres] = rows;
  const ratios = measures.map(([name, better], index) => {
    const ratio = at(postgres?.values ?? [], index) / at(documents?.values ?? [], index);
    return better === 'less'
      ? [`PostgreSQL over documents, ${name}`, ratio]
      : [`documents over PostgreSQL, ${name}`, 1 / ratio];
  });
  return {
    title: 'PostgreSQL beside the documents of CloudBase',
    note: `Medians of ${rounds} rounds, both stores in turns. The store's time is that of the two writes of a message; the cold start, bare \`node\` included, answers a message with them. PostgreSQL is a real server, CloudBase our emulator in the process of the benchmark, and both are on this machine: the way through a network and the time of CloudBase itself are not in these figures.`,
    columns,
    rows,
    ratios: Object.fromEntries(ratios),
  };
}

async function startSide(
  store: 'cloudbase' | 'postgres',
  root: string,
  outDir: string,
): Promise<Side> {
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    outDir,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    store,
  });
  const { urls, environment, database } = emulation;
  const callback = path.join(outDir, 'callback');
  const env = { ...accountEnv, ...platformEnv(urls.cloudbase, environment), ...database.env };
  const name = store === 'postgres' ? 'PostgreSQL' : 'documents, node-sdk';
  // The first load is not counted: instances start, and open their connections.
  await loadDeployment(emulation, MANY, 2 * MANY);
  return {
    name,
    emulation,
    cold: firstMessage(name, path.join(callback, 'index.js'), env),
    bundleKb: bytesOf(callback) / 1024,
  };
}

async function measureSide(
  { emulation, cold, bundleKb }: Side,
  { folder, messages, writes }: { folder: string; messages: number; writes: number },
): Promise<readonly number[]> {
  const storeMs = await writesOfMessages(emulation, writes);
  const start = await startedAndStored(emulation, () => measureStart(cold, folder));
  const one = await measureLoad(emulation, 1, messages);
  const many = await measureLoad(emulation, MANY, messages);
  return [
    storeMs,
    one.cpuMs,
    start.ms,
    start.cpuMs,
    bundleKb,
    one.messagesPerSecond,
    many.messagesPerSecond,
  ];
}

/** A message is answered even when its store is away: that would be no measurement of the store. */
async function startedAndStored<T>({ database }: Emulation, start: () => Promise<T>): Promise<T> {
  const before = await database.count(inboxCollection.name, { state: 'done' });
  const result = await start();
  const after = await database.count(inboxCollection.name, { state: 'done' });
  if (after !== before + 1) throw new Error('The first message was answered, but not stored.');
  return result;
}

/** The median time of what the inbox writes for a message: the claim, and the reply over it. */
async function writesOfMessages({ database }: Emulation, count: number): Promise<number> {
  const store = database.instance();
  const times: number[] = [];
  const removeAt = new Date(Date.now() + 3_600_000);
  for (let n = 0; n <= count; n += 1) {
    const _id = `bench-${process.pid}-${performance.now()}`;
    const startedAt = performance.now();
    const rev = await store.insert(inboxCollection, { _id, state: 'claimed', removeAt });
    if (rev === undefined) throw new Error(`${_id} was there before it was written.`);
    const reply = '{"type":"text","content":"hello"}';
    const isWritten = await store.patchIf(inboxCollection, _id, { state: 'done', reply }, rev);
    if (!isWritten) throw new Error(`${_id} was written by somebody else.`);
    // The first opens the connection.
    if (n > 0) times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** The callback's own code, and the driver with its client beside it. */
function bytesOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
