import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { type ScfFixture, startScfFixture, until } from './fixture.ts';

let running: ScfFixture | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(...args: Parameters<typeof startScfFixture>): Promise<ScfFixture> {
  running = await startScfFixture(...args);
  return running;
}

/** Says that it has begun, and ends when the test lets it. */
const GATE = `
  const fs = require('node:fs');
  const name = 'one';
  exports.main = async ({ id, until }) => {
    console.log('begun ' + id);
    while (until && !fs.existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 5));
    return name + ' ' + id;
  };`;

/** Starts an event that goes on until `open` is called, and waits until it has begun. */
async function occupy({ scf, lines, write }: ScfFixture, id: string) {
  const gate = `${write(`gate-${id}`, '')}.open`;
  const outcome = scf.invoke('fn', { id, until: gate });
  await until(() => lines().includes(`begun ${id}`));
  return { outcome, open: () => writeFileSync(gate, '') };
}

describe('the pool', () => {
  test('grows with events at the same time and reuses the one that was busy last', async () => {
    const fixture = await start({ fn: GATE });
    const a = await occupy(fixture, 'a');
    const b = await occupy(fixture, 'b');
    const c = await occupy(fixture, 'c');
    expect(fixture.scf.instances().map(({ state }) => state)).toEqual(['busy', 'busy', 'busy']);

    for (const { open, outcome } of [c, a, b]) {
      open();
      expect(await outcome).toMatchObject({ ok: true, cold: true });
    }
    const next = await fixture.scf.invoke('fn', { id: 'd' });

    const last = await b.outcome;
    expect(next).toMatchObject({ ok: true, cold: false, instance: last.instance });
    expect(fixture.scf.instances()).toHaveLength(3);
  });

  test('refuses events beyond the limit', async () => {
    const fixture = await start({ fn: GATE }, { maxInstances: 1 });
    const { open, outcome } = await occupy(fixture, 'a');

    const refused = await fixture.scf.invoke('fn', { id: 'b' });
    open();

    expect(refused).toMatchObject({
      ok: false,
      error: { statusCode: 432, status: 'ResourceLimitReached' },
    });
    expect(await outcome).toMatchObject({ ok: true, result: 'one a' });
    expect(await fixture.scf.invoke('fn', { id: 'c' })).toMatchObject({ ok: true });
  });

  test('gives a held instance no event until it is thawed', async () => {
    const fixture = await start({ fn: GATE });
    const { scf } = fixture;
    await scf.invoke('fn', { id: 'a' });

    scf.freeze('fn-1');
    expect(await scf.invoke('fn', { id: 'b' })).toMatchObject({ cold: true, instance: 'fn-2' });
    await scf.kill('fn-2');
    scf.thaw('fn-1');

    expect(await scf.invoke('fn', { id: 'c' })).toMatchObject({ cold: false, instance: 'fn-1' });
    expect(() => scf.freeze('fn-2')).toThrow('No instance fn-2.');
  });

  test('an instance frozen in the middle of an event goes on when thawed', async () => {
    const fixture = await start({ fn: GATE });
    const { open, outcome } = await occupy(fixture, 'a');

    fixture.scf.freeze('fn-1');
    expect(fixture.scf.instances()).toMatchObject([{ state: 'held' }]);
    open();
    fixture.scf.thaw('fn-1');

    expect(await outcome).toMatchObject({ ok: true, result: 'one a' });
  });

  test('an instance killed in the middle of an event fails it', async () => {
    const fixture = await start({ fn: GATE });
    const { outcome } = await occupy(fixture, 'a');

    await fixture.scf.kill('fn-1');

    expect(await outcome).toMatchObject({
      ok: false,
      error: { statusCode: 439, errorMessage: expect.stringContaining('signal SIGKILL') },
    });
    expect(fixture.scf.instances()).toEqual([]);
  });

  test('an instance that the system ended while it was idle gets no event', async () => {
    const { scf } = await start({ fn: GATE });
    await scf.invoke('fn', { id: 'a' });

    process.kill(scf.instances()[0]?.pid ?? Number.NaN, 'SIGKILL');
    await until(() => scf.instances().length === 0);

    expect(await scf.invoke('fn', { id: 'b' })).toMatchObject({ ok: true, cold: true });
  });

  test('recycles an instance that has been idle for long', async () => {
    const clock = createFakeClock();
    const { scf } = await start({ fn: GATE }, { clock, idleMs: 60_000 });
    await scf.invoke('fn', { id: 'a' });

    await clock.advance(59_999);
    await scf.invoke('fn', { id: 'b' });
    await clock.advance(59_999);
    expect(scf.instances()).toHaveLength(1);
    await clock.advance(1);

    expect(scf.instances()).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('reload', () => {
  test('new events go to the new bundle, running ones end on the old one', async () => {
    const fixture = await start({ fn: GATE });
    const { scf } = fixture;
    const { open, outcome } = await occupy(fixture, 'a');
    await scf.invoke('fn', { id: 'b' });
    const bundle = fixture.write('fn-v2', GATE.replace("'one'", "'two'"));

    await scf.reload('fn', { bundle });
    const after = await scf.invoke('fn', { id: 'c' });
    open();

    expect(after).toMatchObject({ ok: true, result: 'two c', cold: true });
    expect(await outcome).toMatchObject({ ok: true, result: 'one a', instance: 'fn-1' });
    await until(() => scf.instances().length === 1);
    expect(scf.instances()).toMatchObject([{ id: 'fn-3', isRetired: false }]);
  });

  test('takes the same path again after a new build', async () => {
    const fixture = await start({ fn: GATE });
    await fixture.scf.invoke('fn', { id: 'a' });
    fixture.write('fn', GATE.replace("'one'", "'two'"));

    await fixture.scf.reload('fn');

    expect(await fixture.scf.invoke('fn', { id: 'b' })).toMatchObject({ result: 'two b' });
  });

  test('refuses a name that is not there and a wrong spec', async () => {
    const { scf } = await start({ fn: GATE });

    await expect(scf.reload('fm')).rejects.toThrow('No function fm. There is: fn.');
    await expect(scf.reload('fn', { handler: 'main' })).rejects.toThrow('file.export');
  });
});

describe('createScf refuses', () => {
  test.each([
    [
      'a variable of the platform',
      { environment: { SCF_X: '1' } },
      'SCF_X belongs to the platform',
    ],
    ['a name that is no variable', { environment: { '1A': '1' } }, '"1A" cannot be the name'],
    ['a handler without a file', { handler: 'main' }, 'handler "main"'],
    [
      'a wrong cron',
      { timers: [{ name: 't', cron: '* *', enabled: true }] },
      'timer t: "* *" has 2',
    ],
  ])('%s', async (_, special, message) => {
    await expect(startScfFixture({ fn: { code: GATE, ...special } })).rejects.toThrow(message);
  });
});

test('close fails what is running and refuses what comes later', async () => {
  const fixture = await start({ fn: GATE });
  const { outcome } = await occupy(fixture, 'a');
  await fixture.scf.invoke('fn', { id: 'b' });

  await fixture.scf.close();

  expect(await outcome).toMatchObject({ ok: false, error: { statusCode: 439 } });
  expect(await fixture.scf.invoke('fn', {})).toMatchObject({
    ok: false,
    error: { statusCode: 500 },
  });
  expect(fixture.scf.instances()).toEqual([]);
});
