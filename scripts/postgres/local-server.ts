import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../free-port.ts';
import { findBinaries } from './binaries.ts';
import { childrenOf, exited, kill } from './processes.ts';
import { watchServer } from './watcher.ts';

export interface LocalServerOptions {
  /**
   * Everything of the server is in here, and a server that has run there before goes on. For root, who
   * may not run one, a folder that no other user can get to is replaced by one of /var/tmp.
   */
  readonly folder: string;
  /** 0 or nothing: any that is free. */
  readonly port?: number;
  /** Whether a commit is on the disk when it is answered; without it the server is faster. */
  readonly isDurable?: boolean;
  readonly maxConnections?: number;
  /** A port from `becomeOwner`: the server ends with the process there, and not with this one. */
  readonly ownerPort?: number;
  /** The folder goes, too, if the owner ends without having stopped the server. */
  readonly isTemporary?: boolean;
}

/** A real PostgreSQL server on this machine. */
export interface LocalServer {
  readonly version: string;
  readonly port: number;
  readonly pid: number;
  /** The address of one of its databases, with the password. */
  url(database?: string): string;
  /** Makes a database, unless it is there. */
  createDatabase(name: string): Promise<void>;
  /** As when the machine loses its power. */
  crash(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Freezes all its processes, as a failover looks from outside; the function given back ends that. */
  pause(): () => void;
  stop(): Promise<void>;
}

const USER = 'fuwuhao';
const START_MS = 60_000;

/** @throws Error if there is no server to be had, or it does not start; the log then says why. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { isDurable = false, maxConnections = 200, ownerPort, isTemporary = false } = options;
  const owner = unprivilegedUser();
  const folder = owner ? reachable(options.folder) : options.folder;
  mkdirSync(folder, { recursive: true });
  // The data are in a folder of their own, which only the server may read.
  if (owner) chmodSync(folder, 0o755);
  const binaries = findBinaries(folder);
  const passwordFile = path.join(folder, 'password');
  const data = path.join(folder, `data-${binaries.version}`);
  const logFile = path.join(folder, 'postgres.log');
  if (!existsSync(path.join(data, 'PG_VERSION'))) initialise();
  const password = readFileSync(passwordFile, 'utf8');
  const port = options.port || (await freePort());
  const url = (database = 'postgres') =>
    `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  let server = await start();

  return {
    version: binaries.version,
    port,
    get pid() {
      return server.pid ?? 0;
    },
    url,
    createDatabase: (name) =>
      asAdmin(async (client) => {
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
          name,
        ]);
        if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
      }),
    async crash() {
      const gone = exited(server);
      for (const pid of [...childrenOf(server.pid ?? 0), server.pid ?? 0]) kill(pid, 'SIGKILL');
      await gone;
    },
    async restart() {
      server = await start();
    },
    pause() {
      const pids = [server.pid ?? 0, ...childrenOf(server.pid ?? 0)];
      for (const pid of pids) kill(pid, 'SIGSTOP');
      return () => {
        for (const pid of pids) kill(pid, 'SIGCONT');
      };
    },
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = exited(server);
      // Does not wait for clients to leave.
      server.kill('SIGINT');
      await gone;
    },
  };

  function initialise(): void {
    const secret = randomBytes(18).toString('base64url');
    writeFileSync(passwordFile, secret, { mode: 0o600 });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    if (owner) for (const file of [data, passwordFile]) chownSync(file, owner.uid, owner.gid);
    const args = ['-D', data, '-U', USER, '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(binaries.initdb, [...args, '--auth=scram-sha-256', `--pwfile=${passwordFile}`], {
      ...owner,
      env: environment(),
      stdio: 'pipe',
    });
  }

  async function start(): Promise<ChildProcess> {
    const until = Date.now() + START_MS;
    for (;;) {
      const child = launch();
      const error = await ready(child, until);
      if (error === undefined) return child;
      // The processes of a server that was killed take a moment to notice; until then it is refused.
      if (child.exitCode === null || Date.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`PostgreSQL did not start: ${error}. See ${logFile}.`);
      }
      await sleep(100);
    }
  }

  function launch(): ChildProcess {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: String(maxConnections),
      fsync: isDurable ? 'on' : 'off',
      synchronous_commit: isDurable ? 'on' : 'off',
      full_page_writes: isDurable ? 'on' : 'off',
      shared_buffers: '128MB',
      max_wal_size: '2GB',
      // A statement is what somebody wrote; the log is none of its business.
      log_min_error_statement: 'panic',
      log_parameter_max_length_on_error: '0',
      log_error_verbosity: 'terse',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    appendFileSync(logFile, '');
    const log = openSync(logFile, 'a');
    const child = spawn(binaries.postgres, ['-D', data, ...args], {
      ...owner,
      env: environment(),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    if (ownerPort !== undefined) child.unref();
    watchServer({
      server: child,
      ownerPort,
      pidFile: path.join(data, 'postmaster.pid'),
      remove: isTemporary ? folder : undefined,
    });
    return child;
  }

  async function ready(child: ChildProcess, until: number): Promise<string | undefined> {
    let last = 'it ended at once';
    while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
      try {
        await asAdmin((client) => client.query('SELECT 1'));
        return undefined;
      } catch (error) {
        last = (error as Error).message;
        await sleep(25);
      }
    }
    return last;
  }

  async function asAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: url(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => {
      // The server went while nothing was asked; the next question says so.
    });
    try {
      await client.connect();
      await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** The server refuses to run as root; `nobody` is there on every system that has one. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('nobody:'));
  const [, , uid = '65534', gid = '65534'] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** A folder that another user can get to: not everything below `/root` is. */
function reachable(folder: string): string {
  for (
    let above = path.dirname(folder);
    above !== path.dirname(above);
    above = path.dirname(above)
  ) {
    if (existsSync(above) && (statSync(above).mode & 0o001) === 0) {
      const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
      return path.join('/var/tmp', `fuwuhao-postgres-${name}`);
    }
  }
  return folder;
}

/** Without the variables of whoever starts it, and in one language. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, ...(SystemRoot ? { SystemRoot } : {}), LC_ALL: 'C', TZ: 'UTC' };
}
