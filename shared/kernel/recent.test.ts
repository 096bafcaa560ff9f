import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { Recent } from './recent.ts';

test('as many keys as it was made for are known, and never more than twice as many', () => {
  const recent = new Recent<number>(100);
  for (let n = 0; n < 1_000; n += 1) recent.set(`key ${n}`, n);

  const known = Array.from({ length: 1_000 }, (_, n) => recent.get(`key ${n}`)).filter(
    (value) => value !== undefined,
  );
  expect(known.length).toBeGreaterThanOrEqual(100);
  expect(known.length).toBeLessThanOrEqual(200);
  expect(known.slice(-100)).toEqual(Array.from({ length: 100 }, (_, n) => 900 + n));
});

test('a key that is asked for stays', () => {
  const recent = new Recent<string>(10);
  recent.set('regular', 'here');
  for (let n = 0; n < 1_000; n += 1) {
    recent.set(`passing ${n}`, 'gone');
    expect(recent.get('regular')).toBe('here');
  }
});

test('a value may be set anew', () => {
  const recent = new Recent<number>(10);
  recent.set('key', 1);
  expect(recent.set('key', 2)).toBe(2);
  expect(recent.get('key')).toBe(2);
  expect(recent.get('other')).toBeUndefined();
});

test('a key does not hold the text that it was cut out of', () => {
  const recent = new Recent<true>(100);
  const before = heapBytes();
  for (let n = 0; n < 100; n += 1) {
    const push = `${n} 'oFollowerOfThisAccount${n} ${'你'.repeat(100_000)}`;
    recent.set(push.slice(4, 30), true);
  }

  // 100 texts of 200 KB.
  expect(heapBytes() - before).toBeLessThan(5_000_000);
  expect(recent.get('nobody')).toBeUndefined();
});

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
