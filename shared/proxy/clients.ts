import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Store } from '../store/store.ts';
import type { Sealer } from '../token/index.ts';
import {
  type ClientDocument,
  clientCollection,
  type ReadVersions,
  secretLabel,
} from './client-document.ts';
import { storeIsDown } from './refusal.ts';

/** A client with its secrets opened. */
export interface ProxyClient extends Omit<ClientDocument, 'secret' | 'previous'> {
  /** The newest first. Empty if they were sealed under another AppSecret: then nothing opens them. */
  readonly secrets: readonly Secret[];
}

/** A change by an operator holds on every instance after this. */
export const CLIENTS_MS = 10_000;
/** With the store down, the clients that were read last serve for this long. */
const CLIENTS_LAST_MS = 60_000;
/**
 * A request that fits no client may have the clients read again, since one may have been added just now:
 * no sooner than this after the last look and, while no such look finds anything new, ever more rarely.
 */
const RELOAD_MS = 250;
const MAX_RELOAD_MS = CLIENTS_MS;
export const MAX_CLIENTS = 1_000;

/**
 * All clients, read at once: one query serves every request of ten seconds, and the time that a look
 * takes does not tell which ids there are.
 */
export interface Clients {
  /** @throws Refusal `store` if none were read lately. */
  current(): Promise<ReadonlyMap<string, ProxyClient>>;
  /** The clients read again, unless they were read just now. */
  newer(): Promise<ReadonlyMap<string, ProxyClient> | undefined>;
}

export function createClients(options: {
  readonly store: Pick<Store, 'query'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked once, by an instance that has seen no client yet. */
  readonly readVersions: ReadVersions;
}): Clients {
  const { store, sealer, clock, log, readVersions } = options;
  /** The highest version of each client that this instance has seen, or that the audit trail tells of. */
  let versions: Map<string, number> | undefined;
  const opened = new Map<string, Secret>();
  let clients: ReadonlyMap<string, ProxyClient> | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let reloadMs = RELOAD_MS;
  let loading: Promise<ReadonlyMap<string, ProxyClient>> | undefined;

  return {
    async current() {
      const age = clock.now() - loadedAt;
      if (clients && age < CLIENTS_MS) return clients;
      try {
        return await load();
      } catch (error) {
        if (!clients || age >= CLIENTS_LAST_MS) throw storeIsDown(error);
        log.warn('clients not read again', { reason: 'store', error });
        return clients;
      }
    },
    async newer() {
      if (clock.now() - loadedAt < reloadMs) return undefined;
      const before = revisionsOf(clients);
      const found = await load().catch(() => undefined);
      const isNews = found !== undefined && revisionsOf(found) !== before;
      reloadMs = isNews ? RELOAD_MS : Math.min(2 * reloadMs, MAX_RELOAD_MS);
      return found;
    },
  };

  function load() {
    loading ??= read().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  /** Which clients there are, with the numbers of their secrets. */
  function revisionsOf(some: typeof clients): string {
    return [...(some ?? [])].map(([id, { secrets }]) => `${id} ${secrets.length}`).join();
  }

  async function read(): Promise<ReadonlyMap<string, ProxyClient>> {
    const startedAt = clock.now();
    const [found, known] = await Promise.all([
      store.query(clientCollection, { filter: 'all', limit: MAX_CLIENTS }),
      versions ?? readVersions(),
    ]);
    versions ??= new Map(known);
    const current = found.filter(({ doc }) => !isPutBack(doc));
    clients = new Map(current.map(({ doc }) => [doc._id, withSecrets(doc)]));
    loadedAt = startedAt;
    return clients;
  }

  /** An older document of a client, as somebody with rights on the database can put it back, is refused. */
  function isPutBack({ _id: client, version = 0 }: ClientDocument): boolean {
    const seen = versions?.get(client) ?? 0;
    if (version >= seen) {
      versions?.set(client, version);
      return false;
    }
    log.error('document refused', {
      reason: clientCollection.name,
      client,
      details: { version, seen },
    });
    return true;
  }

  function withSecrets({ secret, previous, ...client }: ClientDocument): ProxyClient {
    const isGood = previous && clock.now() < previous.until;
    const secrets = [secret, ...(isGood ? [previous] : [])].flatMap(
      (each) => open(client._id, each) ?? [],
    );
    return { ...client, secrets };
  }

  function open(client: string, { number, sealed }: ClientDocument['secret']): Secret | undefined {
    try {
      const secret = opened.get(sealed) ?? sealer.open(secretLabel(client, number), sealed);
      if (opened.size > 2 * MAX_CLIENTS) opened.clear();
      opened.set(sealed, secret);
      return secret;
    } catch (error) {
      log.error('secret of a client does not open', { client, error });
      return undefined;
    }
  }
}
