import { apiSettings } from '../../../shared/app/parts/api-settings.ts';
import { weChatApi } from '../../../shared/app/parts/wechat.ts';
import { systemWorld } from '../../../shared/app/parts/world.ts';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { createLog } from '../../../shared/kernel/log.ts';

/** Ours as any function of it has it: the API client, over the token in the store. */
export const main = ({ appid, secret }: { appid: string; secret: string }) => {
  const env = {
    ...process.env,
    WECHAT_APPID: appid,
    WECHAT_APPSECRET: secret,
    WECHAT_API_BASE_URL: process.env.WECHAT_URL,
  };
  const log = createLog({ write: () => {}, now: () => systemClock.now() });
  const api = weChatApi({ ...systemWorld, env }, loadConfig(env, apiSettings), log);
  return async () => Array.isArray((await api.network.listCallbackIps()).ip_list);
};
