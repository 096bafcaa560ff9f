import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';
import { watchServer } from '../../postgres/watcher.ts';

/** Where distributions put it; PGBOUNCER names another. */
const PLACES = [process.env.PGBOUNCER, '/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer'];

/** pgbouncer in transaction mode: each transaction gets whichever connection is free. */
export interface Pooler {
  readonly port: number;
  close(): Promise<void>;
}

/** @throws Error where REQUIRE_PGBOUNCER says that there is one, as CI does after it has installed it. */
export function findPooler(): string | undefined {
  const found = PLACES.find((file) => file !== undefined && existsSync(file));
  if (found) return found;
  const advice = 'Without pgbouncer the tests behind it are SKIPPED: apt-get install pgbouncer.\n';
  if (process.env.REQUIRE_PGBOUNCER) throw new Error(advice);
  process.stderr.write(advice);
  return undefined;
}

/** In front of the server of a URL, with few connections so that clients share them. */
export async function startPooler(program: string, url: string): Promise<Pooler> {
  const { hostname, port: serverPort, username, password } = new URL(url);
  const folder = mkdtempSync(path.join(tmpdir(), 'pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const config = `[databases]
* = host=${hostname} port=${serverPort} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
`;
  const file = path.join(folder, 'pgbouncer.ini');
  writeFileSync(file, config);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(program, ['-q', ...user, file], { stdio: 'ignore' });
  watchServer({ server: child, remove: folder });
  await listening(child, port);
  return {
    port,
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
    });
    if (isUp) return;
    await sleep(25);
  }
  throw new Error('pgbouncer did not start.');
}
