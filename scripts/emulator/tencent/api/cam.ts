import { action, type Service } from './action.ts';

/** Who one is. https://cloud.tencent.com/document/api/598/33155 */
export const cam: Service = {
  version: '2019-01-16',
  actions: {
    GetUserAppId: action({}, ({ account: { appid, uin } }) => ({
      AppId: Number(appid),
      OwnerUin: uin,
      Uin: uin,
    })),
  },
};
