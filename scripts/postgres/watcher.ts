import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';

export interface Watched {
  readonly server: ChildProcess;
  /** Where the owner listens; without it this process is the owner. */
  readonly ownerPort?: number | undefined;
  /** Where the server writes its number; needed if it may end long before its owner. */
  readonly pidFile?: string;
  /** A folder that nothing needs any more when the owner has ended. */
  readonly remove?: string | undefined;
}

const script = path.join(import.meta.dirname, 'watcher-process.mjs');

/** Sees to it that a server does not outlive its owner, not even where the owner is killed. */
export function watchServer({ server, ...what }: Watched): void {
  const isOwner = what.ownerPort === undefined;
  const args = [script, JSON.stringify({ pid: server.pid, ...what })];
  const watcher = spawn(process.execPath, args, {
    // Its own group: what a terminal sends to the owner must not end it first.
    detached: true,
    stdio: [isOwner ? 'pipe' : 'ignore', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as { unref?: () => void } | null)?.unref?.();
  if (isOwner) server.once('exit', () => watcher.kill());
}

/** Makes this process the owner of servers that other processes start; gives the port that they name. */
export async function becomeOwner(): Promise<number> {
  const listener = createServer((socket) => {
    // Neither a watcher nor its end is a reason for the owner to stay or to fail.
    socket.unref();
    socket.on('error', () => socket.destroy());
  });
  listener.unref();
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (listener.address() as { readonly port: number }).port;
}
