import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAgenda } from './agenda.ts';

test('everything happens by time, and at the same time in the order in which it was put in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (delays) => {
      const agenda = createAgenda();
      const seen: [at: number, index: number][] = [];
      for (const [index, delay] of delays.entries()) {
        agenda.after(delay, () => seen.push([agenda.now(), index]));
      }

      agenda.run();

      const wanted = [...delays.entries()].map(([index, delay]) => [delay, index]);
      expect(seen).toEqual(wanted.sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j));
    }),
  );
});

test('what a task puts in happens too', () => {
  const agenda = createAgenda();
  const seen: number[] = [];
  agenda.after(5, () => agenda.after(5, () => seen.push(agenda.now())));
  agenda.after(7, () => seen.push(agenda.now()));

  agenda.run();

  expect(seen).toEqual([7, 10]);
});
