import pg from 'pg';
import type { PostgresServer } from '../../shared/store/postgres/server.ts';

/** One connection of a tool, by the rules of the functions: the certificate is always verified. */
export function clientFor(
  { password, tls, ...rest }: PostgresServer['address'],
  application: string,
): pg.Client {
  return new pg.Client({
    ...rest,
    password: password?.reveal(),
    ssl: tls
      ? { rejectUnauthorized: true, ...(tls.ca === undefined ? {} : { ca: tls.ca }) }
      : false,
    application_name: application,
    connectionTimeoutMillis: 10_000,
  });
}
