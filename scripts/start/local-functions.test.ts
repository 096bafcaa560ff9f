import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localFunctions, type TimerMode } from './local-functions.ts';

const root = mkdtempSync(path.join(tmpdir(), 'functions-'));
beforeAll(() =>
  writeFileSync(
    path.join(root, 'serverless.yml'),
    `
provider: { memorySize: 256, timeout: 10 }
functions:
  worker:
    handler: index.main
    events:
      - timer: { name: on, parameters: { cronExpression: '0 * * * * * *', enable: true } }
      - timer: { name: off, parameters: { cronExpression: '0 * * * * * *', enable: false, argument: night } }
      - timer: { name: plain, parameters: { cronExpression: '0 * * * * * *' } }
`,
  ),
);
afterAll(() => rmSync(root, { recursive: true }));

function timersOf(timers: TimerMode) {
  const own = { of: () => ({}) } as unknown as Parameters<typeof localFunctions>[0]['own'];
  return localFunctions({ root, built: [], env: {}, own, timers }).flatMap((fn) => fn.timers ?? []);
}

test('a timer that serverless.yml switches off is there to be fired by hand, and does not fire', () => {
  expect(timersOf('cron')).toEqual([
    expect.objectContaining({ name: 'on', enabled: true }),
    expect.objectContaining({ name: 'off', enabled: false, message: 'night' }),
    expect.objectContaining({ name: 'plain', enabled: true }),
  ]);
  expect(timersOf('hand').map(({ enabled }) => enabled)).toEqual([false, false, false]);
});
