import { randomBytes, randomInt } from 'node:crypto';
import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { cloudbaseVerdict, reasonFor } from './cloudbase-failure.ts';
import type { Credentials } from './credentials.ts';
import { failure } from './failure.ts';
import { writeIdOf } from './history.ts';
import type { Link } from './link.ts';
import { createLinkedStore } from './linked-store.ts';
import type { Driver } from './sdk/driver.ts';
import type { Store } from './store.ts';

export interface CloudbaseStoreOptions {
  readonly envId: string;
  /** Called before every operation, because SCF renews the credentials of a running instance. */
  readonly credentials: () => Credentials | undefined;
  /** The address of an emulator, in place of the service's own. */
  readonly serviceUrl?: string | undefined;
  readonly clock: Clock;
  readonly log?: Log;
  /** The SDK to use; default: the one that the build has put behind `#store-driver`. */
  readonly driver?: () => Promise<Driver>;
  /** Limit of one request; default 2500. */
  readonly requestTimeoutMs?: number;
  /** Limit of an operation with all its repeats; the last request may end later. Default 6000. */
  readonly budgetMs?: number;
  /** From 0 up to 1, for the waits between repeats. */
  readonly random?: () => number;
}

export interface CloudbaseStore extends Store {
  /** Begins to load the SDK while the caller waits for something else. */
  preload(): Promise<void>;
}

let sdk: Promise<Driver> | undefined;

/** The SDK is loaded once for the process, by the first store that needs it. */
function loadSdk(): Promise<Driver> {
  sdk ??= import('#store-driver');
  return sdk;
}

/** Whether this process has loaded the SDK, or is loading it. */
export function isSdkLoaded(): boolean {
  return sdk !== undefined;
}

/** The store on CloudBase. Its first operation loads the SDK. */
export function createCloudbaseStore(options: CloudbaseStoreOptions): CloudbaseStore {
  const { envId, serviceUrl, clock, log, random = Math.random } = options;
  const { requestTimeoutMs: timeoutMs = 2500, budgetMs = 6000 } = options;
  const load = options.driver ?? loadSdk;
  let driver: Promise<Driver> | undefined;
  let current: { readonly key: string; readonly link: Link } | undefined;

  async function link(): Promise<Link> {
    // Checked before the SDK is called, which crashes the process without credentials.
    const credentials = options.credentials();
    if (!credentials)
      throw failure(cloudbaseVerdict('credentials_missing'), { operation: 'connect' });
    driver ??= load();
    const { connect } = await driver;
    const { secretId } = credentials;
    const secretKey = credentials.secretKey.reveal();
    const sessionToken = credentials.sessionToken?.reveal();
    const key = JSON.stringify([secretId, secretKey, sessionToken]);
    if (current?.key !== key) {
      const connected = connect({
        envId,
        serviceUrl,
        timeoutMs,
        secretId,
        secretKey,
        sessionToken,
      });
      current = { key, link: connected };
    }
    return current.link;
  }

  const store = createLinkedStore({
    link,
    async ask(task, request) {
      try {
        return await withinTime(clock, timeoutMs, request);
      } catch (error) {
        throw failure(cloudbaseVerdict(reasonFor(error)), task, error);
      }
    },
    stamps: {
      writeId: () => writeIdOf(clock.now(), randomBytes(6).toString('base64url')),
      firstRev: () => randomInt(2 ** 40),
    },
    pace: {
      now: clock.now,
      pause: (ms) => sleep(clock, ms),
      random,
      budgetMs,
      maxTries: Number.POSITIVE_INFINITY,
      ...(log ? { log } : {}),
    },
  });
  return {
    ...store,
    async preload() {
      driver ??= load();
      await driver;
    },
  };
}
