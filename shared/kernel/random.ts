import { randomBytes } from 'node:crypto';

/** To ask the system for 16 bytes costs as much as for these. */
const POOL_BYTES = 4_096;

let pool = Buffer.alloc(0);
let taken = 0;

/** Random bytes as `node:crypto` gives them, fit for secrets; none is given twice. */
export function pooledRandomBytes(size: number): Buffer {
  if (taken + size > pool.length) {
    // A new pool each time: the bytes of the old one are still in use where they were given.
    pool = randomBytes(Math.max(size, POOL_BYTES));
    taken = 0;
  }
  taken += size;
  return pool.subarray(taken - size, taken);
}
