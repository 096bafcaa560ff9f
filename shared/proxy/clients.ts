import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Store } from '../store/store.ts';
import type { Sealer } from '../token/index.ts';
import { type ClientDocument, clientCollection, secretLabel } from './client-document.ts';
import { storeIsDown } from './refusal.ts';

/** A client with its secrets opened. */
export interface ProxyClient extends Omit<ClientDocument, 'secret' | 'previous'> {
  /** The newest first. Empty if it was sealed under another AppSecret: then nothing opens it. */
  readonly secrets: readonly Secret[];
}

/** What changed by an operator holds everywhere after this. */
export const ROSTER_MS = 10_000;
/** With the store down, what was read serves for so long. */
const ROSTER_LAST_MS = 60_000;
/** A refused request may ask for a newer roster, but no more often than this. */
export const RELOAD_MS = 250;
export const MAX_CLIENTS = 1_000;

/**
 * All clients at once. One by one, the time to find out would tell which ids there are; and one
 * query serves every request of ten seconds.
 */
export interface Roster {
  /** @throws Refusal `store` if there is none that is new enough. */
  current(): Promise<ReadonlyMap<string, ProxyClient>>;
  /** A newer one than the last, unless that is of this very moment. */
  newer(): Promise<ReadonlyMap<string, ProxyClient> | undefined>;
}

export function createRoster(options: {
  readonly store: Pick<Store, 'query'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Log;
}): Roster {
  const { store, sealer, clock, log } = options;
  const opened = new Map<string, Secret>();
  let clients: ReadonlyMap<string, ProxyClient> | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<ReadonlyMap<string, ProxyClient>> | undefined;

  return {
    async current() {
      const age = clock.now() - loadedAt;
      if (clients && age < ROSTER_MS) return clients;
      try {
        return await load();
      } catch (error) {
        if (!clients || age >= ROSTER_LAST_MS) throw storeIsDown(error);
        log.warn('clients not read again', { reason: 'store', error });
        return clients;
      }
    },
    async newer() {
      if (clock.now() - loadedAt < RELOAD_MS) return undefined;
      return load().catch(() => undefined);
    },
  };

  function load() {
    loading ??= read().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function read(): Promise<ReadonlyMap<string, ProxyClient>> {
    const startedAt = clock.now();
    const found = await store.query(clientCollection, { filter: 'all', limit: MAX_CLIENTS });
    clients = new Map(found.map(({ doc }) => [doc._id, withSecrets(doc)]));
    loadedAt = startedAt;
    return clients;
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
