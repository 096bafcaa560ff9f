import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { again, defineJob, type JobContext } from './define-job.ts';

const sync = { kind: 'sync', payload: v.strictObject({ tagId: v.number() }) };
const checkpoint = v.strictObject({ page: v.number() });
type Checkpoint = v.InferOutput<typeof checkpoint>;

test('the types of a job tie its payload and its checkpoints to their schemas', () => {
  const jobs = [
    defineJob({ ...sync, run: async (_, { tagId }) => void tagId.toFixed() }),
    defineJob({ ...sync, run: async () => again({ afterMs: 1_000 }) }),
    defineJob({
      ...sync,
      checkpoint,
      run: async (ctx) => {
        if (ctx.hurry.aborted) return again({ checkpoint: { page: 2 } });
        await ctx.save({ page: (ctx.checkpoint?.page ?? 0) + 1 });
      },
    }),
    // @ts-expect-error not a field of the payload
    defineJob({ ...sync, run: async (_, { page }) => void page }),
    defineJob({
      ...sync,
      run: async (ctx) => {
        // @ts-expect-error without a schema there are no checkpoints
        await ctx.save({ page: 1 });
      },
    }),
    defineJob({
      ...sync,
      checkpoint,
      // @ts-expect-error another checkpoint
      run: async (ctx: JobContext<Checkpoint>) => ctx.save({ page: '1' }),
    }),
    defineJob({
      kind: 'sync',
      // @ts-expect-error the schema must not change what it checks: it is checked again
      payload: v.pipe(v.string(), v.transform(Number)),
      run: async () => {},
    }),
    // @ts-expect-error only again() says that there is more
    defineJob({ ...sync, run: async () => true }),
  ];

  expect(new Set(jobs.map(({ kind }) => kind))).toEqual(new Set(['sync']));
});
