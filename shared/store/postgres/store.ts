import { createDrivenStore, type DrivenStore, type StorePace } from '../driven-store.ts';
import { failure } from '../failure.ts';
import type { Link } from '../link.ts';
import type { PostgresDriver } from './driver.ts';
import { missingCredentials, postgresVerdict } from './failure.ts';
import type { PostgresServer } from './server.ts';

export interface PostgresStoreOptions extends StorePace {
  /** Undefined if the settings name none: then every operation fails and says what is missing. */
  readonly server: PostgresServer | undefined;
  /** Default: the one that the build has put beside the function. */
  readonly driver?: () => Promise<PostgresDriver>;
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
export function createPostgresStore(options: PostgresStoreOptions): DrivenStore {
  const { server, driver: load = loadClient } = options;
  let link: Link | undefined;

  return createDrivenStore({
    ...options,
    load,
    verdict: postgresVerdict,
    async connect(timeoutMs) {
      if (!server) throw failure(missingCredentials, { operation: 'connect' });
      const { connect } = await load();
      const { address, schema, poolSize } = server;
      const password = address.password?.reveal();
      link ??= connect({ server: { ...address, password }, schema, poolSize, timeoutMs });
      return link;
    },
  });
}
