import { expect, test } from '@jest/globals';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { startScfFixture, until } from './fixture.ts';

const spec = (bundle: string) => ({
  name: 'late',
  bundle,
  handler: 'index.main',
  memoryMb: 256,
  timeoutSeconds: 20,
  environment: {},
  timers: [{ name: 'minutely', cron: '0 * * * * * *', enabled: true }],
});

test('a function can come and go while the others run', async () => {
  const clock = createFakeClock();
  const { scf, write, records, close } = await startScfFixture(
    { first: 'exports.main = async () => 1;' },
    { clock },
  );
  const code = 'exports.main = async () => 2;';

  scf.add(spec(write('late', code)));
  expect(await scf.invoke('late', {})).toMatchObject({ ok: true, result: 2 });
  expect(() => scf.add(spec(write('late', code)))).toThrow('given twice');
  await scf.remove('late');

  expect(await scf.invoke('late', {})).toMatchObject({ ok: false, error: { statusCode: 435 } });
  expect(await scf.invoke('first', {})).toMatchObject({ ok: true, result: 1 });
  expect(scf.instances().map((instance) => instance.function)).toEqual(['first']);
  const before = records.length;
  await clock.advance(120_000);
  expect(records).toHaveLength(before);
  await close();
});

test('what is to be tried again finds no function any more', async () => {
  const clock = createFakeClock();
  const { scf, records, close } = await startScfFixture(
    { failing: 'exports.main = async () => { throw new Error("no"); };' },
    { clock },
  );

  await scf.invoke('failing', {}, { type: 'async' });
  await until(() => records.length === 1);
  await scf.remove('failing');
  await clock.advance(60_000);
  await until(() => records.length === 2);

  expect(records[1]?.outcome).toMatchObject({ ok: false, error: { statusCode: 435 } });
  await close();
});
