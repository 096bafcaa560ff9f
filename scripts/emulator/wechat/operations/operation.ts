import type { EndpointName, ResponseOf } from '../../../../shared/wechat/catalogue/index.ts';
import type { Call } from '../call.ts';
import type { World } from '../world.ts';

/** What WeChat does when an endpoint is called. What it refuses is thrown as an `ApiError`. */
export type Operation<Name extends EndpointName> = (
  world: World,
  call: Call,
) => ResponseOf<Name> | Promise<ResponseOf<Name>>;

export const done = { errcode: 0, errmsg: 'ok' } as const;
