import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import { timerFunction } from './timer.ts';

const event = { Type: 'Timer', TriggerName: 't', Time: '2026-01-01T00:00:00Z', Message: '' };
const context = {
  request_id: 'r1',
  time_limit_in_ms: 60_000,
  environment: '{"TRIGGER_SRC":"timer"}',
};

function prepare(job: (signal: AbortSignal) => Promise<unknown>) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const main = timerFunction(() => ({ clock, log, tick: job }));
  return { clock, lines, main };
}

describe('timerFunction', () => {
  test('returns the report to the timer, and to an operator who invokes it by hand', async () => {
    const { main, clock } = prepare(async () => ({ refreshed: true }));

    expect(await main(event, context)).toEqual({ refreshed: true });
    expect(await main({}, { request_id: 'r2' })).toEqual({ refreshed: true });
    expect(clock.pending).toBe(0);
  });

  test('throws what went wrong, under the id of the request in the log', async () => {
    const { main, lines } = prepare(async () => {
      throw new AppError('upstream', 'WeChat said no.');
    });

    await expect(main(event, context)).rejects.toThrow('WeChat said no.');

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'tick failed', requestId: 'r1' });
  });

  test('refuses clients before anything is made', async () => {
    const main = timerFunction(() => {
      throw new Error('made');
    });

    await expect(main(event, { environ: 'WX_OPENID=o1' })).rejects.toThrow(
      /Clients of the environment may not/,
    );
  });

  test('aborts shortly before the platform ends it', async () => {
    const { main, clock } = prepare((signal) => sleep(clock, 100_000, signal));
    const running = main(event, context).catch((error: unknown) => error);

    await clock.advance(58_000);

    expect(await running).toMatchObject({ code: 'timeout' });
    expect(clock.pending).toBe(0);
  });
});
