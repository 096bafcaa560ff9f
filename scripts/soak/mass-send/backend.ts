import path from 'node:path';
import { jobCollection } from '../../../shared/jobs/index.ts';
import type { InvokeOutcome } from '../../emulator/scf/invocation.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const SEND = '/cgi-bin/message/mass/send';
/** Killed workers make some calls twice, so the allowance is large: the soak is not about it. */
const ALLOWANCE = 10_000;

/** Everything that `npm start` runs, and what the soak counts of it. */
export interface Backend extends Emulation {
  /** The most memory that an instance of each function had, in MB. */
  readonly peakMb: Readonly<Record<string, number>>;
  /** The control endpoint of the WeChat emulator. */
  control(method: string, what: string, body?: object): Promise<unknown>;
  /** The data that a function answers with. @throws Error if the action failed */
  ask<Data>(name: string, action: string, payload?: object): Promise<Data>;
  /** Requests to the store so far. */
  storeOps(): number;
  /** Jobs that failed too often, so that no worker goes on with them. */
  deadJobs(): Promise<readonly object[]>;
}

export async function startBackend({
  store,
  concurrency,
}: {
  readonly store: LocalStore;
  readonly concurrency?: number | undefined;
}): Promise<Backend> {
  const peakMb: Record<string, number> = {};
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    store,
    concurrency,
    settings: {
      MASS_SEND_CALLS_PER_DAY: String(ALLOWANCE),
      // The soak itself keeps workers running.
      WORKER_WAKE: 'none',
      LOG_LEVEL: 'error',
    },
    onInvocation({ function: name, outcome }) {
      peakMb[name] = Math.max(peakMb[name] ?? 0, Math.ceil(outcome.memoryMb));
    },
  });
  const { wechatApi, scf, database } = emulation;

  async function control(method: string, what: string, body?: object): Promise<unknown> {
    const response = await wechatApi.fetch(`http://localhost/emulator/${what}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${what}: ${await response.text()}`);
    return response.json();
  }

  await control('POST', 'quota', { path: SEND, dailyLimit: ALLOWANCE });
  return {
    ...emulation,
    peakMb,
    control,
    async ask<Data>(name: string, action: string, payload?: object) {
      const event = { action, ...(payload ? { payload } : {}) };
      return dataOf(name, await scf.invoke(name, event)) as Data;
    },
    storeOps: () => database.requests(),
    deadJobs: () => database.documents(jobCollection.name, { state: 'dead' }),
  };
}

function dataOf(name: string, outcome: InvokeOutcome): unknown {
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.errorMessage}`);
  const { ok, data, error } = Object(outcome.result) as Record<string, unknown>;
  if (ok !== true) {
    throw Object.assign(new Error(`${name}: ${JSON.stringify(error)}`), {
      code: Object(error).code,
      details: Object(error).details,
    });
  }
  return data;
}
