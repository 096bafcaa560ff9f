import { expect, test } from '@jest/globals';
import { Abort } from './abort.ts';

test('a signal that is asked for first hears of it', () => {
  const abort = new Abort();
  const { signal } = abort;
  const heard: unknown[] = [];
  signal.addEventListener('abort', () => heard.push(signal.reason));
  expect({ signal: signal.aborted, abort: abort.isAborted }).toEqual({
    signal: false,
    abort: false,
  });

  abort.abort('late');
  abort.abort('later');

  expect(abort.isAborted).toBe(true);
  expect(heard).toEqual(['late']);
  expect(abort.signal).toBe(signal);
});

test('one that is asked for afterwards is aborted, with the first reason', () => {
  const abort = new Abort();
  abort.abort('late');
  abort.abort('later');

  expect(abort.signal.aborted).toBe(true);
  expect(abort.signal.reason).toBe('late');
});
