import { TLSSocket } from 'node:tls';
import type pg from 'pg';
import {
  type PostgresServer,
  serverFrom,
  serverSettings,
} from '../../../shared/store/postgres/server.ts';
import { findFunctions } from '../../build/functions.ts';
import { driverFrom } from '../../build/sdk-bundle.ts';
import { clientFor } from '../../postgres/client.ts';
import { ownRoot } from '../../project/root.ts';
import { type Check, type Finding, failure, ok, warning } from '../check.ts';
import type { Deployment } from '../deployment.ts';

/** Our tables need `NULLS NOT DISTINCT`. */
const OLDEST = 15;
/** For the server's own, and for tools. */
const OTHERS = 10;
const LOOPBACK = /^(?:localhost|127\.|::1$)/;

/** What a failed connection comes from, by its code or by its words, and what to do about it. */
const troubles: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'Check the host in DATABASE_URL or PGHOST.'],
  [
    /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|timeout/,
    'Check host and port, and whether this machine is let through; a database in a private network can only be looked at from there.',
  ],
  [
    /does not support SSL/,
    'Switch TLS on in the server; within a private network that needs none, say ?sslmode=disable in DATABASE_URL.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO|CERT_|ALTNAME|certificate/,
    'Put the authority of its certificate into DATABASE_CA, and call the server by the name that is in the certificate.',
  ],
  [/28P01|28000|3D000|42501/, 'Check user, password and database.'],
  [
    /53300/,
    'No connection is left: raise max_connections, lower DATABASE_POOL, or put a pooler in between.',
  ],
];

export const postgresChecks: readonly Check[] = [
  {
    name: 'database server',
    isFor,
    run: (deployment) =>
      lookAt(deployment, async (client) => {
        const version = await setting(client, 'server_version');
        if (Number.parseInt(version, 10) >= OLDEST) return ok(`PostgreSQL ${version} answers.`);
        return failure(
          `PostgreSQL ${version} is too old for our tables.`,
          `Use version ${OLDEST} or later.`,
        );
      }),
  },
  {
    name: 'database TLS',
    isFor,
    run: (deployment) =>
      lookAt(deployment, async (client, { address: { host, tls } }) => {
        const { stream } = (client as unknown as Connected).connection;
        if (stream instanceof TLSSocket) {
          const by = tls?.ca === undefined ? 'a public authority' : 'DATABASE_CA';
          return ok(`${stream.getProtocol()}; the certificate was verified by ${by}.`);
        }
        if (LOOPBACK.test(host)) return ok('The database is on this machine and needs no TLS.');
        return warning(
          'The connection is not encrypted: what followers write crosses the network in clear.',
          'Leave out ?sslmode=disable, unless the network between functions and database is private.',
        );
      }),
  },
  {
    name: 'database connections',
    isFor,
    run: (deployment) =>
      lookAt(deployment, async (client, { poolSize }) => {
        const max = Number(await setting(client, 'max_connections'));
        const { rows } = await client.query(
          "SELECT count(*)::int AS used FROM pg_stat_activity WHERE backend_type = 'client backend'",
        );
        const { used } = rows[0] as { readonly used: number };
        const instances = Math.max(0, Math.floor((max - OTHERS) / poolSize));
        const why = `max_connections is ${max}: enough for ${instances} instances with DATABASE_POOL=${poolSize}; ${used} are in use.`;
        const todo =
          'Raise max_connections, lower DATABASE_POOL to 2, or put a pooler in between: docs/postgresql.md.';
        // Each function has an instance of its own at the least.
        const needed = findFunctions(ownRoot).length;
        return instances < needed || used > max * 0.8 ? warning(why, todo) : ok(why);
      }),
  },
];

/** What the types of the client leave out. */
interface Connected {
  readonly connection: { readonly stream: unknown };
}

function isFor({ env }: Deployment): boolean {
  return driverFrom(env) === 'postgres';
}

async function lookAt(
  deployment: Deployment,
  look: (client: pg.Client, server: PostgresServer) => Promise<Finding>,
): Promise<Finding> {
  const server = serverFrom(deployment.config(...serverSettings));
  if (!server) {
    return warning(
      'No server is named here, so it cannot be looked at.',
      'Set DATABASE_URL, or PGHOST with PGDATABASE and PGUSER, as the functions have it.',
    );
  }
  const client = clientFor(server.address, 'fuwuhao doctor');
  client.on('error', () => {
    // The question that is under way says so.
  });
  try {
    await client.connect();
    return await look(client, server);
  } catch (error) {
    const { code = '', message } = error as { readonly code?: string; readonly message: string };
    const told = `${code} ${message}`.trim();
    const todo = troubles.find(([pattern]) => pattern.test(told))?.[1];
    return failure(
      `PostgreSQL cannot be asked: ${told}.`,
      todo ?? 'See https://www.postgresql.org/docs/17/errcodes-appendix.html.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function setting(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query('SELECT current_setting($1) AS value', [name]);
  return (rows[0] as { readonly value: string }).value;
}
