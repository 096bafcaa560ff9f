import { expect } from '@jest/globals';
import { type Cases, ENV, failureOf } from './case.ts';

const CONFLICT = 'DATABASE_TRANSACTION_CONFLICT';
const ENDED = 'DATABASE_TRANSACTION_FAIL';

/** What happens when two want to write the same. */
export const conflictCases: Cases = {
  'the second writer of a document is in conflict, at its write': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const [first, second] = [await sdk.begin(), await sdk.begin()];
    await first.update('a', { n: 1 });

    const failure = await failureOf(second.update('a', { n: 2 }));

    expect(failure.code).toBe(CONFLICT);
    expect(failure.message).toContain('[ResourceUnavailable.TransactionConflict]');
    await first.commit();
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
  },

  'writing what has changed since the start is a conflict': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const tx = await sdk.begin();
    await sdk.update('a', { n: 1 });

    expect((await failureOf(tx.update('a', { n: 2 }))).code).toBe(CONFLICT);
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
  },

  'two that insert the same id are in conflict': async ({ sdk }) => {
    const [first, second] = [await sdk.begin(), await sdk.begin()];
    await first.add({ _id: 'a', by: 1 });

    expect((await failureOf(second.add({ _id: 'a', by: 2 }))).code).toBe(CONFLICT);
    await first.commit();
    expect(await sdk.get('a')).toEqual({ _id: 'a', by: 1 });
  },

  'a conflict ends the transaction on the server': async ({ sdk, emulator }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const tx = await sdk.begin();
    await tx.add({ _id: 'b' });
    await sdk.update('a', { n: 1 });
    await failureOf(tx.update('a', { n: 2 }));

    expect((await failureOf(tx.get('a'))).code).toBe(ENDED);
    expect((await failureOf(tx.rollback())).code).toBe(ENDED);
    expect((await failureOf(tx.commit())).code).toBe(ENDED);
    expect(await sdk.get('b')).toBeUndefined();
    expect(emulator.control.stats.snapshot().conflicts).toBe(1);
  },

  'an expired transaction holds nothing': async ({ sdk, emulator }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const dead = await sdk.begin();
    await dead.update('a', { n: 1 });
    emulator.control.clock.advance(30_000);

    const tx = await sdk.begin();
    await tx.update('a', { n: 2 });
    await tx.commit();

    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 2 });
  },

  'a write from outside waits for the lock, then goes ahead': async ({ sdk }) => {
    await sdk.add({ _id: 'a', n: 1 });
    const tx = await sdk.begin();
    await tx.update('a', { n: 10 });
    const seen: string[] = [];
    const outside = sdk
      .update('a', { n: sdk.command.inc?.(1) })
      .then((updated) => seen.push(`outside ${updated}`));
    // Another write, asked for later, gets through: the first one really is waiting.
    await sdk.add({ _id: 'b' });

    seen.push('commit');
    await tx.commit();
    await outside;

    expect(seen).toEqual(['commit', 'outside 1']);
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 11 });
  },

  'a write that waited looks again at what it waited for': async ({ sdk }) => {
    await sdk.add({ _id: 'a', state: 'open' });
    const tx = await sdk.begin();
    await tx.update('a', { state: 'taken' });
    const outside = sdk.updateWhere({ _id: 'a', state: 'open' }, { by: 'outside' });
    await sdk.add({ _id: 'b' });

    await tx.commit();

    expect(await outside).toBe(0);
    expect(await sdk.get('a')).toEqual({ _id: 'a', state: 'taken' });
  },

  'a write from outside does not wait for ever': async ({ sdk, emulator }) => {
    await sdk.add({ _id: 'a', n: 1 });
    const tx = await sdk.begin();
    await tx.update('a', { n: 2 });
    const outside = failureOf(sdk.update('a', { n: 3 }));
    await sdk.add({ _id: 'b' });

    // The waiting write may not have arrived yet when the clock first moves.
    for (let moves = 0; moves < 4; moves += 1) {
      await sdk.get('b');
      emulator.control.clock.advance(5_000);
    }

    expect((await outside).code).toBe('DATABASE_TIMEOUT');
    await tx.commit();
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 2 });
  },

  'write skew commits: what is only read is not protected': async ({ sdk }) => {
    await sdk.add({ _id: 'a', on: true });
    await sdk.add({ _id: 'b', on: true });
    const [first, second] = [await sdk.begin(), await sdk.begin()];
    await first.get('b');
    await second.get('a');
    await first.update('a', { on: false });
    await second.update('b', { on: false });

    await first.commit();
    await second.commit();

    expect(await sdk.count({ on: true })).toBe(0);
  },

  'a taken id in a transaction is a duplicate, and ends it': async ({ sdk }) => {
    await sdk.add({ _id: 'a' });
    const tx = await sdk.begin();

    expect((await failureOf(tx.add({ _id: 'a' }))).message).toContain('E11000');
    expect((await failureOf(tx.commit())).code).toBe(ENDED);
  },

  'unique entries hold between transactions': async ({ sdk, emulator }) => {
    const fields = [{ name: 'email', direction: 'asc' as const }];
    emulator.control.createIndex(ENV, 'c', { fields, unique: true });
    const [first, second, third] = [await sdk.begin(), await sdk.begin(), await sdk.begin()];
    await first.add({ _id: 'a', email: 'x' });

    expect((await failureOf(second.add({ _id: 'b', email: 'x' }))).code).toBe(CONFLICT);
    await third.add({ _id: 'd', email: 'y' });
    expect((await failureOf(third.add({ _id: 'e', email: 'y' }))).message).toContain('E11000');
    await first.commit();
    expect((await failureOf(sdk.add({ _id: 'b', email: 'x' }))).message).toContain('E11000');
  },

  'both SDKs meet in conflict': async ({ sdk, other }) => {
    await sdk.add({ _id: 'a', n: 0 });
    const [mine, theirs] = [await sdk.begin(), await other.begin()];
    await theirs.update('a', { n: 1 });

    expect((await failureOf(mine.update('a', { n: 2 }))).code).toBe(CONFLICT);
    await theirs.commit();
    expect(await sdk.get('a')).toEqual({ _id: 'a', n: 1 });
  },
};
