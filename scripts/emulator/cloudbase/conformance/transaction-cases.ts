import { expect } from '@jest/globals';
import { type Cases, ENV, failureOf } from './case.ts';

const CONFLICT = 'DATABASE_TRANSACTION_CONFLICT';
const ENDED = 'DATABASE_TRANSACTION_FAIL';

export const transactionCases: Cases = {
  'a commit shows everything at once': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    const tx = await sdk.begin();
    await tx.update('a', { n: 2 });
    await tx.add({ _id: 'b', n: 3 });
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
    expect(await sdk.get('b')).toBeUndefined();

    await tx.commit();

    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 2 });
    expect(await sdk.get('b')).toEqual({ _id: 'b', n: 3 });
  },

  'a rollback leaves nothing': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    const tx = await sdk.begin();
    await tx.update('a', { n: 2 });
    await tx.add({ _id: 'b' });

    await tx.rollback();

    expect(await sdk.find((from) => from)).toEqual([{ _id: 'a', n: 1 }]);
  },

  'a transaction reads its own writes': async ({ sdk }) => {
    const tx = await sdk.begin();
    expect(await tx.get('a')).toBeNull();
    await tx.add({ _id: 'a', n: 1 });
    expect(await tx.update('a', { n: sdk.command.inc?.(1) })).toBe(1);
    expect(await tx.get('a')).toEqual({ _id: 'a', n: 2 });
    expect(await tx.set('a', { m: 1 })).toBe(1);
    expect(await tx.get('a')).toEqual({ _id: 'a', m: 1 });
    expect(await tx.remove('a')).toBe(1);
    expect(await tx.get('a')).toBeNull();
    expect(await tx.remove('a')).toBe(0);

    await tx.commit();

    expect(await sdk.count()).toBe(0);
  },

  'a transaction reads the state at its start': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    await sdk.add({ _id: 'gone' });
    const tx = await sdk.begin();

    await sdk.update('a', { n: 2 });
    await sdk.remove('gone');
    await sdk.add({ _id: 'fresh' });

    expect(await tx.get('a')).toEqual({ _id: 'a', n: 1 });
    expect(await tx.get('gone')).toEqual({ _id: 'gone' });
    expect(await tx.get('fresh')).toBeNull();
    await tx.commit();
  },

  'values survive in a transaction too': async ({ sdk }) => {
    const document = { _id: 'a', at: new Date(5), big: 5e9, list: [1.5, null, { x: '中' }] };
    const tx = await sdk.begin();
    await tx.add(document);
    await tx.commit();

    const next = await sdk.begin();
    expect(await next.get('a')).toEqual(document);
    await next.rollback();
  },

  'a finished transaction takes no more': async ({ sdk }) => {
    const tx = await sdk.begin();
    await tx.commit();

    const failure = await failureOf(tx.add({ _id: 'a' }));

    expect(failure.code).toBe(ENDED);
    expect(failure.message).toContain('[ResourceUnavailable.TransactionNotExist]');
    expect((await failureOf(tx.commit())).code).toBe(ENDED);
    expect(await sdk.count()).toBe(0);
  },

  'a transaction lives 30 seconds': async ({ sdk, emulator }) => {
    const tx = await sdk.begin();
    await tx.add({ _id: 'a' });
    emulator.control.clock.advance(29_000);
    await tx.add({ _id: 'b' });
    emulator.control.clock.advance(1_000);

    expect((await failureOf(tx.commit())).code).toBe(ENDED);
    expect(await sdk.count()).toBe(0);
  },

  'reading from outside never waits': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    const tx = await sdk.begin();
    await tx.update('a', { n: 2 });

    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
    expect(await sdk.count({ n: 1 })).toBe(1);
    await tx.rollback();
  },

  'transactions in a missing collection fail': async ({ sdk, emulator }) => {
    emulator.control.dropCollection(ENV, 'c');
    const tx = await sdk.begin();

    expect((await failureOf(tx.add({ _id: 'a' }))).code).toBe('DATABASE_COLLECTION_NOT_EXIST');
  },

  'runTransaction gives back what its work returned': async ({ sdk }) => {
    const result = await sdk.runTransaction(async (tx) => {
      await tx.add({ _id: 'a' });
      return { done: true };
    });

    expect(result).toEqual({ done: true });
    expect(await sdk.get('a')).toEqual({ _id: 'a' });
  },

  'runTransaction leaves nothing when its work throws': async ({ sdk }) => {
    const failure = await failureOf(
      sdk.runTransaction(async (tx) => {
        await tx.add({ _id: 'a' });
        throw new Error('changed my mind');
      }),
    );

    expect(failure.message).toBe('changed my mind');
    expect(await sdk.count()).toBe(0);
  },

  'runTransaction tries again after a conflict': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 0 });
    let tries = 0;

    await sdk.runTransaction(async (tx) => {
      tries += 1;
      const { n } = (await tx.get('a')) as { n: number };
      if (tries === 1) await sdk.update('a', { n: 5 });
      await tx.update('a', { n: n + 1 });
    });

    expect(tries).toBe(2);
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 6 });
  },

  'read-modify-write from many at once loses nothing': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const increment = async (): Promise<void> => {
      try {
        await sdk.runTransaction(async (tx) => {
          const { n } = (await tx.get('a')) as { n: number };
          await tx.update('a', { n: n + 1 });
        });
      } catch (error) {
        // The SDK gives up after four tries; this test does not.
        if ((error as { code?: unknown }).code !== CONFLICT) throw error;
        await increment();
      }
    };

    await Promise.all(Array.from({ length: 12 }, increment));

    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 12 });
  },
};
