import { describe, expect, test } from '@jest/globals';
import { isPending, rescue, whenDone } from './eventual.ts';

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
