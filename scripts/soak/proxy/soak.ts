import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { connect } from '../../../shared/proxy-sdk/index.ts';
import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import { limited, type SoakClient, steady } from './clients.ts';
import { run } from './load.ts';
import { type Sample, type Stretch, worstStretch } from './windows.ts';

export interface ProxySoakOptions {
  readonly seconds: number;
  readonly instances: number;
  /** Chooses which instances are killed. */
  readonly seed: number;
  /** An instance is killed this often; 0: never. */
  readonly killEveryMs: number;
  /** The database of the functions. */
  readonly store: LocalStore;
  /** Requests at a time in one instance of an HTTP function; undefined: event functions. */
  readonly concurrency?: number | undefined;
  readonly onClient?: (report: ClientReport) => void;
}

export interface ClientReport {
  readonly id: string;
  readonly perSecond: number;
  readonly burst: number;
  /** Calls that reached WeChat, by WeChat's own count. */
  readonly granted: number;
  /** `burst + perSecond × time`. */
  readonly allowed: number;
  /** Calls answered with 429. */
  readonly refused: number;
  /** Attempts that got no answer, because the instance was killed. */
  readonly lost: number;
  readonly worst: Stretch;
}

export interface ProxySoakReport {
  readonly seconds: number;
  readonly instances: number;
  readonly seed: number;
  readonly killed: number;
  readonly requests: number;
  /** Of the limited clients together. */
  readonly granted: number;
  readonly allowed: number;
  /**
   * Calls of each client beyond its allowance, from the first call on, added up.
   */
  readonly overshoot: number;
  /** The same in the worst stretch of time of any client, beyond what is promised for it. */
  readonly stretchOvershoot: number;
  /** Calls that failed for their caller although they were safe to repeat. */
  readonly failedSafe: number;
  readonly storeCalls: Readonly<Record<string, number>>;
  readonly storeCallsPer1000: number;
  /** Tokens and secrets in the log or in the store. */
  readonly leaks: number;
  readonly errors: readonly string[];
  readonly clients: readonly ClientReport[];
  readonly ok: boolean;
}

const root = path.resolve(import.meta.dirname, '../../..');
const SAMPLE_MS = 200;

/**
 * Runs many instances of the proxy, with three clients that exceed their rates and one client that
 * must not notice.
 */
export async function soakProxy(options: ProxySoakOptions): Promise<ProxySoakReport> {
  const { instances, seconds, seed, killEveryMs } = options;
  const lines: string[] = [];
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    maxInstances: instances,
    store: options.store,
    concurrency: options.concurrency,
    onLog: ({ line }) => lines.push(line),
  });
  try {
    const secrets = new Map([...limited, steady].map(({ id }) => [id, newSecret()]));
    for (const client of [...limited, steady]) await add(emulation, client, secrets);
    await fetchToken(emulation, secrets.get(steady.id) ?? '');
    const storeBefore = emulation.database.requestsByKind();
    const startedAt = Date.now();
    const until = startedAt + seconds * 1_000;
    const samples = sample(emulation, until);
    const killing = kill(emulation, { until, everyMs: killEveryMs, seed });
    const load = await run({
      url: emulation.urls.proxy,
      secretOf: ({ id }) => secrets.get(id) ?? '',
      until,
      callers: instances,
    });
    const killed = await killing;
    const taken = await samples;
    const elapsed = Date.now() - startedAt;

    const clients = limited.map((client): ClientReport => {
      const { 200: passed = 0, 429: refused = 0, ...other } = load.answers[client.id] ?? {};
      const own = taken.get(client.id) ?? [];
      const report = {
        id: client.id,
        perSecond: client.perSecond,
        burst: client.burst,
        granted: own.at(-1)?.calls ?? passed,
        allowed: Math.floor(client.burst + (client.perSecond * elapsed) / 1_000),
        refused,
        lost: sum(Object.values(other)),
        worst: worstStretch(client, own),
      };
      options.onClient?.(report);
      return report;
    });
    const requests = sum(Object.values(load.answers).flatMap((counts) => Object.values(counts)));
    const storeCalls = difference(storeBefore, emulation.database.requestsByKind());
    const overshoot = sum(clients.map(({ granted, allowed }) => Math.max(0, granted - allowed)));
    const stretchOvershoot = Math.max(
      ...clients.map(({ worst }) => Math.max(0, worst.granted - worst.allowed)),
    );
    const { failedSafe, errors } = load;
    const leaks = await leaksIn(emulation, lines, [...secrets.values()]);
    return {
      seconds,
      instances,
      seed,
      killed,
      requests,
      granted: sum(clients.map(({ granted }) => granted)),
      allowed: sum(clients.map(({ allowed }) => allowed)),
      overshoot,
      stretchOvershoot,
      failedSafe,
      storeCalls,
      storeCallsPer1000: Math.round(
        (sum(Object.values(storeCalls)) * 1_000) / Math.max(1, requests),
      ),
      leaks,
      errors,
      clients,
      ok: overshoot + stretchOvershoot + failedSafe + leaks === 0,
    };
  } finally {
    await emulation.close();
  }
}

