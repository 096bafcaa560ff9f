import { expect } from '@jest/globals';
import { type Cases, failureOf } from './case.ts';

export const faultCases: Cases = {
  'conflicts on demand: twice, then it works': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'conflict', times: 2 });
    let tries = 0;

    await sdk.runTransaction(async (tx) => {
      tries += 1;
      await tx.add({ _id: 'a', tries });
    });

    expect(tries).toBe(3);
    expect(await sdk.get('a')).toEqual({ _id: 'a', tries: 3 });
  },

  'the SDK gives up after four conflicts': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'conflict' });
    let tries = 0;

    const failure = await failureOf(
      sdk.runTransaction(async (tx) => {
        tries += 1;
        await tx.add({ _id: 'a' });
      }),
    );

    expect(failure.code).toBe('DATABASE_TRANSACTION_CONFLICT');
    expect(tries).toBe(4);
  },

  'a conflict can come at the commit': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'conflict', action: 'database.commitTransaction' });
    const tx = await sdk.begin();
    await tx.add({ _id: 'a' });

    expect((await failureOf(tx.commit())).code).toBe('DATABASE_TRANSACTION_CONFLICT');
    expect(await sdk.count()).toBe(0);
  },

  'an error on demand has no effect': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'error', code: 'EXCEED_REQUEST_LIMIT', times: 1 });

    expect((await failureOf(sdk.add({ _id: 'a' }))).code).toBe('EXCEED_REQUEST_LIMIT');
    expect(await sdk.get('a')).toBeUndefined();
    await sdk.add({ _id: 'a' });
  },

  'a gateway page is no answer': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'http', status: 502, times: 1 });

    const { code } = await failureOf(sdk.add({ _id: 'a' }));

    expect(code).toBe(sdk.name === 'node-sdk' ? undefined : 502);
    expect(await sdk.get('a')).toBeUndefined();
  },

  'a reset before: the write has not happened': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'reset', when: 'before', times: 1 });

    expect((await failureOf(sdk.add({ _id: 'a' }))).code).toBe('ECONNRESET');
    expect(await sdk.get('a')).toBeUndefined();
  },

  'a reset after: the write has happened': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'reset', when: 'after', times: 1 });

    expect((await failureOf(sdk.add({ _id: 'a' }))).code).toBe('ECONNRESET');
    expect(await sdk.get('a')).toEqual({ _id: 'a' });
  },

  'a failure can be lost as well as a success': async ({ sdk, emulator }) => {
    await sdk.add({ _id: 'a' });
    emulator.control.faults.add({ kind: 'reset', when: 'after', times: 1 });

    expect((await failureOf(sdk.add({ _id: 'a' }))).code).toBe('ECONNRESET');
  },

  'a commit whose answer is lost has happened': async ({ sdk, emulator }) => {
    const action = 'database.commitTransaction';
    emulator.control.faults.add({ kind: 'reset', when: 'after', action, times: 1 });

    const failure = await failureOf(sdk.runTransaction((tx) => tx.add({ _id: 'a' })));

    expect(failure.code).toBe('ECONNRESET');
    expect(await sdk.get('a')).toEqual({ _id: 'a' });
  },

  'a slow answer is an answer': async ({ sdk, emulator }) => {
    emulator.control.faults.add({ kind: 'delay', ms: 50, when: 'before', times: 1 });
    const before = performance.now();

    await sdk.add({ _id: 'a' });

    expect(performance.now() - before).toBeGreaterThanOrEqual(45);
  },

  'an answer that is too slow comes from a write that happened': async ({ as, sdk, emulator }) => {
    const action = sdk.name === 'node-sdk' ? 'database.insertDocument' : 'database.addDocument';
    emulator.control.faults.add({ kind: 'delay', ms: 6_000, when: 'after', action, times: 1 });

    const { code } = await failureOf(as({ timeoutMs: 300 }).add({ _id: 'a' }));

    expect(code).toBe('ESOCKETTIMEDOUT');
    expect(await sdk.get('a')).toEqual({ _id: 'a' });
  },

  'faults befall only what they match': async ({ sdk, emulator }) => {
    await sdk.createCollection('other');
    const action = sdk.name === 'node-sdk' ? 'database.getDocument' : 'database.queryDocument';
    emulator.control.faults.add({ kind: 'error', code: 'SYS_ERR', action, collection: 'c' });

    await sdk.add({ _id: 'a' });
    await sdk.add({ _id: 'a' }, 'other');

    expect(await sdk.get('a', 'other')).toEqual({ _id: 'a' });
    expect((await failureOf(sdk.get('a'))).code).toBe('SYS_ERR');
    expect(emulator.control.faults.list()[0]?.hits).toBe(1);
  },

  'chance repeats itself for the same seed': async ({ sdk, emulator }) => {
    const run = async () => {
      emulator.control.faults.clear();
      emulator.control.faults.add({ kind: 'error', code: 'SYS_ERR', rate: 0.4, seed: 7 });
      const outcomes: boolean[] = [];
      for (let n = 0; n < 30; n += 1) {
        outcomes.push(
          await sdk.count().then(
            () => true,
            () => false,
          ),
        );
      }
      return outcomes;
    };

    const [first, second] = [await run(), await run()];

    expect(second).toEqual(first);
    expect(first.filter((ok) => !ok).length).toBeGreaterThan(4);
    expect(first.filter((ok) => ok).length).toBeGreaterThan(4);
  },
};
