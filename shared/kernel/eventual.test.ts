import { describe, expect, test } from '@jest/globals';
import { type Eventual, isPending, lastly, rescue, whenDone } from './eventual.ts';

const boom = new Error('boom');
const fails = () => {
  throw boom;
};
const withThen = (then: unknown) => Object.fromEntries([['then', then]]);
/** As libraries made before promises were part of the language have it. */
const ofLibrary = withThen((resolve: (one: number) => void) =>
  resolve(1),
) as never as Promise<number>;

describe('a value that is there', () => {
  test('is gone on with at once, and so is what follows', () => {
    expect(whenDone(1, (one) => one + 1)).toBe(2);
    expect(
      whenDone(
        whenDone(undefined, () => null),
        String,
      ),
    ).toBe('null');
    expect(rescue(() => 1, fails)).toBe(1);
    expect(rescue<unknown>(fails, (error) => error)).toBe(boom);
  });

  test.each([[undefined], [null], [0], [''], [{}], [withThen(1)]])('%p is one', (value) => {
    expect(isPending(value)).toBe(false);
  });
});

describe('a promise', () => {
  test.each([
    ['of the language', Promise.resolve(1)],
    ['of a library', ofLibrary],
  ])('%s is waited for', async (_, one) => {
    const two = whenDone(one, (value) => value + 1);

    expect(two).toBeInstanceOf(Promise);
    expect(await two).toBe(2);
  });

  test('that fails later is rescued like work that fails at once', async () => {
    const rescued = rescue<unknown>(
      () => Promise.reject(boom),
      (error) => error,
    );

    expect(await rescued).toBe(boom);
    await expect(rescue(() => Promise.reject(boom), fails)).rejects.toBe(boom);
    expect(() => rescue(fails, fails)).toThrow(boom);
  });
});

describe('what is done lastly', () => {
  const told: unknown[] = [];
  const conclude = (result: unknown): void => {
    told.push(result);
  };
  const later = async (result: unknown): Promise<void> => conclude(result);

  test('is told the value at once, and gives it', async () => {
    told.length = 0;

    expect(lastly(() => 1, conclude)).toBe(1);
    expect(await lastly(() => 2, later)).toBe(2);
    expect(await lastly<number>(() => Promise.resolve(3), conclude)).toBe(3);
    expect(told).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
  });

  test('is done once also after a failure, which goes on', async () => {
    told.length = 0;
    const failsLater = (): Eventual<number> => Promise.reject(boom);

    expect(() => lastly(fails, conclude)).toThrow(boom);
    await expect(lastly(fails, later)).rejects.toBe(boom);
    await expect(lastly(failsLater, conclude)).rejects.toBe(boom);
    expect(told).toEqual([undefined, undefined, undefined]);
  });
});
