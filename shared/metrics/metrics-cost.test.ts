import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startEmulation } from '../../scripts/start/emulation.ts';
import { builtFunction, fixtureAccount } from '../../scripts/testing/tools/fixture-build.ts';
import { metricCollection } from './index.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('counting takes no more than a twentieth of the CPU time of a message', () => {
  const script = path.join(root, 'scripts/testing/callback/metrics-cost.ts');
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', script, builtFunction('callback'), '600'],
    { cwd: root, encoding: 'utf8' },
  );

  const { events, ratio } = JSON.parse(output) as { events: string[]; ratio: number };
  expect(events).toEqual(expect.arrayContaining(['answered', 'invocation over']));
  expect(ratio).toBeGreaterThan(0);
  expect(ratio).toBeLessThan(0.05);
});

test('a message makes no request to the store for its metrics until a flush is due', async () => {
  const settings = { METRICS_FLUSH_SECONDS: '600' };
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    settings,
  });
  try {
    const { stats } = emulation.cloudbase.control;
    const requests = () => {
      const { [metricCollection.name]: actions = {} } = stats.snapshot().byCollection;
      return Object.values(actions).reduce((sum, count) => sum + count, 0);
    };
    const say = () => emulation.push.send({ openid: 'oAlice', type: 'text', Content: '你好' });

    await say();
    const first = requests();
    for (let n = 0; n < 20; n += 1) await say();

    expect(first).toBe(1);
    expect(requests()).toBe(1);
  } finally {
    await emulation.close();
  }
});
