import { describe, expect, test } from '@jest/globals';
import { fuzz, readCorpus } from './fuzz.ts';
import { targets } from './targets.ts';

/** Bounded by the number of inputs, so that a run is the same on any machine. */
const RUNS = 4_000;

describe('a parser meets nothing that makes it do what it must never do', () => {
  test.each(Object.entries(targets))('%s', async (name, target) => {
    const { runs, findings } = await fuzz(name, target, { seed: 20, goesOn: (n) => n < RUNS });

    expect(findings.map(({ input, error }) => [input.toString(), String(error)])).toEqual([]);
    expect(runs).toBeGreaterThanOrEqual(RUNS);
  });

  test('each has inputs that are kept', () => {
    const without = Object.keys(targets).filter((name) => readCorpus(name).length === 0);

    expect(without).toEqual([]);
  });
});

test('what must never happen is found, with the input that led to it', async () => {
  const target = {
    about: 'fails at two letters',
    seeds: ['a'],
    words: ['b', 'x'],
    run: (input: Buffer) => {
      if (input.includes('xx')) throw new Error('found');
    },
  };

  const { findings } = await fuzz('nothing', target, { seed: 1, goesOn: (n) => n < 5_000 });

  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every(({ input }) => input.includes('xx'))).toBe(true);
});
