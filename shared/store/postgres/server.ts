import { AppError } from '../../kernel/errors.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Config } from '../../kernel/settings.ts';
import type { Server } from './connections.ts';

/** The settings that say where PostgreSQL is. */
export const serverSettings = [
  'databaseUrl',
  'pgHost',
  'pgPort',
  'pgDatabase',
  'pgUser',
  'pgPassword',
  'databaseCa',
  'databaseSchema',
  'databasePool',
] as const;

/** Where the tables are, and how many connections this process opens to them at most. */
export interface PostgresServer {
  readonly address: Omit<Server, 'password'> & { readonly password: Secret | undefined };
  readonly schema: string;
  readonly poolSize: number;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\])$/;
const DEFAULT_PORT = 5432;

/**
 * The server that the settings name: by DATABASE_URL, or by the variables that every client of
 * PostgreSQL knows. `undefined` if they name none.
 *
 * @throws AppError `invalid` for a URL that cannot be meant; its message does not quote it.
 */
export function serverFrom(
  config: Pick<Config, (typeof serverSettings)[number]>,
): PostgresServer | undefined {
  const { databaseUrl, pgHost, pgPort, pgDatabase, pgUser, pgPassword } = config;
  const { databaseCa: ca, databaseSchema: schema, databasePool: poolSize } = config;
  if (databaseUrl) {
    const { sslmode, ...address } = parts(databaseUrl.reveal());
    return { address: { ...address, tls: tlsFor(address.host, sslmode, ca) }, schema, poolSize };
  }
  if (!pgHost || !pgDatabase || !pgUser) return undefined;
  const named = { host: pgHost, port: pgPort, database: pgDatabase, user: pgUser };
  return {
    address: { ...named, password: pgPassword, tls: tlsFor(pgHost, undefined, ca) },
    schema,
    poolSize,
  };
}

function parts(text: string) {
  const invalid = (what: string) =>
    new AppError('invalid', `DATABASE_URL ${what}; it is postgres://user:password@host:port/name.`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('is not a URL');
  }
  if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw invalid('is not of PostgreSQL');
  const database = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  if (!url.hostname || !database || !user) throw invalid('lacks a host, a database or a user');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || DEFAULT_PORT),
    database,
    user,
    password: url.password === '' ? undefined : new Secret(decodeURIComponent(url.password)),
    sslmode: url.searchParams.get('sslmode') ?? undefined,
  };
}

/**
 * The certificate and the name of the host are always verified. Only `sslmode=disable` says that
 * there is no TLS, and a database on this machine needs none.
 */
function tlsFor(host: string, sslmode: string | undefined, ca: string | undefined): Server['tls'] {
  if (sslmode === 'disable') return undefined;
  if (sslmode === undefined && ca === undefined && LOOPBACK.test(host)) return undefined;
  return { ca };
}
