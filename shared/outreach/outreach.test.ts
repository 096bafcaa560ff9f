import { describe, expect, test } from '@jest/globals';
import { actions, type FollowersInvocation } from '../../functions/followers/index.ts';
import { createAccountFixture } from '../../scripts/testing/account-fixture.ts';
import { followerJobs } from '../app/followers.ts';
import type { ActionResult } from '../kernel/action.ts';
import { invokable } from '../scf/invoke.ts';
import { qrcodeCollection } from './index.ts';

const alice = 'oAlice00000000000000000000001';
const DAY_MS = 86_400_000;

async function setUp() {
  const fixture = await createAccountFixture();
  const main = invokable(actions, () => fixture);
  const outcomes: ActionResult[] = [];
  const invoke = async (action: string, payload?: unknown) => {
    const event = { action, ...(payload === undefined ? {} : { payload }) } as FollowersInvocation;
    const outcome = await main(event, { request_id: 'r' });
    outcomes.push(outcome);
    return outcome;
  };
  return {
    ...fixture,
    outcomes,
    invoke,
    sync: async () => {
      await invoke('sync');
      await fixture.shift(followerJobs(fixture));
    },
    data: async (action: string, payload?: unknown) => {
      const outcome = await invoke(action, payload);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.data as Record<string, unknown>;
    },
  };
}

const template = {
  templateId: 'T1',
  title: '下单成功通知',
  content: '商品:{{thing1.DATA}}',
  example: '商品:茶',
};

describe('QR codes', () => {
  test('a code is made, listed with its note until it ends, and gone from the list then', async () => {
    const { data, clock, wechat } = await setUp();
    const made = await data('createQrcode', { scene: 'shop-12', days: 2, note: '海报' });

    expect(made).toMatchObject({
      scene: 'shop-12',
      note: '海报',
      expiresAt: new Date(clock.now() + 2 * DAY_MS).toISOString(),
    });
    const picture = await wechat.fetch(String(made.picture));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpg']);
    expect(await data('listQrcodes')).toEqual({ qrcodes: [made] });

    await clock.advance(2 * DAY_MS);
    expect(await data('listQrcodes')).toEqual({ qrcodes: [] });
  });

  test('a permanent code of the same scene is the same one, and takes a new note', async () => {
    const { data, store } = await setUp();
    const first = await data('createQrcode', { scene: 7, permanent: true });
    const again = await data('createQrcode', { scene: 7, permanent: true, note: 'door' });

    expect(again).toMatchObject({ ticket: first.ticket, scene: '7' });
    expect(first).not.toHaveProperty('expiresAt');
    const { qrcodes } = (await data('listQrcodes')) as { qrcodes: unknown[] };
    expect(qrcodes).toEqual([expect.objectContaining({ note: 'door' })]);
    expect(await store.count(qrcodeCollection, 'all')).toBe(1);
  });

  test('stats count who follows by each scene, as the events and a sync tell', async () => {
    const { data, control, followers, clock, sync } = await setUp();
    await data('createQrcode', { scene: 'shop-12', note: '海报' });
    await data('createQrcode', { scene: 'shop-13' });
    for (const [openid, key] of [
      ['oOneByTheCode', 'qrscene_shop-12'],
      ['oTwoByTheCode', 'qrscene_shop-12'],
      ['oThreeByAnother', 'qrscene_8'],
      ['oFourBySearch', ''],
    ] as const) {
      await control('POST', 'note', { openid, type: 'event', Event: 'subscribe', EventKey: key });
    }
    await followers.presence.came('oOneByTheCode', clock.now(), 'shop-12');
    const expected = [
      { scene: 'shop-12', followers: 1, note: '海报' },
      { scene: 'shop-13', followers: 0 },
    ];
    expect(await data('qrcodeStats')).toEqual({ scenes: expected });

    await sync();

    expect(await data('qrcodeStats')).toEqual({
      scenes: [
        { scene: 'shop-12', followers: 2, note: '海报' },
        { scene: '8', followers: 1 },
        { scene: 'shop-13', followers: 0 },
      ],
    });
    expect(await data('count', { filter: { qrcode: ['shop-12', '8'] } })).toEqual({
      followers: 4,
      chosen: 3,
    });
  });

  test('by day they count who began to follow then, by the days of China', async () => {
    const { data, followers, clock } = await setUp();
    await data('createQrcode', { scene: 'shop-12', note: '海报' });
    await followers.presence.came('oTheDayBefore0', clock.now(), 'shop-12');
    await clock.advance(DAY_MS);
    for (const openid of ['oOneByTheCode', 'oTwoByTheCode']) {
      await followers.presence.came(openid, clock.now(), 'shop-12');
    }
    await followers.presence.came('oThreeByAnother', clock.now(), '8');
    await followers.presence.came('oFourBySearch', clock.now());

    // Nothing but the followers was counted, and each of them has scanned.
    const same = (counts: readonly number[]) => ({ scans: counts, follows: counts, stay: counts });

    const { days, scenes } = await data('qrcodeDays', { days: 3 });

    expect(days).toHaveLength(3);
    expect(scenes).toEqual([
      { scene: 'shop-12', note: '海报', ...same([0, 1, 2]) },
      { scene: '8', ...same([0, 0, 1]) },
    ]);
    expect((await data('qrcodeDays', { days: 1 })).scenes).toEqual([
      { scene: 'shop-12', note: '海报', ...same([2]) },
      { scene: '8', ...same([1]) },
    ]);
  });

  test.each([
    [{}, 'scene is missing; it must be a text of 1 to 64 characters'],
    [{ scene: 1.5 }, 'scene must be a whole number'],
    [{ scene: '' }, 'scene is empty'],
    [{ scene: 'x'.repeat(65) }, 'scene has more than 64 characters'],
    [{ scene: 100_001, permanent: true }, 'give it as a text'],
    [{ scene: 'a', days: 31 }, 'days must be a whole number from 1 to 30'],
  ])('refuses %j', async (payload, message) => {
    const { invoke, calls } = await setUp();
    const outcome = await invoke('createQrcode', payload);

    expect(outcome).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(JSON.stringify(outcome)).toContain(message);
    expect(calls()).toEqual({});
  });
});