async function add(
  { scf }: Emulation,
  { id, perSecond, burst, endpoint }: SoakClient,
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  const payload = { id, secret: secrets.get(id), allow: [endpoint], perSecond, burst };
  const outcome = await scf.invoke('proxy-client', { action: 'add', payload });
  const { ok } = Object(outcome.ok && outcome.result) as { ok?: boolean };
  if (!ok) throw new Error(`The client ${id} was not added: ${JSON.stringify(outcome)}`);
}

/**
 * Before anything is killed: on a busy machine each instance that fetches the first token could be
 * killed while it does so, and its lease must run out before the next one may.
 */
async function fetchToken({ urls }: Emulation, secret: string): Promise<void> {
  await connect({ urls: [urls.proxy], client: steady.id, secret }).call(steady.endpoint);
}

/** WeChat's own count of each client's calls, again and again until the end and once after it. */
async function sample(
  { wechatApi }: Emulation,
  until: number,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const taken = new Map<string, Sample[]>(limited.map(({ id }) => [id, []]));
  const look = () => {
    const { endpoints } = wechatApi.inspect().statistics;
    for (const { id, endpoint } of limited) {
      taken.get(id)?.push({ at: Date.now(), calls: endpoints[endpoint]?.calls ?? 0 });
    }
  };
  while (Date.now() < until) {
    look();
    await delay(SAMPLE_MS);
  }
  await delay(SAMPLE_MS);
  look();
  return taken;
}

async function kill(
  { scf }: Emulation,
  { until, everyMs, seed }: { until: number; everyMs: number; seed: number },
): Promise<number> {
  const random = createRandom(seed);
  let killed = 0;
  while (everyMs > 0 && Date.now() + everyMs < until) {
    await delay(everyMs);
    const proxies = scf.instances().filter((one) => one.function === 'api-proxy');
    const victim = proxies[Math.floor(random() * proxies.length)];
    if (!victim) continue;
    await scf.kill(victim.id);
    killed += 1;
  }
  return killed;
}

function difference(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after)
      .map(([action, count]) => [action, count - (before[action] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

async function leaksIn(
  emulation: Emulation,
  lines: readonly string[],
  secrets: readonly string[],
): Promise<number> {
  const { wechatApi, database, account } = emulation;
  const tokens = wechatApi.inspect({ reveal: true }).tokens.list.map(({ token }) => token);
  if (tokens.length === 0) throw new Error('There are no tokens to look for.');
  const texts = [...lines, await database.everything()];
  const hidden = [...tokens, ...secrets, account.secret];
  return sum(texts.map((text) => hidden.filter((secret) => text.includes(secret)).length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
