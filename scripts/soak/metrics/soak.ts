import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/kernel/errors.ts';
import { metricCollection } from '../../../shared/metrics/index.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import { createReader } from './reader.ts';
import { type Counts, createWitness, type Witness } from './witness.ts';

export interface SoakOptions {
  readonly root: string;
  readonly name: string;
  /** Messages that are delivered at a time, and so the number of instances. */
  readonly instances: number;
  readonly messages: number;
  readonly kills: number;
  /**
   * How often an instance is frozen, also in the middle of a message, and folded meanwhile.
   */
  readonly freezes: number;
  /**
   * The part of the store's requests for metrics that fails, half of them after they were carried
   * out.
   */
  readonly faults: number;
  readonly seed: number;
  /** The database of the functions. */
  readonly store: LocalStore;
  /** Requests at a time in one instance of an HTTP function; undefined: event functions. */
  readonly concurrency?: number | undefined;
}

export interface SoakReport extends Omit<SoakOptions, 'root'> {
  /** Documents that were folded while their instances went on. */
  readonly folded: number;
  readonly storeFaults: number;
  /** The counts of the emulators. */
  readonly happened: Counts;
  /** The sums of the metrics function. */
  readonly counted: Counts;
  /** What killed instances had only in memory, as far as their logs tell. */
  readonly mayBeLost: Counts;
  /** No sum is too high, and none is lower than what the killed instances had in memory explains. */
  readonly ok: boolean;
  readonly ms: number;
}

/** An instance writes this often here; ten seconds when deployed. */
const FLUSH_MS = 1_000;

/**
 * WeChat takes this long for a customer-service message, so that instances are busy at the same
 * time.
 */
const SEND_MS = 100;

/**
 * Runs many real instances of the callback, kills and freezes them, and compares the sums at the
 * end.
 */
export async function soakMetrics({ root, ...options }: SoakOptions): Promise<SoakReport> {
  const { instances, messages, kills, freezes, faults, seed } = options;
  const startedAt = Date.now();
  const witness = createWitness(options.concurrency);
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    store: options.store,
    concurrency: options.concurrency,
    // At this level an instance logs when it writes.
    settings: { METRICS_FLUSH_SECONDS: '1', LOG_LEVEL: 'debug' },
    onLog: witness.line,
    onInvocation: witness.invocation,
  });
  const reader = createReader(emulation);
  const random = createRandom(seed);
  let [killed, folded, answered] = [0, 0, 0];

  /** Kills or freezes an instance of the callback, in turn while both kinds are left. */
  async function trouble(turn: number): Promise<void> {
    const present = emulation.scf.instances().filter((each) => each.function === 'callback');
    const free = present.filter(({ state }) => state !== 'held');
    const victim = free[Math.floor(random() * free.length)];
    if (!victim) return;
    if (killed < kills && (turn % 2 === 0 || turn - killed >= freezes)) {
      killed += 1;
      await emulation.scf.kill(victim.id);
      witness.killed(victim.id);
      return;
    }
    emulation.scf.freeze(victim.id);
    const folding = foldAnyway();
    // Not for long, because its message has a time limit.
    await delay(FLUSH_MS / 2);
    emulation.scf.thaw(victim.id);
    folded += await folding;
  }

  /** The store may fail a fold too; the next fold makes up for it. */
  async function foldAnyway(): Promise<number> {
    try {
      return await reader.foldAll();
    } catch (error) {
      if (error instanceof AppError && error.code !== 'invalid') return 0;
      throw error;
    }
  }

  try {
    await slowDown(emulation, messages);
    addFaults(emulation, faults, seed);
    const troubles: Promise<void>[] = [];
    const every = Math.max(1, Math.floor(messages / (kills + freezes + 1)));
    await inParallel(instances, messages, async (n) => {
      await say(emulation, n);
      answered += 1;
      if (answered % every === 0 && troubles.length < kills + freezes) {
        troubles.push(trouble(troubles.length));
      }
    });
    await Promise.all(troubles);
    const { faults: made } = emulation.database;
    const storeFaults = made.hits();
    made.clear();
    await writeAll(emulation, witness, options.concurrency);
    folded += await reader.foldAll();
    const counted = await reader.counts();
    const happened = { ...witness.happened(), calls: callsSeenBy(emulation) };
    const mayBeLost = witness.mayBeLost();
    return {
      ...options,
      folded,
      storeFaults,
      happened,
      counted,
      mayBeLost,
      ok: isExplained(happened, counted, mayBeLost),
      ms: Date.now() - startedAt,
    };
  } finally {
    await emulation.close();
  }
}

function isExplained(happened: Counts, counted: Counts, mayBeLost: Counts): boolean {
  return (Object.keys(happened) as (keyof Counts)[]).every((name) => {
    const missing = happened[name] - counted[name];
    return missing >= 0 && missing <= mayBeLost[name];
  });
}

/** A message of a follower; every second one makes the callback send a message by the API. */
async function say({ push }: Emulation, n: number): Promise<void> {
  const openid = `oFollower${String(n).padStart(19, '0')}`;
  const Content = n % 2 === 0 ? 'more' : '你好';
  await push.send({ openid, type: 'text', Content });
}

/** Counts messages as WeChat does, whatever became of their answers. */
function callsSeenBy({ wechatApi }: Emulation): number {
  const { endpoints } = wechatApi.inspect().statistics;
  return endpoints['customerService.send']?.calls ?? 0;
}

async function slowDown({ wechatApi }: Emulation, times: number): Promise<void> {
  const fault = { path: '/cgi-bin/message/custom/send', slowMs: SEND_MS, times: 2 * times };
  const body = JSON.stringify(fault);
  await wechatApi.fetch('http://localhost/emulator/faults', { method: 'POST', body });
}

function addFaults({ database }: Emulation, rate: number, seed: number): void {
  database.faults.add({ rate, seed, collection: metricCollection.name });
}

/** Waits until every instance has written all that it has counted. */
async function writeAll(
  emulation: Emulation,
  witness: Witness,
  concurrency: number | undefined,
): Promise<void> {
  const { scf } = emulation;
  // An HTTP function is told of its end, and writes what it has counted before.
  if (concurrency !== undefined) await scf.reload('callback');
  const of = (name: string) => scf.instances().filter((each) => each.function === name);
  const living = () => [...of('callback'), ...of('worker')];
  for (let tries = 0; !living().every(({ id }) => witness.hasWritten(id)); tries += 1) {
    if (tries === 20) throw new Error('Some instances have not written what they have counted.');
    await delay(FLUSH_MS + 100);
    const count = of('callback').length;
    await Promise.all([
      // Each message makes its instance send one, so that all are busy together and each gets a
      // message.
      inParallel(count, count, (n) => say(emulation, 2 * n)),
      ...of('worker').map(() => scf.invoke('worker', {})),
    ]);
  }
}

async function inParallel(
  width: number,
  count: number,
  run: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let n = next++; n < count; n = next++) await run(n);
    }),
  );
}
