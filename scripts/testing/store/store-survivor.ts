/**
 * A process that runs every operation of the store on collections whose every request fails, and must
 * come out alive: `node --import tsx store-survivor.ts <node-sdk|tcb-admin> <service URL> <env id>
 * <secret id> <secret key>`. It prints what each operation said.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createCloudbaseStore } from '../../../shared/store/cloudbase.ts';
import type { Store } from '../../../shared/store/store.ts';
import { order, orders } from './contract/fixtures.ts';

const [name = '', serviceUrl = ''] = process.argv.slice(2);
const [envId = '', secretId = '', secretKey = ''] = process.argv.slice(4);

function open(hasCredentials: boolean, requestTimeoutMs: number): Store {
  return createCloudbaseStore({
    envId,
    serviceUrl,
    clock: systemClock,
    driver: () => import(`../../../shared/store/sdk/${name}.ts`),
    credentials: () =>
      hasCredentials ? { secretId, secretKey: new Secret(secretKey) } : undefined,
    requestTimeoutMs,
    budgetMs: 1,
  });
}

async function outcomes(store: Store, name: string): Promise<string[]> {
  const collection = { ...orders, name };
  const doc = order();
  const operations: (() => Promise<unknown>)[] = [
    () => store.get(collection, 'a'),
    () => store.create(collection, doc),
    () => store.replaceIf(collection, doc, 1),
    () => store.patchIf(collection, 'a', { total: 1 }, 1),
    () => store.increment(collection, doc, { total: 1 }),
    () => store.remove(collection, 'a'),
    () => store.query(collection, { filter: 'all', limit: 1 }),
    () => store.count(collection, 'all'),
    () => store.transaction((tx) => tx.create(collection, doc)),
  ];
  const said: string[] = [];
  for (const operation of operations) {
    const result = await operation().then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.details.reason : 'a bug'),
    );
    said.push(String(result));
  }
  return said;
}

const results = {
  withoutCredentials: await outcomes(open(false, 1000), 'orders'),
  reset: await outcomes(open(true, 1000), 'resetting'),
  broken: await outcomes(open(true, 1000), 'broken'),
  slow: await outcomes(open(true, 30), 'slow'),
};
// Late answers arrive when the store no longer waits for them.
await sleep(400);
console.log(JSON.stringify(results));
