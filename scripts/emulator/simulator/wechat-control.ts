import { BadRequest } from '../wechat/control/body.ts';

/** The control API of the emulated WeChat, in process. */
export interface WechatControl {
  /** @throws BadRequest with WeChat's own words if it does not want to. */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

export function createWechatControl(fetch: typeof globalThis.fetch): WechatControl {
  return {
    async call<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`http://wechat.test/emulator${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as T & Refusal;
      if (!response.ok) throw refusalOf(response, answer);
      return answer;
    },
  };
}

interface Refusal {
  readonly error?: string;
  readonly errcode?: number;
}

/** What the emulated WeChat did not want, in its own words. */
export function refusalOf({ status }: Response, { error, errcode }: Refusal): BadRequest {
  return new BadRequest(error ?? `WeChat answered ${status}.`, errcode);
}
