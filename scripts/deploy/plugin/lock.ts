import { hostname, userInfo } from 'node:os';
import { zipSync } from 'fflate';
import { CloudApiError } from '../../cloud/api.ts';
import type { Cloud } from './cloud.ts';
import { find, idOf, removeFunction } from './deployed.ts';
import { patiently } from './patience.ts';

/** The name of the function that is there while a deploy is going on. */
export const LOCK = 'deploying';

export interface LockOptions {
  readonly cloud: Cloud;
  /** `<service>-<stage>` */
  readonly prefix: string;
  /** What is deployed, for those who have to wait: the release. */
  readonly id: string;
  readonly now: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly runtime: string;
}

/**
 * Keeps two deploys of one stage apart. Creating a function is what the cloud does once and for one
 * caller only, and keys that may deploy may do it; so the lock is a function, which nothing calls and
 * whose description says who holds it.
 *
 * @returns what releases it.
 * @throws Error that names the holder and says how to break the lock.
 */
export async function acquireLock(options: LockOptions): Promise<() => Promise<void>> {
  const { cloud, prefix, tags, runtime } = options;
  const name = `${prefix}-${LOCK}`;
  const description = describe(options);
  const request = {
    ...idOf(name),
    Description: description,
    Type: 'Event',
    Runtime: runtime,
    Handler: 'index.main',
    Code: { ZipFile: emptyCode() },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await patiently(() => cloud.scf('CreateFunction', request));
      break;
    } catch (error) {
      if (!isTaken(error)) throw error;
      const found = (await find(cloud, name))?.Description;
      // An answer that got lost, and a call that was made again.
      if (found === description) break;
      if (attempt > 1 || (found !== undefined && !isDead(found))) throw held(prefix, found ?? '');
      await removeFunction(cloud, name);
    }
  }
  return async () => {
    // Somebody may have broken it, and taken it.
    if ((await find(cloud, name))?.Description === description) await removeFunction(cloud, name);
  };
}

/** Takes the lock away, whoever holds it. @returns who held it. */
export async function breakLock(cloud: Cloud, prefix: string): Promise<string | undefined> {
  const name = `${prefix}-${LOCK}`;
  const found = await find(cloud, name);
  if (!found) return undefined;
  await removeFunction(cloud, name);
  return found.Description ?? '';
}

/** Does some work under the lock, after another's was taken away if that is asked for. */
export async function underLock(
  lock: LockOptions,
  { breaksOther, progress }: { breaksOther: boolean; progress: (line: string) => void },
  work: () => Promise<void>,
): Promise<void> {
  if (breaksOther) {
    const holder = await breakLock(lock.cloud, lock.prefix);
    if (holder !== undefined) progress(`The lock of ${holder} is broken.`);
  }
  const release = await acquireLock(lock);
  try {
    await work();
  } finally {
    await release();
  }
}

function describe({ id, now }: LockOptions): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `${userInfo().username}@${hostname()} (process ${process.pid}) since ${time}Z, release ${id}`;
}

/** A holder on this machine whose process has ended; of other machines nothing is known. */
function isDead(description: string): boolean {
  const [, host, pid] = /^\S+@(\S+) \(process (\d+)\)/.exec(description) ?? [];
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof CloudApiError && /^ResourceInUse\.Function(Name)?$/.test(error.code);
}

function held(prefix: string, holder: string): Error {
  return new Error(
    `${prefix} is being deployed by ${holder}. Nothing was changed. Wait for it; if that deploy is dead, take its lock away: npm run deploy -- --break-lock, with the same --stage.`,
  );
}

/** A package that would run, if anything called it. */
function emptyCode(): string {
  const code = 'exports.main = async () => "This is the lock of a deploy.";\n';
  const zip = zipSync({ 'index.js': new TextEncoder().encode(code) });
  return Buffer.from(zip).toString('base64');
}
