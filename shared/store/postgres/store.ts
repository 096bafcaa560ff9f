import { randomBytes, randomInt } from 'node:crypto';
import { type Clock, sleep } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { withinTime } from '../../kernel/time-limit.ts';
import { failure } from '../failure.ts';
import { writeIdOf } from '../history.ts';
import type { Link } from '../link.ts';
import { createLinkedStore } from '../linked-store.ts';
import type { Store } from '../store.ts';
import type { PostgresDriver } from './driver.ts';
import { missingCredentials, postgresVerdict } from './failure.ts';
import type { PostgresServer } from './server.ts';

export interface PostgresStoreOptions {
  /** Undefined if the settings name none: then every operation fails and says what is missing. */
  readonly server: PostgresServer | undefined;
  readonly clock: Clock;
  readonly log?: Log;
  /** Default: the one that the build has put beside the function. */
  readonly driver?: () => Promise<PostgresDriver>;
  /** For one request, with the wait for a free connection; default 2500. */
  readonly requestTimeoutMs?: number;
  /** For an operation with all its repeats; the last request may end after it. Default 6000. */
  readonly budgetMs?: number;
  /** From 0 up to 1, for the waits between repeats. */
  readonly random?: () => number;
}

export interface PostgresStore extends Store {
  /** Loads the client while there is something else to wait for. */
  preload(): Promise<void>;
}

let client: Promise<PostgresDriver> | undefined;

/** Once for the process, whichever of its stores is the first to need it. */
function loadClient(): Promise<PostgresDriver> {
  client ??= import('#postgres-driver');
  return client;
}

/** Whether this process has paid for loading the client, or is about to. */
export function isClientLoaded(): boolean {
  return client !== undefined;
}

/** The store on PostgreSQL by its wire protocol. The client is loaded when first needed. */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { server, clock, log, random = Math.random } = options;
  const { requestTimeoutMs: timeoutMs = 2500, budgetMs = 6000 } = options;
  const load = options.driver ?? loadClient;
  let link: Promise<Link> | undefined;

  async function connect(): Promise<Link> {
    if (!server) throw failure(missingCredentials, { operation: 'connect' });
    const { connect } = await load();
    const { password, ...rest } = server.address;
    const address = { ...rest, password: password?.reveal() };
    return connect({ ...server, server: address, timeoutMs });
  }

  const store = createLinkedStore({
    link() {
      link ??= connect();
      return link;
    },
    async ask(task, request) {
      try {
        return await withinTime(clock, timeoutMs, request);
      } catch (error) {
        throw failure(postgresVerdict(error), task, error);
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
      await load();
    },
  };
}
