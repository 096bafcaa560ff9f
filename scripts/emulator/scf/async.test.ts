import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { type ScfFixture, startScfFixture, until } from './fixture.ts';

let running: ScfFixture | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const MINUTE = 60_000;
const BEIJING_NOON = Date.parse('2026-01-01T12:00:00+08:00');

/** Fails as often as the event says, and shows what it was given. */
const CODE = `
  let failures = 0;
  exports.main = async (event, context) => {
    if (failures++ < (event.failures ?? 0)) throw new Error('not yet');
    return { event, environ: context.environ, environment: JSON.parse(context.environment) };
  };`;

async function start(special: object = {}, options: object = {}) {
  const clock = createFakeClock(BEIJING_NOON);
  running = await startScfFixture({ fn: { code: CODE, ...special } }, { clock, ...options });
  const { scf, records } = running;
  return { clock, scf, records, attempts: (count: number) => until(() => records.length >= count) };
}

describe('an asynchronous event', () => {
  test('is accepted at once and tried again twice, a minute apart, under the same id', async () => {
    const { clock, scf, records, attempts } = await start();

    const accepted = await scf.invoke('fn', { failures: 99 }, { type: 'async' });
    await attempts(1);
    await clock.advance(MINUTE - 1);
    expect(records).toHaveLength(1);
    await clock.advance(1);
    await attempts(2);
    await clock.advance(MINUTE);
    await attempts(3);
    await clock.advance(600 * MINUTE);

    expect(accepted).toMatchObject({ ok: true, result: null });
    expect(records.map(({ attempt, outcome }) => [attempt, outcome.ok])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(new Set(records.map(({ outcome }) => outcome.requestId))).toEqual(
      new Set([accepted.requestId]),
    );
  });

  test('is not tried again once it has succeeded', async () => {
    const { clock, scf, records, attempts } = await start();

    await scf.invoke('fn', { failures: 1 }, { type: 'async', source: 'test' });
    await attempts(1);
    await clock.advance(MINUTE);
    await attempts(2);
    await clock.advance(600 * MINUTE);

    expect(records).toMatchObject([
      { function: 'fn', source: 'test', attempt: 1, outcome: { ok: false } },
      { function: 'fn', source: 'test', attempt: 2, outcome: { ok: true } },
    ]);
  });

  test('is tried as often as the function says', async () => {
    const { clock, scf, records, attempts } = await start({ asyncInvoke: { maxRetries: 0 } });

    await scf.invoke('fn', { failures: 9 }, { type: 'async' });
    await attempts(1);
    await clock.advance(600 * MINUTE);

    expect(records).toHaveLength(1);
  });

  test('waits every minute for a free instance, until it is too old', async () => {
    const { clock, scf, records } = await start(
      { asyncInvoke: { maxAgeSeconds: 180 } },
      { maxInstances: 0 },
    );

    await scf.invoke('fn', {}, { type: 'async' });
    await clock.advance(60 * MINUTE);

    expect(
      records.map(({ attempt, outcome }) => !outcome.ok && [attempt, outcome.error.statusCode]),
    ).toEqual([
      [1, 432],
      [2, 432],
      [3, 432],
      [4, 432],
    ]);
  });

  test('is forgotten when the emulator is closed', async () => {
    const { clock, scf, records, attempts } = await start();
    await scf.invoke('fn', { failures: 9 }, { type: 'async' });
    await attempts(1);
    await until(() => clock.pending > 1);

    await scf.close();
    await clock.advance(60 * MINUTE);

    expect(records).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('for an unknown function is refused, not queued', async () => {
    const { scf, clock } = await start();

    expect(await scf.invoke('none', {}, { type: 'async' })).toMatchObject({
      ok: false,
      error: { statusCode: 435 },
    });
    expect(clock.pending).toBe(0);
  });
});

describe('a timer', () => {
  const timers = [
    { name: 'tick', cron: '0 */5 * * * * *', message: '{"a":1}', enabled: true },
    { name: 'nightly', cron: '0 30 2 * * * *', enabled: true },
    { name: 'off', cron: '* * * * * * *', enabled: false },
  ];

  test('fires when its cron says, in Beijing time', async () => {
    const { clock, records, attempts } = await start({ timers: timers.slice(1) });

    await clock.advance(14.5 * 60 * MINUTE - 1);
    expect(records).toEqual([]);
    await clock.advance(1);
    await attempts(1);

    expect(records).toMatchObject([
      {
        source: 'timer',
        outcome: {
          ok: true,
          result: {
            event: {
              Type: 'Timer',
              TriggerName: 'nightly',
              Time: '2026-01-01T18:30:00Z',
              Message: '',
            },
            environment: { TRIGGER_SRC: 'timer' },
          },
        },
      },
    ]);
  });

  test('fires again and again, while others that are off do not', async () => {
    const { clock, records, attempts } = await start({ timers });

    for (let count = 1; count <= 3; count++) {
      await clock.advance(5 * MINUTE);
      await attempts(count);
    }

    expect(records.map(({ outcome }) => outcome.ok && outcome.result)).toMatchObject([
      { event: { TriggerName: 'tick', Time: '2026-01-01T04:05:00Z', Message: '{"a":1}' } },
      { event: { TriggerName: 'tick', Time: '2026-01-01T04:10:00Z' } },
      { event: { TriggerName: 'tick', Time: '2026-01-01T04:15:00Z' } },
    ]);
  });

  test('fires by hand, even when it is off', async () => {
    const { scf } = await start({ timers });

    expect(await scf.fireTimer('off')).toMatchObject({
      ok: true,
      result: { event: { TriggerName: 'off', Time: '2026-01-01T04:00:00Z' } },
    });
    expect(await scf.fireTimer('fn/tick')).toMatchObject({ ok: true });
    await expect(scf.fireTimer('tock')).rejects.toThrow(
      '"tock" is not one timer. There is: fn/tick, fn/nightly, fn/off.',
    );
  });

  test('is retried when its function fails', async () => {
    const { clock, records, attempts } = await start({
      timers: timers.slice(1),
      code: CODE.replace('event.failures ?? 0', '1'),
    });

    await clock.advance(14.5 * 60 * MINUTE);
    await attempts(1);
    await until(() => clock.pending > 2);
    await clock.advance(MINUTE);
    await attempts(2);

    expect(records.map(({ outcome }) => outcome.ok)).toEqual([false, true]);
  });

  test('follows a reload', async () => {
    const { clock, scf, records, attempts } = await start({ timers: timers.slice(1) });

    await scf.reload('fn', { timers: [{ name: 'soon', cron: '30 * * * * * *', enabled: true }] });
    await clock.advance(MINUTE);
    await attempts(1);
    await scf.reload('fn', { timers: [] });
    await clock.advance(24 * 60 * MINUTE);

    expect(records).toHaveLength(1);
  });
});
