import { setTimeout as delay } from 'node:timers/promises';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createSealer } from '../../../shared/token/sealing.ts';
import { account, type Backend } from './backend.ts';
import type { Scenario } from './scenarios.ts';
import { documentOf, fetchesOf, until } from './stage.ts';

/** WeChat takes this long to answer, so that all other instances are waiting by then. */
export const SLOW_ANSWER_MS = 2_000;
/** The holder's next transaction, which stores the token, is held back for this long. */
const SLOW_STORE_MS = 2_000;

/** Enough for a thawed holder to write its token, if it could. */
const WOKEN_MS = 3_000;

export interface AccidentReport {
  /** The stored token is in the end the older one, of the thawed holder. */
  readonly lateWrites: number;
}

/**
 * Waits for the first instance that asks WeChat, and kills or freezes it before it has stored what
 * it got.
 */
export function causeAccident(backend: Backend, scenario: Scenario): () => Promise<AccidentReport> {
  const fetchesBefore = fetchesOf(backend);
  const holder = firstToAsk(backend);
  return async () => {
    const instance = await holder;
    await until(() => fetchesOf(backend) > fetchesBefore, 'the fetch of the holder');
    if (scenario.accident === 'killed') return kill(instance);
    return freeze(instance);
  };

  /** After WeChat's answer, on the way to the store. */
  async function kill(instance: string): Promise<AccidentReport> {
    const { faults } = backend.database;
    const hits = faults.hits();
    await delay(SLOW_ANSWER_MS - 500);
    faults.holdBackTransaction(SLOW_STORE_MS);
    await until(() => faults.hits() > hits, 'the holder storing its token');
    await backend.scf.kill(instance);
    faults.clear();
    return { lateWrites: 0 };
  }

  /** During WeChat's answer, until another instance has asked and not stored yet. */
  async function freeze(instance: string): Promise<AccidentReport> {
    backend.scf.freeze(instance);
    await until(() => fetchesOf(backend) > fetchesBefore + 1, 'a second holder');
    backend.scf.thaw(instance);
    await delay(WOKEN_MS);
    await until(async () => !(await documentOf(backend, scenario)).lease, 'the end of the lease');
    return { lateWrites: (await isNewest(backend, scenario)) ? 0 : 1 };
  }
}

/** With the classic endpoint every fetch gives a new token, numbered by the emulator. */
async function isNewest(backend: Backend, scenario: Scenario): Promise<boolean> {
  const { generation, sealedToken } = await documentOf(backend, scenario);
  const sealer = createSealer({ appid: account.appid, key: new Secret(account.secret) });
  const label = { purpose: `${scenario.tokenKind}_token`, generation: Number(generation) };
  const token = sealer.open(label, String(sealedToken));
  return Number.parseInt(token.reveal(), 10) === backend.wechat.inspect().tokens.generation;
}

function firstToAsk(backend: Backend): Promise<string> {
  return new Promise((resolve) => {
    const stop = backend.onLine(({ line, instance }) => {
      if (!line.includes('"event":"asking WeChat"')) return;
      stop();
      resolve(instance);
    });
  });
}
