import type { PushAccount, PushMode } from '../../emulator/wechat/push/account.ts';

/** The account of the benchmarks; nothing in it is real. */
export const benchAccount = {
  appid: 'wxbe0cb0000000001f',
  secret: 'be0c4be0c4be0c4be0c4be0c4be0c4be',
  token: 'benchtoken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  originalId: 'gh_bench',
} as const;

export const accountIn = (mode: PushMode): PushAccount => ({ ...benchAccount, mode });
