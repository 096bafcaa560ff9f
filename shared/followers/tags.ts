import type { Queue } from '../jobs/index.ts';
import type { Tag } from '../wechat/catalogue/tag.ts';
import type { Api } from '../wechat/client/index.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import type { Book } from './book.ts';
import { type Follower, withoutTag, withTags } from './follower.ts';
import { forgetTagJob } from './forget-tag.ts';

/** https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging.html */
const MAX_TAGGED_AT_ONCE = 50;
const MAX_BLOCKED_AT_ONCE = 20;
/** WeChat has tagged some of the openids, and must be asked which. */
const PARTLY = 45171;

/** A tag with WeChat's count of the followers who have it. */
export type CountedTag = Tag & { readonly count: number };

/** How a change of many followers ended. It names no follower. */
export interface Changed {
  readonly asked: number;
  readonly done: number;
  /** What WeChat refused, batch by batch. */
  readonly refused: readonly {
    readonly openids: number;
    readonly errcode: number;
    readonly meaning: string;
  }[];
}

/** WeChat's tags and blacklist, with our copy of the followers kept in step. */
export interface Tags {
  list(): Promise<readonly CountedTag[]>;
  create(name: string): Promise<Tag>;
  rename(tag: Tag): Promise<void>;
  /** WeChat refuses it (45057) while more than 100 000 followers have it. */
  delete(id: number): Promise<void>;
  tag(tagId: number, openids: readonly string[]): Promise<Changed>;
  untag(tagId: number, openids: readonly string[]): Promise<Changed>;
  /** Puts followers on the blacklist: they get no mass messages and cannot write to the account. */
  block(openids: readonly string[]): Promise<Changed>;
  unblock(openids: readonly string[]): Promise<Changed>;
  /** Counts the followers on the blacklist. */
  countBlocked(): Promise<{ readonly total: number }>;
  setRemark(openid: string, remark: string): Promise<void>;
}

export interface TagsOptions {
  readonly api: Pick<Api, 'tag' | 'blacklist' | 'user'>;
  readonly book: Book;
  readonly refresh: (openids: readonly string[]) => Promise<void>;
  readonly queue: Queue;
  readonly now: () => number;
}

export function createTags({ api, book, refresh, queue, now }: TagsOptions): Tags {
  /** Calls WeChat batch by batch, and changes our copy after each batch that WeChat took. */
  async function inBatches(
    openids: readonly string[],
    size: number,
    call: (batch: readonly string[]) => Promise<unknown>,
    copy: (one: Follower) => Follower,
  ): Promise<Changed> {
    const all = [...new Set(openids)];
    const refused: Changed['refused'][number][] = [];
    let done = 0;
    for (let at = 0; at < all.length; at += size) {
      const batch = all.slice(at, at + size);
      try {
        await call(batch);
        await book.editEach(batch, copy);
        done += batch.length;
      } catch (error) {
        if (!(error instanceof WeChatError) || error.code === 'rate_limited') throw error;
        if (error.errcode === PARTLY) await refresh(batch);
        const { errcode, meaning } = error;
        refused.push({ openids: batch.length, errcode, meaning });
      }
    }
    return { asked: all.length, done, refused };
  }

  return {
    list: async () => (await api.tag.list()).tags,
    create: async (name) => (await api.tag.create({ tag: { name } })).tag,
    async rename(tag) {
      await api.tag.update({ tag });
    },
    async delete(id) {
      await api.tag.delete({ tag: { id } });
      await queue.enqueue(forgetTagJob, { tagId: id }, { key: String(id) });
    },

    tag: (tagid, openids) =>
      inBatches(
        openids,
        MAX_TAGGED_AT_ONCE,
        (openid_list) => api.tag.addFollowers({ openid_list, tagid }),
        (one) => withTags(one, [...(one.tags ?? []).filter((id) => id !== tagid), tagid]),
      ),
    untag: (tagid, openids) =>
      inBatches(
        openids,
        MAX_TAGGED_AT_ONCE,
        (openid_list) => api.tag.removeFollowers({ openid_list, tagid }),
        (one) => withoutTag(one, tagid),
      ),

    block: (openids) =>
      inBatches(
        openids,
        MAX_BLOCKED_AT_ONCE,
        (openid_list) => api.blacklist.add({ openid_list }),
        (one) => ({ ...one, blockedAt: now() }),
      ),
    unblock: (openids) =>
      inBatches(
        openids,
        MAX_BLOCKED_AT_ONCE,
        (openid_list) => api.blacklist.remove({ openid_list }),
        ({ blockedAt: _, ...rest }) => rest,
      ),
    countBlocked: async () => ({ total: (await api.blacklist.list({})).total ?? 0 }),

    async setRemark(openid, remark) {
      await api.user.setRemark({ openid, remark });
      await book.editEach([openid], (one) => ({ ...one, remark }));
    },
  };
}
