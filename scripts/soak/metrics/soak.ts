import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/kernel/errors.ts';
import { metricCollection } from '../../../shared/metrics/index.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import { createReader } from './reader.ts';
import { type Counts, createWitness, type Witness } from './witness.ts';

export interface SoakOptions {
  readonly root: string;
  readonly name: string;
  /** How many messages are under way at a time, and so how many instances there are. */
  readonly instances: number;
  readonly messages: number;
  readonly kills: number;
  /**
   * How often an instance is stopped by hand, also in the middle of a message, and folded
   * meanwhile.
   */
  readonly freezes: number;
  /** Which part of the store's requests for metrics fails, half of them after they were done. */
  readonly faults: number;
  readonly seed: number;
}

export interface SoakReport extends Omit<SoakOptions, 'root'> {
  /** Documents that were added to the archive while their instances went on. */
  readonly folded: number;
  readonly storeFaults: number;
  /** What the emulators saw. */
  readonly happened: Counts;
  /** What the metrics function says. */
  readonly counted: Counts;
  /** What the killed had in memory, as far as it can be known from outside. */
  readonly mayBeLost: Counts;
  /** No sum is too high, and none is lower than the killed explain. */
  readonly ok: boolean;
  readonly ms: number;
}

/** An instance writes this often here; ten seconds when deployed. */
const FLUSH_MS = 1_000;

/** How long WeChat takes over a customer-service message, so that instances are busy together. */
const SEND_MS = 100;

/** Many real instances of the callback, all that may befall them, and a comparison at the end. */
export async function soakMetrics({ root, ...options }: SoakOptions): Promise<SoakReport> {
  const { instances, messages, kills, freezes, faults, seed } = options;
  const startedAt = Date.now();
  const witness = createWitness();
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    // At this level an instance says when it writes.
    settings: { METRICS_FLUSH_SECONDS: '1', LOG_LEVEL: 'debug' },
    onLog: witness.line,
    onInvocation: witness.invocation,
  });
  const reader = createReader(emulation);
  const random = createRandom(seed);
  let [killed, folded, answered] = [0, 0, 0];

  /** Befalls an instance of the callback: the two kinds in turn, as long as there are of both. */
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
    // Not for long: what it is working on has a time limit.
    await delay(FLUSH_MS / 2);
    emulation.scf.thaw(victim.id);
    folded += await folding;
  }

  /** The store fails whoever folds as well; the next one makes up for it. */
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
    const made = emulation.cloudbase.control.faults;
    const storeFaults = made.list().reduce((sum, { hits }) => sum + hits, 0);
    made.clear();
    await writeAll(emulation, witness);
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

/** A message of a follower; every second makes the callback write one more by the API. */
async function say({ push }: Emulation, n: number): Promise<void> {
  const openid = `oFollower${String(n).padStart(19, '0')}`;
  const Content = n % 2 === 0 ? 'more' : '你好';
  await push.send({ openid, type: 'text', Content });
}

/** As WeChat counts them, whatever became of the answers. */
function callsSeenBy({ wechatApi }: Emulation): number {
  const { endpoints } = wechatApi.inspect().statistics;
  return endpoints['customerService.send']?.calls ?? 0;
}

async function slowDown({ wechatApi }: Emulation, times: number): Promise<void> {
  const fault = { path: '/cgi-bin/message/custom/send', slowMs: SEND_MS, times: 2 * times };
  const body = JSON.stringify(fault);
  await wechatApi.fetch('http://localhost/emulator/faults', { method: 'POST', body });
}

function addFaults({ cloudbase }: Emulation, rate: number, seed: number): void {
  const collection = metricCollection.name;
  for (const [i, when] of (['before', 'after'] as const).entries()) {
    cloudbase.control.faults.add({
      kind: 'reset',
      when,
      collection,
      rate: rate / 2,
      seed: seed + i,
    });
  }
}

/** Until every instance has written all that it has counted. */
async function writeAll(emulation: Emulation, witness: Witness): Promise<void> {
  const { scf } = emulation;
  const of = (name: string) => scf.instances().filter((each) => each.function === name);
  const living = () => [...of('callback'), ...of('worker')];
  for (let tries = 0; !living().every(({ id }) => witness.hasWritten(id)); tries += 1) {
    if (tries === 20) throw new Error('Some instances have not written what they have counted.');
    await delay(FLUSH_MS + 100);
    const count = of('callback').length;
    await Promise.all([
      // Each writes to the follower, so that all are busy together and each gets one.
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
