import { expect, test } from '@jest/globals';
import { createMistakes } from './mistakes.ts';

const peer = { name: 'peer', kind: 'peer', file: '' } as const;

test('a wrong answer of a peer is counted and named, and takes it out of comparisons', () => {
  const mistakes = createMistakes();
  mistakes.note(peer, []);
  expect([mistakes.isFree('peer'), mistakes.label('peer')]).toEqual([true, 'peer']);

  mistakes.note(peer, ['a']);
  mistakes.note(peer, ['a', 'b']);

  expect([mistakes.isFree('peer'), mistakes.label('peer')]).toEqual([false, 'peer (3 wrong)']);
});

test.each(['ours', 'floor'] as const)('one of %s ends the run', (kind) => {
  expect(() => createMistakes().note({ ...peer, kind }, ['another text'])).toThrow(
    'peer answered wrongly: another text',
  );
});
