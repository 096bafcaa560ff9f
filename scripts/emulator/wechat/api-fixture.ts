import { createFakeClock } from '../../testing/fake-clock.ts';
import { testAccount } from '../../testing/test-account.ts';
import { createWechatApi, type WechatApiOptions } from './api.ts';
import { CLIENT_IP_HEADER } from './http/call.ts';

export const account = testAccount;

/** 2026-01-01 00:00 in Beijing. */
export const MIDNIGHT = Date.UTC(2025, 11, 31, 16);

export interface Answer {
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly [field: string]: unknown;
}

/** An emulated API under a fake clock that stands at noon in Beijing, and the calls tests make. */
export function createTestApi(options: Partial<WechatApiOptions> = {}) {
  const clock = createFakeClock(MIDNIGHT + 12 * 3_600_000);
  const api = createWechatApi({ account, now: clock.now, after: clock.after, ...options });

  async function call(path: string, init?: RequestInit): Promise<Answer> {
    const response = await api.fetch(`https://api.weixin.qq.com${path}`, init);
    return (await response.json()) as Answer;
  }
  const get = (path: string, clientIp?: string) =>
    call(path, clientIp ? { headers: { [CLIENT_IP_HEADER]: clientIp } } : {});
  const post = (path: string, body: unknown, method = 'POST') =>
    call(path, { method, body: JSON.stringify(body) });

  const credentials = `grant_type=client_credential&appid=${account.appid}&secret=${account.secret}`;
  const classic = () => get(`/cgi-bin/token?${credentials}`);
  const stable = (fields: object = {}) =>
    post('/cgi-bin/stable_token', { grant_type: 'client_credential', ...account, ...fields });

  /** The errcode that a token meets at an ordinary endpoint; 0 when it is good. */
  async function use(token: string | undefined): Promise<number> {
    const { errcode = 0 } = await get(`/cgi-bin/getcallbackip?access_token=${token ?? ''}`);
    return errcode;
  }
  async function tokenQuery(): Promise<string> {
    return `access_token=${(await stable()).access_token}`;
  }

  return { api, clock, call, get, post, credentials, classic, stable, use, tokenQuery };
}

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
