import { describe, expect, test } from '@jest/globals';
import { createJobFixture, kindOf } from '../../scripts/testing/jobs/job-fixture.ts';
import { AppError } from '../kernel/errors.ts';
import { isLegal, type Transition } from '../kernel/state-table.ts';
import { defineJob } from './define-job.ts';
import { type JobState, jobStates } from './job-document.ts';
import { moves } from './moves.ts';

const greet = kindOf('greet');

async function prepare() {
  const fixture = createJobFixture();
  const cure = { isCured: false };
  const job = defineJob({
    ...greet,
    run: async (_, { n }) => {
      if (n === 0 && !cure.isCured) throw new AppError('invalid', 'A poison message.');
    },
  });
  const poison = await fixture.queue.enqueue(greet, { n: 0 });
  await fixture.clock.advance(1);
  const good = await fixture.queue.enqueue(greet, { n: 1 });
  await fixture.shift([job]);
  await fixture.clock.advance(1);
  const waiting = await fixture.queue.enqueue(kindOf('leave'), { n: 2 });
  fixture.wakes.length = 0;
  return { ...fixture, cure, job, poison: poison.id, good: good.id, waiting: waiting.id };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((reason: unknown) => reason);
  return error instanceof AppError ? error.code : 'no AppError';
}

describe('an operator', () => {
  test('lists jobs by state and kind, the newest first, without what they are about', async () => {
    const { operator, poison, good, waiting } = await prepare();
    const ids = async (query: Parameters<typeof operator.list>[0]) =>
      (await operator.list(query)).map(({ id }) => id);

    expect(await ids({})).toEqual([waiting, good, poison]);
    expect(await ids({ kind: 'greet' })).toEqual([good, poison]);
    expect(await ids({ state: 'dead' })).toEqual([poison]);
    expect(await ids({ state: 'dead', kind: 'leave' })).toEqual([]);
    expect(await ids({ limit: 1, skip: 1 })).toEqual([good]);
    expect(Object.keys(await operator.get(poison)).sort()).toEqual([
      'attempts',
      'createdAt',
      'error',
      'id',
      'kind',
      'state',
    ]);
  });

  test('lets a dead job run again', async () => {
    const { operator, poison, cure, shift, job, wakes } = await prepare();
    cure.isCured = true;

    const revived = await operator.retry(poison);

    expect(revived).toMatchObject({ id: poison, state: 'ready', attempts: 0 });
    expect(wakes).toHaveLength(1);
    expect(await shift([job])).toMatchObject({ done: 1 });
    expect((await operator.get(poison)).state).toBe('done');
  });

  test('drops a job that is dead or waits', async () => {
    const { operator, poison, waiting, shift, document } = await prepare();
    let runs = 0;

    expect((await operator.drop(poison)).state).toBe('dropped');
    expect((await operator.drop(waiting)).state).toBe('dropped');

    const leave = defineJob({
      ...kindOf('leave'),
      run: async () => {
        runs += 1;
      },
    });
    await shift([leave]);
    expect(runs).toBe(0);
    expect((await document(poison))?.payload).toBeUndefined();
  });

  test('refuses what the state of a job does not allow, and what is not there', async () => {
    const { operator, good, waiting } = await prepare();

    expect(await codeOf(operator.retry(good))).toBe('conflict');
    expect(await codeOf(operator.retry(waiting))).toBe('conflict');
    expect(await codeOf(operator.drop(good))).toBe('conflict');
    expect(await codeOf(operator.get('nobody'))).toBe('not_found');
    expect(await codeOf(operator.drop('nobody'))).toBe('not_found');
  });

  test('does not drop what a worker is just taking', async () => {
    const { operator, waiting, store, clock, worker, document } = await prepare();
    const leave = defineJob({ ...kindOf('leave'), run: () => new Promise<undefined>(() => {}) });
    const get = store.get;
    let isFirst = true;
    store.get = async (...args) => {
      const found = await get(...args);
      if (isFirst) {
        isFirst = false;
        void worker([leave]).work({ untilMs: clock.now() + 60_000 });
        await clock.advance(0);
      }
      return found;
    };

    expect(await codeOf(operator.drop(waiting))).toBe('conflict');

    expect((await document(waiting))?.state).toBe('running');
  });
});

test('a job moves only along the table', () => {
  const legal = Object.entries<Transition<JobState>>(moves).flatMap(([name, move]) =>
    jobStates
      .filter((state) => isLegal(move, state))
      .map((state) => `${state} -${name}-> ${move.to}`),
  );

  expect(legal).toEqual([
    'ready -take-> running',
    'running -take-> running',
    'running -keep-> running',
    'running -finish-> done',
    'running -again-> ready',
    'running -fail-> ready',
    'running -bury-> dead',
    'dead -retry-> ready',
    'ready -drop-> dropped',
    'dead -drop-> dropped',
  ]);
});
