import { createErase } from '../../shared/app/erase.ts';
import { createFollowers } from '../../shared/followers/index.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { createOutreach } from '../../shared/outreach/index.ts';
import { createClient } from '../../shared/wechat/client/index.ts';
import { createWechatApi } from '../emulator/wechat/api.ts';
import type { Switches } from '../emulator/wechat/options.ts';
import type { EventMessage } from '../emulator/wechat/push/messages.ts';
import { fetchTransport } from './fetch-transport.ts';
import { createJobFixture, silentLog } from './jobs/job-fixture.ts';
import { testAccount as account, testTrace } from './test-account.ts';

export interface AccountFixtureOptions {
  readonly switches?: Partial<Switches>;
  /** Hears what WeChat tells of itself. */
  readonly onEvent?: (event: EventMessage) => Promise<void>;
}

/** An account at the emulated WeChat, with jobs and followers of ours on a store in memory. */
export async function createAccountFixture({ switches = {}, onEvent }: AccountFixtureOptions = {}) {
  const jobs = createJobFixture();
  const { clock, store, queue } = jobs;
  const wechat = createWechatApi({
    account,
    now: clock.now,
    after: clock.after,
    switches,
    ...(onEvent ? { pushEvent: onEvent } : {}),
  });
  const paths: string[] = [];
  const transport = fetchTransport((url, init) => {
    paths.push(new URL(url).pathname);
    return wechat.fetch(url, init);
  });
  const token = await newToken();
  const api = createClient({
    transport,
    baseUrl: 'https://api.weixin.qq.com',
    token: { get: async () => token, reject: async () => newToken() },
    clock,
    random: () => 0.5,
    log: silentLog,
  });
  const random = () => 0;
  const traceOf = testTrace;
  const followers = createFollowers({ api, store, queue, clock, random, traceOf });
  const outreach = createOutreach({ api, store, clock, traceOf });
  const erase = createErase({ store, clock, traceOf, presence: followers.presence });

  async function newToken(): Promise<Secret> {
    const { appid, secret } = account;
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`;
    const response = await wechat.fetch(`https://api.weixin.qq.com/cgi-bin/token?${query}`);
    return new Secret(((await response.json()) as { access_token: string }).access_token);
  }

  /** The control endpoint of the emulator. */
  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await wechat.fetch(`https://api.weixin.qq.com/emulator/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  }

  /** How often each path was called since the last time this was asked. */
  function calls(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const path of paths.splice(0)) counts[path] = (counts[path] ?? 0) + 1;
    return counts;
  }

  return { ...jobs, wechat, api, random, followers, outreach, erase, traceOf, control, calls };
}

export type AccountFixture = Awaited<ReturnType<typeof createAccountFixture>>;
