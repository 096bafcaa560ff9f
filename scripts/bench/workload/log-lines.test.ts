import { expect, test } from '@jest/globals';
import { problemsInLog } from './log-lines.ts';
import { makePushes } from './pushes.ts';

const pushes = makePushes('plain', 'text', 2, 0);
const line = {
  ...{ time: '2026-01-01T00:00:00.000Z', level: 'info', event: 'answered', requestId: 'r1' },
  ...{ openid: '#0123456789ab', messageId: 'm1', message: 'text' },
  ...{ reply: 'text', standing: 'new', ms: 1 },
};
const problemsOf = (...lines: readonly object[]) =>
  problemsInLog(
    pushes,
    lines.map((each) => JSON.stringify(each)),
  );

test('one whole line for each push is as it should be', () => {
  expect(problemsOf(line, { ...line, messageId: 'm2' })).toEqual([]);
});

test('a missing line, and two of one message, are found', () => {
  expect(problemsOf(line)).toEqual(['1 lines of 1 messages for 2']);
  expect(problemsOf(line, line)).toEqual(['2 lines of 1 messages for 2']);
});

test.each([
  ['the openid', { openid: pushes[0]?.openid }],
  ['what was written', { reason: pushes[0]?.expected }],
  ['another event', { event: 'callback failed' }],
  ['no time', { time: undefined }],
])('a line that tells %s is found', (_, fields) => {
  const second = { ...line, messageId: 'm2', ...fields };
  expect(problemsOf(line, second)).toEqual([JSON.stringify(second)]);
});
