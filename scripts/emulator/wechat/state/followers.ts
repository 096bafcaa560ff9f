import type { SubscribeScene } from '../../../../shared/wechat/catalogue/user.ts';
import type { Storage } from './storage.ts';

/** What a follower is, besides the openid. What is missing is as with most of them. */
export interface FollowerRecord {
  /** Seconds since the epoch; missing for those who do not follow now. */
  followedAt?: number;
  /** Whether they ever followed; a visitor of a web page may not have. */
  hasFollowed?: boolean;
  remark?: string;
  tagIds?: number[];
  scene?: SubscribeScene;
  qrScene?: number;
  qrSceneText?: string;
  unionid?: string;
  wechatId?: string;
  clientPlatform?: '1' | '2' | '3';
  isBlacklisted?: boolean;
  /** Receives nothing from the account, by their own choice. */
  refusesMessages?: boolean;
}

/** A follower, or a former one, as menus and mass sends see them. */
export interface EmulatedFollower {
  readonly openid: string;
  /** By which menus are tried and mass sends previewed. */
  readonly wechatId?: string;
  readonly isFollowing: boolean;
  readonly isBlacklisted: boolean;
  /** Has chosen to receive nothing from the account. */
  readonly refusesMessages: boolean;
  /** In the order in which they were given. */
  readonly tagIds: readonly number[];
  /** `1` iOS, `2` Android, `3` others. */
  readonly clientPlatform: '1' | '2' | '3';
}

export interface FollowerBook {
  /** `undefined` for an openid that was never here. */
  find(openid: string): EmulatedFollower | undefined;
  findByWechatId(wechatId: string): EmulatedFollower | undefined;
  /** Those who follow now, blacklisted or not. */
  list(): readonly EmulatedFollower[];
  /** `undefined` for an openid that was never here. */
  record(openid: string): Readonly<FollowerRecord> | undefined;
  /** Those who follow now, in the order in which they came. */
  openids(): readonly string[];
  /** Those that `chosen` picks, followers or not. */
  openidsWhere(chosen: (record: FollowerRecord) => boolean): readonly string[];
  /** Adds or changes one. */
  set(openid: string, change: Partial<FollowerRecord>): void;
  setMany(entries: Iterable<readonly [string, FollowerRecord]>): void;
  follow(openid: string, how?: Partial<FollowerRecord>): void;
  unfollow(openid: string): void;
}

/** Everybody whom the account has met. */
export function createFollowers(storage: Storage, now: () => number): FollowerBook {
  const section = storage.section<{ records: Record<string, FollowerRecord> }>('followers', () => ({
    records: {},
  }));
  const seconds = () => Math.floor(now() / 1_000);
  let listed: { readonly of: object; readonly openids: readonly string[] } | undefined;
  const all = () => section.read().records;
  const record = (openid: string) => (Object.hasOwn(all(), openid) ? all()[openid] : undefined);
  const where = (chosen: (record: FollowerRecord) => boolean) =>
    Object.keys(all()).filter((openid) => chosen(all()[openid] ?? {}));

  function write(work: (records: Record<string, FollowerRecord>) => void): void {
    listed = undefined;
    section.update(({ records }) => work(records));
  }

  return {
    record,
    openids() {
      // A million of them are listed page by page.
      if (listed?.of !== all()) listed = { of: all(), openids: where(isFollowing) };
      return listed.openids;
    },
    openidsWhere: where,
    find(openid) {
      const found = record(openid);
      return found && describe(openid, found);
    },
    findByWechatId(wechatId) {
      const [openid] = where((each) => each.wechatId === wechatId);
      const found = openid === undefined ? undefined : record(openid);
      return openid !== undefined && found ? describe(openid, found) : undefined;
    },
    list: () =>
      Object.entries(all())
        .filter(([, each]) => isFollowing(each))
        .map(([openid, each]) => describe(openid, each)),

    set(openid, change) {
      write((records) => {
        records[openid] = { ...record(openid), ...change };
      });
    },
    setMany(entries) {
      write((records) => {
        for (const [openid, each] of entries) records[openid] = each;
      });
    },
    follow(openid, how = {}) {
      write((records) => {
        const before = record(openid);
        // Who comes back stands at the end of the list.
        delete records[openid];
        records[openid] = { ...before, ...how, followedAt: seconds(), hasFollowed: true };
      });
    },
    unfollow(openid) {
      write((records) => {
        const { followedAt: _, tagIds: __, ...rest } = record(openid) ?? {};
        records[openid] = { ...rest, hasFollowed: true };
      });
    },
  };
}

export function isFollowing({ followedAt }: FollowerRecord): boolean {
  return followedAt !== undefined;
}

function describe(openid: string, record: FollowerRecord): EmulatedFollower {
  const { wechatId, tagIds = [], clientPlatform = '1' } = record;
  return {
    openid,
    ...(wechatId === undefined ? {} : { wechatId }),
    isFollowing: isFollowing(record),
    isBlacklisted: record.isBlacklisted ?? false,
    refusesMessages: record.refusesMessages ?? false,
    tagIds,
    clientPlatform,
  };
}
