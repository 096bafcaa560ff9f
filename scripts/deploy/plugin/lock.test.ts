import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '../../testing/tools/test-cloud.ts';
import { acquireLock, breakLock } from './lock.ts';

let world: TestCloud;
beforeEach(async () => {
  world = await openTestCloud();
});
afterEach(() => world.close());

const acquire = (id: string) =>
  acquireLock({
    cloud: world.cloud,
    prefix: 'fuwuhao-dev',
    id,
    now: Date.UTC(2026, 10, 28, 13, 15),
    tags: { Application: 'fuwuhao', Stage: 'dev' },
    runtime: 'Nodejs20.19',
  });

/** As another machine, or a process that is no more, would have left it. */
async function heldBy(holder: string): Promise<void> {
  const release = await acquire('other');
  void release;
  const id = { FunctionName: 'fuwuhao-dev-deploying', Namespace: 'default' };
  await new Promise((resolve) => setTimeout(resolve, 5));
  await world.cloud.scf('UpdateFunctionConfiguration', { ...id, Description: holder });
}

describe('the lock of a deploy', () => {
  test('goes to one of two at the same moment, and the other is told who has it', async () => {
    const [first, second] = await Promise.allSettled([acquire('a'), acquire('b')]);
    const both = [first, second];
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(String(lost.reason)).toMatch(
      new RegExp(
        `fuwuhao-dev is being deployed by \\S+@${hostname()} \\(process ${process.pid}\\) since 2026-11-28T13:15:00Z, release [ab]\\. Nothing was changed\\..*--break-lock`,
      ),
    );
  });

  test('is free again after its holder, and is nobody else’s to give back', async () => {
    const release = await acquire('a');
    await breakLock(world.cloud, 'fuwuhao-dev');
    const next = await acquire('b');

    await release();
    await expect(acquire('c')).rejects.toThrow('release b');
    await next();
    await (await acquire('d'))();
    expect(world.tencent.functions()).toEqual([]);
  });

  test('a holder on this machine that has died holds nothing', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await heldBy(`li@${hostname()} (process ${pid}) since 2026-11-28T12:00:00Z, release x`);

    await expect(acquire('a')).resolves.toBeInstanceOf(Function);
  });

  test('of a holder on another machine nothing is known, so its lock is broken by hand', async () => {
    await heldBy('li@laptop (process 1) since 2026-11-28T12:00:00Z, release x');

    await expect(acquire('a')).rejects.toThrow('li@laptop');
    expect(await breakLock(world.cloud, 'fuwuhao-dev')).toContain('li@laptop');
    await expect(acquire('a')).resolves.toBeInstanceOf(Function);
    await breakLock(world.cloud, 'fuwuhao-dev');
    expect(await breakLock(world.cloud, 'fuwuhao-dev')).toBeUndefined();
  });
});
