import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { account, createTestApi, HOUR } from './api-fixture.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'fuwuhao-wechat-'));
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

describe('after a restart', () => {
  test('tokens, counters, rids, whitelist and clock are as they were', async () => {
    const before = createTestApi({ stateDir });
    const { access_token } = await before.stable();
    const { errmsg = '' } = await before.stable({ secret: 'wrong' });
    const ticketPath = `/cgi-bin/ticket/getticket?access_token=${access_token}&type=jsapi`;
    const { ticket } = await before.get(ticketPath);
    await before.post('/emulator/clock', { advanceMs: HOUR });
    await before.post('/emulator/whitelist', { ips: ['8.8.8.8'] }, 'PUT');

    const after = createTestApi({ stateDir });

    expect(await after.use(access_token)).toBe(0);
    expect((await after.get(ticketPath)).ticket).toBe(ticket);
    expect((await after.stable()).errcode).toBe(40164);
    const rid = errmsg.split('rid: ')[1];
    const found = await after.post(`/cgi-bin/openapi/rid/get?access_token=${access_token}`, {
      rid,
    });
    expect(found.errcode).toBe(0);
    const { tokens, statistics, now } = after.api.inspect();
    expect(now).toBe(after.clock.now() + HOUR);
    expect(tokens).toMatchObject({ generation: 1, issued: { stable: 1 } });
    expect(statistics.endpoints['token.getStable']).toEqual({
      calls: 3,
      succeeded: 1,
      refused: { 40125: 1, 40164: 1 },
    });
  });

  test('the AppSecret has changed: all tokens are unknown', async () => {
    const { access_token } = await createTestApi({ stateDir }).stable();
    const after = createTestApi({ stateDir, account: { ...account, secret: 'f'.repeat(32) } });

    expect(await after.use(access_token)).toBe(40001);
  });

  test('no token, ticket or secret lies in the folder in clear', async () => {
    const api = createTestApi({ stateDir });
    const { access_token = '' } = await api.stable();
    const path_ = `/cgi-bin/ticket/getticket?access_token=${access_token}&type=jsapi`;
    const { ticket } = await api.get(path_);
    await api.post('/cgi-bin/stable_token', { ...account, grant_type: 'x' });

    const text = readdirSync(stateDir)
      .filter((file) => file.endsWith('.json'))
      .map((file) => readFileSync(path.join(stateDir, file), 'utf8'))
      .join();

    for (const secret of [access_token, String(ticket), account.secret]) {
      expect(secret.length).toBeGreaterThan(30);
      expect(text).not.toContain(secret);
    }
  });

  test('a reset is kept too', async () => {
    const before = createTestApi({ stateDir });
    await before.stable();
    await before.post('/emulator/reset', {});

    expect(createTestApi({ stateDir }).api.inspect().tokens.generation).toBe(0);
  });

  test('a file that was never ours is named, not overwritten', async () => {
    writeFileSync(path.join(stateDir, 'tokens.json'), 'not JSON');

    expect(() => createTestApi({ stateDir })).toThrow(/tokens\.json is not readable/);
    expect(readFileSync(path.join(stateDir, 'tokens.json'), 'utf8')).toBe('not JSON');
  });
});
