import type { Log } from '../../kernel/log.ts';
import { lazyApi } from '../../wechat/client/api-of.ts';
import type { Api } from '../../wechat/client/index.ts';
import type { ApiConfig } from './api-settings.ts';
import type { World } from './world.ts';

/** The WeChat API with the account's token. The first call loads it, since most pushes call nothing. */
export function weChatApi(world: World, config: ApiConfig, log: Log): Api {
  return lazyApi(async () => {
    const { createApi } = await import('./wechat-client.ts');
    return createApi(world, config, log);
  });
}
