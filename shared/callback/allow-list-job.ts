import * as v from 'valibot';
import { defineJob, type Job, type JobKind, type Queue } from '../jobs/index.ts';
import type { Config } from '../kernel/settings.ts';
import type { Store } from '../store/store.ts';
import type { Api } from '../wechat/client/index.ts';
import { storeAllowList } from './allow-list.ts';

export const allowListSettings = ['appid', 'callbackAllowList'] as const;

const DAY_MS = 24 * 3_600_000;

const addressesJob: JobKind<Record<string, never>, 'callback-addresses'> = {
  kind: 'callback-addresses',
  payload: v.strictObject({}),
};

export interface AllowListUpkeep {
  /** Asks WeChat once a day which addresses pushes come from. */
  readonly job: Job<'callback-addresses'>;
  /** To be called in every shift: puts today's job into the queue, once over all instances. */
  readonly tick: () => Promise<void>;
}

export function createAllowListUpkeep(options: {
  readonly config: Pick<Config, (typeof allowListSettings)[number]>;
  readonly store: Pick<Store, 'get' | 'create' | 'replaceIf'>;
  readonly queue: Queue;
  readonly api: Api;
  readonly now: () => number;
}): AllowListUpkeep {
  const { config, store, queue, api, now } = options;
  let today = 0;

  return {
    job: defineJob({
      ...addressesJob,
      async run({ signal }) {
        const { ip_list: addresses } = await api.network.listCallbackIps(undefined, { signal });
        await storeAllowList(store, {
          _id: config.appid,
          addresses: [...addresses],
          fetchedAt: new Date(now()),
        });
        return undefined;
      },
    }),
    async tick() {
      const day = Math.floor(now() / DAY_MS);
      if (config.callbackAllowList === 'off' || day === today) return;
      await queue.enqueue(addressesJob, {}, { key: `${config.appid} ${day}` });
      today = day;
    },
  };
}
