import { appliedFor, type Done, readByPost, write } from './endpoint.ts';

/** Which pushes go to a cloud function: one pair of type and event to one function. */
export interface FunctionCallback {
  /** Such as `text` or `event`. */
  readonly msgType: string;
  /** Such as `subscribe`; empty for a type other than `event`. */
  readonly event: string;
  /** The environment of the function. */
  readonly env: string;
  readonly functionName: string;
  readonly enable: boolean;
}

export interface FunctionCallbackConfig {
  readonly enable: boolean;
  readonly callbacks: readonly FunctionCallback[];
}

export interface ContainerCallbackConfig {
  readonly enable: boolean;
  readonly qbase_env: string;
  readonly qbase_container_path: string;
  /** 1: JSON. 2: XML. */
  readonly text_mode: 1 | 2;
}

/** What is missing stays as it is. While a container takes the pushes, no function can. */
export interface CallbackConfig {
  readonly function_config?: FunctionCallbackConfig;
  readonly container_config?: ContainerCallbackConfig;
}

/**
 * Where pushes inside WeChat Cloud go. WeChat lists both for platforms that act for an account, and
 * neither can be called without a token, from inside WeChat Cloud.
 *
 * @see https://developers.weixin.qq.com/doc/oplatform/openApi/cloudbase-common/msg-push/api_setcallbackconfig.html
 */
export const callbackConfig = appliedFor('云开发权限集 49', {
  /**
   * Says where WeChat Cloud pushes messages to.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/cloudbase-common/msg-push/api_setcallbackconfig.html
   */
  set: write<CallbackConfig>('/tcb/setcallbackconfig', { repeat: 'safe', unlisted: true }),
  /**
   * Where WeChat Cloud pushes messages to.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/cloudbase-common/msg-push/api_setcallbackconfig.html
   */
  get: readByPost<undefined, { readonly data: CallbackConfig } & Done>('/tcb/getcallbackconfig', {
    unlisted: true,
  }),
});
