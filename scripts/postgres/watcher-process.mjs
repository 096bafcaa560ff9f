/**
 * Ends a server as soon as the process that owns it has ended. The system closes the pipe or
 * the socket between the two whatever the owner died of, SIGKILL included. Plain JavaScript without
 * dependencies, so that it is there at once and needs little.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that clients or a full disk keep from ending in good order is told to end at once. */
const PATIENCE_MS = 5_000;

const { pid, pidFile, ownerPort, remove } = JSON.parse(process.argv[2]);

const owner = ownerPort === undefined ? process.stdin : connect(ownerPort, '127.0.0.1');
await new Promise((resolve) => {
  owner.on('close', resolve).on('end', resolve).on('error', resolve).resume();
});

if (await isOurs()) {
  // A server that is stopped hears of nothing else.
  signal('SIGCONT');
  signal('SIGINT');
  if (!(await ended(PATIENCE_MS))) {
    signal('SIGQUIT');
    await ended(3 * PATIENCE_MS);
  }
}
if (remove !== undefined) rmSync(remove, { recursive: true, force: true });
process.exit(0);

/** Another process may have got the number of a server that ended long ago. */
async function isOurs() {
  if (pidFile === undefined) return isAlive();
  for (const until = Date.now() + PATIENCE_MS; isAlive() && Date.now() < until; await sleep(20)) {
    // A server that has just been started has not written it yet.
    if (existsSync(pidFile)) return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) === pid;
  }
  return false;
}

async function ended(withinMs) {
  for (const until = Date.now() + withinMs; isAlive(); await sleep(20)) {
    if (Date.now() > until) return false;
  }
  return true;
}

function isAlive() {
  return signal(0);
}

function signal(name) {
  try {
    return process.kill(pid, name);
  } catch {
    // It has ended, or this system does not know the signal.
    return false;
  }
}
