import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalServer } from '../../postgres/local-server.ts';
import { becomeOwner } from '../../postgres/watcher.ts';

/** Set at the start of a run of the tests; the server is started when a test first asks for it. */
const SERVER_DIR = 'POSTGRES_TEST_DIR';
/** Where the process listens with which the server has to end. */
const OWNER_PORT = 'POSTGRES_TEST_OWNER';

const WAIT_MS = 120_000;

interface Started {
  readonly url?: string;
  readonly pid?: number;
  /** Why there is none. */
  readonly problem?: string;
}

/**
 * For the process that runs the tests, before the first of them: the server that a test asks for ends
 * with this process, also when the run is cut off.
 */
export async function ownTestServer(): Promise<void> {
  process.env[SERVER_DIR] = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  process.env[OWNER_PORT] = String(await becomeOwner());
}

/**
 * The address of the one real server of this run of the tests, or `undefined` where none can be had:
 * then the tests that need it are skipped, and say so. In CI that is an error.
 */
export async function testServer(): Promise<string | undefined> {
  const folder = process.env[SERVER_DIR];
  if (!folder) throw new Error(`${SERVER_DIR} is not set; the tests are started by \`npm test\`.`);
  const { url, problem } = await startedIn(folder);
  if (url !== undefined) return url;
  if (process.env.CI) throw new Error(problem);
  process.stderr.write(`SKIPPED, all that needs a real PostgreSQL: ${problem}\n`);
  return undefined;
}

/** The first that comes starts it, all others wait for what becomes of that. */
async function startedIn(folder: string): Promise<Started> {
  const file = path.join(folder, 'started.json');
  if (isFirst(folder)) {
    const draft = `${file}.draft`;
    writeFileSync(draft, JSON.stringify(await start(folder)));
    renameSync(draft, file);
  }
  for (const until = Date.now() + WAIT_MS; !existsSync(file); await sleep(50)) {
    if (Date.now() > until) throw new Error('PostgreSQL for the tests did not start in time.');
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Started;
}

async function start(folder: string): Promise<Started> {
  try {
    const ownerPort = Number(process.env[OWNER_PORT]);
    const server = await startLocalServer({ folder, ownerPort, isTemporary: true });
    return { url: server.url(), pid: server.pid };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function isFirst(folder: string): boolean {
  try {
    closeSync(openSync(path.join(folder, 'first'), 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** After the last test. */
export async function stopTestServer(): Promise<void> {
  const folder = process.env[SERVER_DIR];
  if (!folder) return;
  const file = path.join(folder, 'started.json');
  const { pid } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Started) : {};
  if (pid !== undefined) {
    process.kill(pid, 'SIGINT');
    while (isAlive(pid)) await sleep(20);
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
