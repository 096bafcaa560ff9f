import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toolsRoot } from '../project/root.ts';
import type { Emulation } from './emulation.ts';

/** The followers of `examples/customers.csv`: since a day that the filters of the examples choose. */
const followers = ['oAlice', 'oXiaoming', 'oXiaohong', 'oLiLei', 'oHanmeimei', 'oZhangwei'];
const followedAt = Date.UTC(2026, 5, 1) / 1_000;
const tags = ['会员', '老顾客'] as const;
const members = followers.slice(0, 3);

const template = {
  title: '下单成功通知',
  content: '商品:{{thing1.DATA}}',
  example: '商品:茶叶',
};
const ids = {
  cover: 'spring-cover',
  template: 'order-template',
  subscribe: 'order-notice',
} as const;
const agent = 'support@gh_name';

/** What is asked of an emulated WeChat to fill it, and where its API is reached. */
export type SeededEmulation = Pick<Emulation, 'wechatApi' | 'account'>;

/**
 * Puts into the emulated WeChat what the examples of the documentation speak of: followers, tags, a menu,
 * a cover, a draft, templates and an agent. What is there already stays, so that it may be run again.
 *
 * @returns what there is now, in a line
 */
export async function seed({ wechatApi, account }: SeededEmulation): Promise<string> {
  const example = (name: string) => readFileSync(path.join(toolsRoot, 'examples', name));
  const call = apiOf(wechatApi, await tokenOf(wechatApi, account));

  for (const openid of followers) {
    const wechatId = openid === 'oAlice' ? { wechatId: 'my-wechat-id' } : {};
    await control('PUT', `followers/${openid}`, { isFollowing: true, followedAt, ...wechatId });
  }
  const tagIds = await seedTags();
  await call('tags/members/batchtagging', { tagid: tagIds[0], openid_list: members });
  await call('menu/create', JSON.parse(example('menu.json').toString()));
  await seedDraft();
  await seedTemplates();
  await seedAgent();
  return `${followers.length} followers (oAlice …), tags ${tagIds.join(' and ')}, the menu of examples/menu.json, the cover ${ids.cover} with a draft, the templates ${ids.template} and ${ids.subscribe}, the agent ${agent}`;

  async function seedTags(): Promise<readonly number[]> {
    const known = (await call('tags/get')).tags as readonly { id: number; name: string }[];
    const seeded: number[] = [];
    for (const name of tags) {
      const before = known.find((each) => each.name === name);
      const made = before ?? ((await call('tags/create', { tag: { name } })).tag as { id: number });
      seeded.push(made.id);
    }
    return seeded;
  }

  async function seedDraft(): Promise<void> {
    const { material } = (await control('GET', 'media')) as { material: { mediaId: string }[] };
    if (material.some(({ mediaId }) => mediaId === ids.cover)) return;
    const query = `type=image&fileName=cover.png&mediaId=${ids.cover}`;
    await control('POST', `material?${query}`, example('cover.png'));
    await call('draft/add', JSON.parse(example('draft.json').toString()));
  }

  async function seedTemplates(): Promise<void> {
    const { template_list: known } = (await call('template/get_all_private_template')) as {
      template_list: readonly { template_id: string }[];
    };
    if (!known.some(({ template_id: id }) => id === ids.template)) {
      await control('POST', 'templates', { ...template, templateId: ids.template });
      const subscribe = { ...template, templateId: ids.subscribe, subscribeType: 3 };
      await control('POST', 'templates', subscribe);
    }
    for (const openid of members) {
      await control('POST', 'consents', { openid, templateId: ids.subscribe, how: 'forever' });
    }
  }

  async function seedAgent(): Promise<void> {
    const { kf_list: known } = (await call('customservice/getkflist')) as {
      kf_list: readonly { kf_account: string }[];
    };
    if (known.some(({ kf_account: each }) => each === agent)) return;
    await call('/customservice/kfaccount/add', { kf_account: agent, nickname: '小助手' });
    await control('PUT', `agents/${agent}`, { wechatId: 'wx-of-a-person', isOnline: true });
  }

  /** The emulator's own API: what people do, in place of the account. */
  async function control(method: string, where: string, body?: object): Promise<unknown> {
    const sent = body === undefined ? {} : { body: bodyOf(body) };
    const response = await wechatApi.fetch(`https://api.weixin.qq.com/emulator/${where}`, {
      method,
      ...sent,
    });
    if (!response.ok) throw new Error(`The seed failed at ${where}: ${await response.text()}`);
    return response.json();
  }
}

function bodyOf(body: object): string | Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** Calls the API as the account does; a path without `/` lies below `/cgi-bin/`. */
function apiOf({ fetch }: Emulation['wechatApi'], token: string) {
  return async (where: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
    const url = new URL(where.startsWith('/') ? where : `/cgi-bin/${where}`, API);
    url.searchParams.set('access_token', token);
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    if (answer.errcode) throw new Error(`The seed failed at ${where}: ${String(answer.errmsg)}`);
    return answer;
  };
}

const API = 'https://api.weixin.qq.com';

/** The one that the functions have, too: a token of the classic kind would end theirs. */
async function tokenOf(
  { fetch }: Emulation['wechatApi'],
  { appid, secret }: Emulation['account'],
): Promise<string> {
  const response = await fetch(`${API}/cgi-bin/stable_token`, {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'client_credential', appid, secret }),
  });
  const { access_token: token, errmsg } = (await response.json()) as Record<string, string>;
  if (token === undefined) throw new Error(`The seed got no token: ${errmsg}`);
  return token;
}
