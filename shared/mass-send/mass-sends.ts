import type * as v from 'valibot';
import type { JobOperator } from '../jobs/index.ts';
import { chinaTime } from '../kernel/china-time.ts';
import { AppError } from '../kernel/errors.ts';
import { present } from '../kernel/present.ts';
import type { Transaction } from '../store/store.ts';
import type { Speed } from '../wechat/catalogue/mass-send.ts';
import type { Api } from '../wechat/client/index.ts';
import { audienceIn } from './audience.ts';
import { broadcastCollection } from './broadcast-document.ts';
import { changeBroadcast, freeSlot, moved, readBroadcast, readGate } from './change.ts';
import { previewOf } from './content.ts';
import type { DryRun } from './dry-run.ts';
import { createPlanner, type Plan } from './plan.ts';
import { type MassSendQuota, quotaOf } from './quota.ts';
import type { requests } from './requests.ts';
import { findResults } from './results.ts';
import { createSubmit, type SubmitOptions } from './submit.ts';
import { type MassSendSummary, summaryOf } from './summary.ts';

type Given<Name extends keyof typeof requests> = v.InferOutput<(typeof requests)[Name]>;

/** What operators do with mass sends. */
export interface MassSends {
  /** @param alongside what else happens in the transaction that takes the broadcast */
  submit(
    submission: Given<'submit'>,
    alongside?: (tx: Transaction) => Promise<void>,
  ): Promise<MassSendSummary | DryRun>;
  /** How many followers an audience is, by our copy, and who is left out. Nothing is asked of WeChat. */
  count(request: Given<'count'>): Promise<Plan>;
  /** Makes a video ready to be sent to many; what comes back ends after three days. */
  prepareVideo(request: Given<'prepareVideo'>): Promise<{ readonly mediaId: string }>;
  /** Shows the message to one follower; WeChat allows 100 a day. */
  preview(request: Given<'preview'>): Promise<void>;
  /** @throws AppError `not_found` */
  status(id: string): Promise<MassSendSummary>;
  /** The newest first, without their batches. */
  list(limit: number): Promise<readonly Omit<MassSendSummary, 'results' | 'lines'>[]>;
  /**
   * Before the start or between batches. Batches that WeChat has taken are not called back.
   *
   * @throws AppError `not_found`; `conflict` when there is nothing left to cancel
   */
  cancel(id: string): Promise<MassSendSummary>;
  /** Takes articles and videos off WeChat; the cards that followers received remain visible. */
  delete(request: Given<'delete'>): Promise<{ readonly deleted: number; readonly left: number }>;
  quota(): Promise<MassSendQuota>;
  getSpeed(): Promise<{ readonly speed: Speed; readonly realspeed: number }>;
  setSpeed(speed: Speed): Promise<void>;
}

export interface MassSendsOptions extends SubmitOptions {
  readonly api: Pick<Api, 'card' | 'massSend' | 'draft' | 'material' | 'media'>;
  readonly jobs: Pick<JobOperator, 'get'>;
}

/** WeChat deletes ten sends a day. */
const MAX_DELETES = 10;
const DELETABLE = ['mpnews', 'mpvideo'];

export function createMassSends(options: MassSendsOptions): MassSends {
  const { api, store, jobs, clock, limits } = options;
  const makePlan = createPlanner(options);

  async function status(id: string): Promise<MassSendSummary> {
    const { doc } = await readBroadcast(store, id);
    const open = doc.batches.filter(({ state }) => state === 'accepted');
    const msgIds = open.flatMap(({ msgId }) => msgId ?? []);
    const summary = summaryOf(doc, await findResults(store, msgIds));
    const trouble = summary.isOver ? undefined : await troubleOf(doc.job);
    return trouble ? { ...summary, lines: [trouble, ...summary.lines] } : summary;
  }

  /** Why the worker does not get further. */
  async function troubleOf(job: string): Promise<string | undefined> {
    const { state, attempts, error } = await jobs.get(job);
    if (state === 'dead') {
      return `The worker gave up: ${error?.message} Run \`worker retry\` with {"id": "${job}"} once the cause is mended.`;
    }
    return error && `Attempt ${attempts} failed, and it is tried again: ${error.message}`;
  }

  /** WeChat's ids of a broadcast that can be deleted. */
  async function deletable(id: string): Promise<readonly string[]> {
    const { doc } = await readBroadcast(store, id);
    const { msgtype } = JSON.parse(doc.content) as { msgtype: string };
    if (!DELETABLE.includes(msgtype)) {
      throw new AppError(
        'conflict',
        `WeChat deletes articles and videos only; this is ${msgtype}.`,
      );
    }
    const sent = doc.batches.flatMap(({ msgId }) => msgId ?? []);
    if (sent.length === 0) {
      throw new AppError(
        'conflict',
        `Nothing of it was sent (it is ${doc.state}); cancel it instead.`,
      );
    }
    return sent;
  }

  return {
    submit: createSubmit(options),
    status,

    async count(request) {
      const now = clock.now();
      const gate = await readGate(store, now);
      return makePlan(audienceIn(request), { gate, id: '', at: request.at ?? now });
    },

    async prepareVideo({ mediaId, title, description }) {
      const video = { media_id: mediaId, title, description };
      return { mediaId: (await api.massSend.uploadVideo(video)).media_id };
    },

    async preview({ openid: touser, wechatId: towxname = '', content }) {
      const to = touser === undefined ? { towxname } : { touser };
      await api.massSend.preview(previewOf(content, to));
    },

    async list(limit) {
      const found = await store.query(broadcastCollection, {
        filter: 'all',
        order: [{ field: 'createdAt', direction: 'desc' }],
        limit,
      });
      return found.map(({ doc }) => {
        const { results: _, lines: __, ...rest } = summaryOf(doc, new Map());
        return rest;
      });
    },

    async cancel(id) {
      const doc = await changeBroadcast(store, id, (current) => {
        if (current.isCancelled || current.state === 'cancelled') return undefined;
        const reason = `cancelled by an operator at ${chinaTime(clock.now())} in China`;
        const end = { ...current, isCancelled: true, ending: 'cancelled' as const, reason };
        if (current.state === 'scheduled') {
          return { ...moved(end, 'cancel'), finishedAt: clock.now() };
        }
        if (current.state === 'preparing' || current.state === 'sending') return end;
        throw new AppError(
          'conflict',
          `There is nothing left to cancel: it is ${current.state}. \`delete\` takes articles and videos off WeChat.`,
          { details: { state: current.state } },
        );
      });
      if (doc.state === 'cancelled') {
        // It never started.
        await freeSlot(store, clock.now(), id);
      }
      return status(id);
    },

    async delete({ id, msgId, articleIndex }) {
      const all = id === undefined ? [msgId ?? ''] : await deletable(id);
      const now = all.slice(0, MAX_DELETES);
      const which = present({ article_idx: articleIndex });
      for (const msg_id of now) await api.massSend.delete({ msg_id, ...which });
      return { deleted: now.length, left: all.length - now.length };
    },

    quota: async () => quotaOf(await readGate(store, clock.now()), clock.now(), limits),

    async getSpeed() {
      const { speed, realspeed } = await api.massSend.getSpeed();
      return { speed, realspeed };
    },
    async setSpeed(speed) {
      await api.massSend.setSpeed({ speed });
    },
  };
}
