/** What menus and mass sends must know about somebody who follows the account, or once did. */
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

/** The followers of the account, as the rest of the emulator asks for them. */
export interface Followers {
  /** `undefined` for an openid that was never here. */
  find(openid: string): EmulatedFollower | undefined;
  findByWechatId(wechatId: string): EmulatedFollower | undefined;
  /** Those who follow now, blacklisted or not. */
  list(): readonly EmulatedFollower[];
  hasTag(tagId: number): boolean;
}
