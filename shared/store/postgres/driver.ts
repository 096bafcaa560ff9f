import type { Link } from '../link.ts';
import { Connections, type Server } from './connections.ts';
import { createPostgresLink } from './link.ts';

export interface PostgresConnection {
  readonly server: Server;
  /** The PostgreSQL schema that holds our tables. */
  readonly schema: string;
  /** How many connections this process opens at most. */
  readonly poolSize: number;
  /** For one request, with the wait for a free connection. */
  readonly timeoutMs: number;
}

/** The part of the store that knows the client of PostgreSQL; loaded when first needed. */
export interface PostgresDriver {
  /** The stores of one process share their connections. */
  readonly connect: (options: PostgresConnection) => Link;
  /** Closes the connections of this process. */
  readonly disconnect: () => Promise<void>;
}

/** By server and size: an instance has several stores, and connections are what a server is short of. */
const opened = new Map<string, Connections>();

export function connect({ server, schema, poolSize, timeoutMs }: PostgresConnection): Link {
  const key = JSON.stringify([server, poolSize]);
  const connections = opened.get(key) ?? new Connections(server, poolSize);
  opened.set(key, connections);
  return createPostgresLink(connections, schema, timeoutMs);
}

export async function disconnect(): Promise<void> {
  const all = [...opened.values()];
  opened.clear();
  await Promise.all(all.map((connections) => connections.close()));
}
