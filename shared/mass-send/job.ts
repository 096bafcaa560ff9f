import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { Book } from '../followers/index.ts';
import { again, defineJob, type Job, type JobContext, type JobKind } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Broadcast } from './broadcast-document.ts';
import { changeBroadcast, moved, readBroadcast } from './change.ts';
import { createClosing } from './closing.ts';
import type { Limits } from './limits.ts';
import { createPreparing } from './preparing.ts';
import { createSending } from './sending.ts';
import { isOver, type NextStep } from './states.ts';

const payload = v.strictObject({ id: v.string() });
/** How far the broadcast is; saved only so that the attempts of a job that gets further count anew. */
const checkpoint = v.strictObject({ cursor: v.string(), tried: v.number() });

/** One broadcast, from its start to its end. */
export const massSendJob: JobKind<v.InferOutput<typeof payload>, 'mass-send'> = {
  kind: 'mass-send',
  payload,
};

export interface MassSendJobOptions {
  readonly api: Pick<Api, 'massSend' | 'draft'>;
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
  readonly limits: Limits;
}

/**
 * Runs broadcasts. How far one is stands in its own document, which every step changes by
 * compare-and-set.
 */
export function createMassSendJob(options: MassSendJobOptions): Job<'mass-send'> {
  const { store, clock } = options;
  const prepare = createPreparing(options);
  const send = createSending(options);
  const { release, close } = createClosing(options);

  return defineJob({
    ...massSendJob,
    checkpoint,
    leaseMs: 15_000,
    maxAttempts: 20,
    async run(ctx, { id }) {
      for (let saved = ctx.checkpoint ?? START; ; ) {
        const { doc } = await readBroadcast(store, id);
        if (isOver(doc.state)) return undefined;
        const at = progressOf(doc);
        if (!isDeepStrictEqual(at, saved)) await ctx.save(at);
        saved = at;
        ctx.assertHeld();
        const step = await next(doc, ctx);
        if (step !== 'next') return again({ afterMs: Math.max(0, step.waitUntil - clock.now()) });
        if (ctx.hurry.aborted) return again();
      }
    },
  });

  async function next(doc: Broadcast, ctx: JobContext<Checkpoint>): Promise<NextStep> {
    const { _id: id } = doc;
    switch (doc.state) {
      case 'scheduled':
        await changeBroadcast(store, id, (current) => {
          if (current.state !== 'scheduled') return undefined;
          const started = moved(current, 'start');
          // For one call WeChat knows which followers get it.
          if (current.delivery === 'batches') return started;
          return { ...moved(started, 'send'), batches: [{ state: 'ready', size: 0 }] };
        });
        return 'next';
      case 'preparing':
        if (!doc.isCancelled) await prepare(doc, ctx.hurry);
        else {
          await changeBroadcast(store, id, (current) =>
            current.state === 'preparing'
              ? { ...moved(current, 'abandon'), ending: 'cancelled' }
              : undefined,
          );
        }
        return 'next';
      case 'sending':
        return send(doc, ctx);
      case 'releasing':
        return release(id);
      default:
        return close(id, ctx);
    }
  }
}

type Checkpoint = v.InferOutput<typeof checkpoint>;

const START: Checkpoint = { cursor: '', tried: 0 };

function progressOf({ cursor, batches }: Broadcast): Checkpoint {
  return { cursor, tried: batches.filter(({ state }) => state !== 'ready').length };
}
