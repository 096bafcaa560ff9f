import { describe, expect, test } from '@jest/globals';
import { judge } from './check.ts';

const committed = { speed: 1, size: 2 };
const never = () => Promise.reject(new Error('measured again'));

describe('judge', () => {
  test('a ratio up to 30 % above the table passes at the first try', async () => {
    expect(await judge({ speed: 1.3, size: 2.59 }, committed, never)).toMatchObject([
      { name: 'speed', ok: true, tries: 1 },
      { name: 'size', ok: true, tries: 1 },
    ]);
  });

  test('one that was too large once is measured again, and the best try counts', async () => {
    const later = [{ speed: 1.2, size: 9 }];
    const again = async () => later.shift() ?? never();

    expect(await judge({ speed: 1.5, size: 2 }, committed, again)).toMatchObject([
      { name: 'speed', ok: true, measured: 1.2, tries: 2 },
      { name: 'size', ok: true, measured: 2, tries: 2 },
    ]);
  });

  test('one that is too large three times over fails', async () => {
    let tries = 1;
    const again = async () => {
      tries += 1;
      return { speed: 1.31, size: 2 };
    };

    expect(await judge({ speed: 1.4, size: 2 }, committed, again)).toMatchObject([
      { name: 'speed', ok: false, measured: 1.31 },
      { name: 'size', ok: true },
    ]);
    expect(tries).toBe(3);
  });

  test('one that is not in the table fails: nobody has decided what it may be', async () => {
    const ratios = { speed: 1, size: 2, new: 0.1 };

    expect((await judge(ratios, committed, async () => ratios)).at(-1)).toMatchObject({
      name: 'new',
      ok: false,
    });
  });

  test('one that could not be measured fails', async () => {
    const ratios = { speed: Number.NaN, size: 2 };

    expect(await judge(ratios, committed, async () => ratios)).toMatchObject([
      { name: 'speed', ok: false },
      { name: 'size', ok: true },
    ]);
  });
});
