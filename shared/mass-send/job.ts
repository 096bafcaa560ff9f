import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { Book } from '../followers/index.ts';
import { again, defineJob, type Job, type JobKind } from '../jobs/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { changeBroadcast, moved, readBroadcast } from './change.ts';
import { createClosing } from './closing.ts';
import type { Broadcast } from './collections.ts';
import type { Limits } from './limits.ts';
import { createPreparing } from './prepare.ts';
import { createSending, type Step } from './sending.ts';
import { isOver } from './states.ts';

const payload = v.strictObject({ id: v.string() });
/** How far it was; only so that the attempts of one that gets further count anew. */
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

/** Runs broadcasts; how far one is stands in its own document, which every step compares and sets. */
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
    async run({ checkpoint: known = START, hurry, signal, log, assertHeld, save }, { id }) {
      for (let noted = known; ; ) {
        const { doc } = await readBroadcast(store, id);
        if (isOver(doc.state)) return undefined;
        const at = progressOf(doc);
        if (!isDeepStrictEqual(at, noted)) await save(at);
        noted = at;
        assertHeld();
        const step = await next(doc, { hurry, signal, log, assertHeld });
        if (step !== 'next') return again({ afterMs: Math.max(0, step.waitUntil - clock.now()) });
        if (hurry.aborted) return again();
      }
    },
  });

  async function next(doc: Broadcast, holding: Parameters<typeof send>[1]): Promise<Step> {
    const { _id: id } = doc;
    switch (doc.state) {
      case 'scheduled':
        await changeBroadcast(store, id, (current) => {
          if (current.state !== 'scheduled') return undefined;
          const started = moved(current, 'start');
          // WeChat knows who gets it.
          if (current.delivery === 'batches') return started;
          return { ...moved(started, 'send'), batches: [{ state: 'ready', size: 0 }] };
        });
        return 'next';
      case 'preparing':
        if (!doc.isCancelled) await prepare(doc, holding.hurry);
        else {
          await changeBroadcast(store, id, (current) =>
            current.state === 'preparing'
              ? { ...moved(current, 'abandon'), ending: 'cancelled' }
              : undefined,
          );
        }
        return 'next';
      case 'sending':
        return send(doc, holding);
      case 'releasing':
        return release(id);
      default:
        return close(id, holding.signal);
    }
  }
}

type Progress = v.InferOutput<typeof checkpoint>;

const START: Progress = { cursor: '', tried: 0 };

function progressOf({ cursor, batches }: Broadcast): Progress {
  return { cursor, tried: batches.filter(({ state }) => state !== 'ready').length };
}
