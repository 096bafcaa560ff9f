import type { CallFunction } from '../wechat/push/cloud-routes.ts';
import type { ForwardedResponse } from './http-function.ts';
import { WECHAT_SOURCE } from './invoker.ts';
import type { ScfEmulator } from './scf.ts';

/**
 * Where a call of a cloud function comes from, by the word of WeChat Cloud.
 *
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html
 */
export const wechatSources = [
  'wx_devtools',
  'wx_client',
  'wx_http',
  'wx_trigger',
  'wx_paycallback',
  'wx_crawler',
  'wx_localdebug',
  'wx_unknown',
  'scf',
] as const;
export type WechatSource = (typeof wechatSources)[number];

export interface WechatCaller {
  /** Several for a call that was passed on, the first caller first. */
  readonly sources: readonly WechatSource[];
  readonly envId: string;
  /** The account that owns the environment. */
  readonly appid?: string;
  /** The account that shares it, where the call is about that one. */
  readonly fromAppid?: string;
  /** The person, where a client calls. */
  readonly openid?: string;
}

/** The platform's variables of one call, as they stand in the context of a cloud function. */
export function wechatContext(caller: WechatCaller): Readonly<Record<string, string>> {
  const { sources, envId, appid, fromAppid, openid } = caller;
  return {
    TCB_ENV: envId,
    TCB_SOURCE: sources.join(','),
    ...(appid === undefined ? {} : { WX_APPID: appid }),
    ...(fromAppid === undefined ? {} : { WX_FROM_APPID: fromAppid }),
    ...(openid === undefined ? {} : { WX_OPENID: openid }),
  };
}

/** The network inside WeChat Cloud, by which a container is reached without a gateway. */
export function containerFetch(
  invoke: ScfEmulator['invoke'],
  name: string,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const event = {
      method: request.method,
      url: pathname + search,
      rawHeaders: [...request.headers].flat(),
      body: Buffer.from(await request.arrayBuffer()).toString('base64'),
    };
    const outcome = await unlessAborted(
      invoke(name, event, { source: WECHAT_SOURCE }),
      request.signal,
    );
    if (!outcome.ok) {
      throw new TypeError('fetch failed', { cause: new Error(outcome.error.errorMessage) });
    }
    const { status, headers, body } = outcome.result as ForwardedResponse;
    return new Response(Buffer.from(body, 'base64'), { status, headers });
  };
}

/** How WeChat calls a cloud function by its name. */
export function functionCaller(invoke: ScfEmulator['invoke'], name: string): CallFunction {
  return async (event, environ) => {
    const outcome = await invoke(name, event, { environ, source: WECHAT_SOURCE });
    return outcome.ok
      ? { ok: true, result: outcome.result }
      : { ok: false, error: outcome.error.errorMessage };
  };
}

function unlessAborted<R>(work: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