describe('messages by template', () => {
  const notice = { touser: alice, template_id: 'T1', data: { thing1: { value: '茶' } } };

  test('a template message reaches its follower once for a client_msg_id', async () => {
    const { data, control, outcomes } = await setUp();
    await control('PUT', `followers/${alice}`, { isFollowing: true });
    await control('POST', 'templates', template);
    expect(await data('listTemplates')).toEqual({
      templates: [
        {
          id: 'T1',
          title: template.title,
          content: template.content,
          example: template.example,
        },
      ],
    });

    const first = await data('sendTemplate', { ...notice, client_msg_id: 'order-1' });
    const again = await data('sendTemplate', { ...notice, client_msg_id: 'order-1' });

    expect(first).toEqual({ msgid: expect.stringMatching(/^\d+$/) });
    expect(again).toEqual(first);
    expect(await control('GET', `sent?openid=${alice}`)).toEqual([
      expect.objectContaining({ kind: 'template', text: '下单成功通知\n商品:茶' }),
    ]);
    expect(JSON.stringify(outcomes)).not.toContain(alice);
  });

  test('a subscription message needs the consent of its follower', async () => {
    const { data, invoke, control } = await setUp();
    await control('PUT', `followers/${alice}`, { isFollowing: true });
    await control('POST', 'templates', { ...template, subscribeType: 2 });
    expect(await data('listSubscribeTemplates')).toMatchObject({
      templates: [{ id: 'T1', kind: 'one time' }],
    });

    const refused = await invoke('sendSubscribe', notice);
    await control('POST', 'consents', { openid: alice, templateId: 'T1', how: 'once' });

    expect(refused).toMatchObject({ ok: false, error: { details: { errcode: 43101 } } });
    expect(await invoke('sendSubscribe', notice)).toMatchObject({ ok: true, data: null });
  });

  test('a text is kept under a short key, for as long as it is said', async () => {
    const { data, api, clock } = await setUp();
    const { shortKey, expiresAt } = await data('shorten', { text: '订单 12', days: 3 });

    expect(expiresAt).toBe(new Date(clock.now() + 3 * DAY_MS).toISOString());
    expect(await api.shortKey.get({ short_key: String(shortKey) })).toMatchObject({
      long_data: '订单 12',
      expire_seconds: 3 * 86_400,
    });
  });
});

describe('customer service', () => {
  const agent = 'support@gh_name';

  test('agents are added, invited, listed and deleted', async () => {
    const { data, invoke, control } = await setUp();
    await invoke('addAgent', { agent, nickname: '小助手', invite: 'wx-of-a-person' });
    expect(await data('listAgents')).toEqual({
      agents: [{ agent, nickname: '小助手', isOnline: false, invitation: 'waiting' }],
    });

    await control('PUT', `agents/${agent}`, { isInvitationAccepted: true, isOnline: true });
    expect(await data('listAgents')).toEqual({
      agents: [{ agent, nickname: '小助手', isOnline: true, sessions: 0 }],
    });

    await invoke('deleteAgent', { agent });
    expect(await data('listAgents')).toEqual({ agents: [] });
  });

  test('sessions name no follower, and the same follower by the same word', async () => {
    const { data, invoke, control, api, outcomes, traceOf } = await setUp();
    await control('PUT', `followers/${alice}`, { isFollowing: true });
    await control('PUT', 'followers/oBob0001', { isFollowing: true });
    await invoke('addAgent', { agent, nickname: '小助手', invite: 'wx-of-a-person' });
    await control('PUT', `agents/${agent}`, { isInvitationAccepted: true, isOnline: true });
    await api.customerService.createSession({ openid: alice, kf_account: agent });
    await control('POST', 'waiting', { openid: 'oBob0001' });

    expect(await data('listSessions')).toEqual({
      waitingCount: 1,
      sessions: [{ follower: traceOf(alice), agent, at: expect.stringMatching(/Z$/) }],
      waiting: [{ follower: traceOf('oBob0001'), at: expect.stringMatching(/Z$/) }],
    });
    expect(JSON.stringify(outcomes)).not.toMatch(/oAlice|oBob/);
  });
});
