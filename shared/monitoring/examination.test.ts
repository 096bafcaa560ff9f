import { describe, expect, test } from '@jest/globals';
import { type Answers, createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { createJobFixture } from '../../scripts/testing/jobs/job-fixture.ts';
import { jobCollection } from '../jobs/index.ts';
import { tokenCollection } from '../token/index.ts';
import { examine } from './examination.ts';

const config = {
  appid: 'wx1',
  tokenKind: 'stable',
  tokenSource: 'document',
  jsapiTicket: 'off',
} as const;
const fine: Answers = {
  '/cgi-bin/get_current_selfmenu_info': { is_menu_open: 1, selfmenu_info: { button: [] } },
  '/cgi-bin/callback/check': {
    ping: [
      { ip: '203.0.113.1', from_operator: 'UNICOM', package_loss: '0%', time: '1ms' },
      { ip: '203.0.113.2', from_operator: 'UNICOM', package_loss: '50%', time: '1ms' },
    ],
  },
  '/cgi-bin/openapi/quota/get': { errcode: 0, quota: { daily_limit: 100, used: 7, remain: 93 } },
};

function setUp(answers: Answers) {
  const { store, clock, log, fails } = createJobFixture();
  const { api } = createFakeWechat(answers);
  return { store, clock, fails, look: () => examine({ api, store, config, log }) };
}

describe('an examination', () => {
  test('says what WeChat and the store say', async () => {
    const { look, store, clock } = setUp(fine);
    const [issuedAt, expiresAt] = [clock.now(), clock.now() + 7_200_000];
    await store.create(tokenCollection, {
      _id: 'stable_token.wx1',
      kind: 'stable_token',
      generation: 3,
      issuedAt,
      expiresAt,
    });
    await store.create(jobCollection, {
      _id: 'greet.1',
      kind: 'greet',
      state: 'dead',
      createdAt: new Date(clock.now()),
      attempts: 5,
      slot: 'greet.1',
      payload: '{}',
    });

    const found = await look();

    expect(found).toEqual({
      wechat: { ok: true, value: { hasMenu: true } },
      tokenSource: 'document',
      credentials: {
        ok: true,
        value: [{ kind: 'stable_token', generation: 3, issuedAt, expiresAt, failures: 0 }],
      },
      deadJobs: { ok: true, value: 1 },
      lossy: { ok: true, value: [{ ip: '203.0.113.2', loss: '50%' }] },
      quotas: {
        ok: true,
        value: expect.arrayContaining([{ path: '/cgi-bin/user/info', used: 7, limit: 100 }]),
      },
    });
  });

  test('asks WeChat nothing more once it refuses our address, and looks at the rest', async () => {
    const { look } = setUp({
      ...fine,
      '/cgi-bin/get_current_selfmenu_info': {
        errcode: 40164,
        errmsg: 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist',
      },
    });

    expect(await look()).toEqual({
      tokenSource: 'document',
      wechat: {
        ok: false,
        message: expect.stringContaining('40164'),
        advice: expect.stringContaining('Add 203.0.113.9 to the IP whitelist'),
      },
      credentials: { ok: true, value: [] },
      deadJobs: { ok: true, value: 0 },
    });
  });

  test('one thing that fails does not hide the others, nor tell inner words', async () => {
    const { look, fails } = setUp(fine);
    fails.queries = new Error('inner words');

    const found = await look();

    expect(found).toMatchObject({ wechat: { ok: true }, credentials: { ok: true } });
    expect(found.deadJobs).toEqual({ ok: false, message: expect.stringContaining('its log') });
    expect(JSON.stringify(found)).not.toContain('inner words');
  });
});
