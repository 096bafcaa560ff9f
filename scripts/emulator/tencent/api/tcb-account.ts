import { action } from './action.ts';

/** What CloudBase's CLI from 2.12 on asks before it uploads a package to COS. */
export const accountActions = {
  DescribeTcbAccountInfo: action({}, ({ account }) => ({
    AppId: account.appid,
    CloudAppId: account.appid,
    Uin: account.uin,
  })),
};
