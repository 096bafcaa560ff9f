import { describe, expect, test } from '@jest/globals';
import {
  codeAt,
  openConsole,
  PASSWORD,
  SITE,
} from '../../scripts/testing/console/console-fixture.ts';
import { SoftAuthenticator } from '../../scripts/testing/console/soft-authenticator.ts';
import { kindOf } from '../../scripts/testing/jobs/job-fixture.ts';
import type { JobSummary } from '../jobs/index.ts';
import { newSecret } from '../proxy/secrets.ts';
import type { OperatorSummary } from './operators.ts';
import { IDLE_MS, SESSION_MS } from './sessions.ts';

interface Options {
  readonly challenge: string;
}

describe('the page', () => {
  test('comes with a policy that lets no other host and no frame in', async () => {
    const { send } = openConsole();

    for (const path of ['/console', '/console/', '/']) {
      const page = await send({ method: 'GET', path });
      expect(page.status).toBe(200);
      expect(page.body.toString()).toContain('console/page.js?');
      expect(page.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
      expect(page.headers['content-security-policy']).not.toMatch(/https?:|unsafe|\*/);
    }
    const script = await send({ method: 'GET', path: '/console/console/page.js' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await send({ method: 'GET', path: '/console/page-none.js' })).status).toBe(404);
  });

  test('is not there while the console is switched off', async () => {
    const { send, browser } = openConsole({ env: { CONSOLE: 'off' } });

    expect((await send({ method: 'GET', path: '/console' })).status).toBe(404);
    expect((await browser().raw('sign-in', 'requestOptions')).status).toBe(404);
  });
});

describe('an invitation', () => {
  test('leads to a password with one-time codes, once', async () => {
    const { withPassword, browser, clock, invoke } = openConsole();
    const { result, codeSecret, browser: first } = await withPassword('小李', 'manage');

    expect(result).toMatchObject({ ok: true, data: { name: '小李', role: 'manage' } });
    expect(await first.call('self', 'whoAmI')).toMatchObject({ name: '小李', method: 'password' });
    const other = browser();
    const code = codeAt(codeSecret, clock.now());
    await other.call('sign-in', 'password', { name: ' 小李 ', password: PASSWORD, code });
    expect(await other.call('self', 'whoAmI')).toMatchObject({ name: '小李', role: 'manage' });
    expect(await invoke('operators', undefined)).toMatchObject({
      data: [{ name: '小李', hasPassword: true, passkeys: 0 }],
    });
  });

  test('leads to a passkey, by which one comes in without a name', async () => {
    const { invoke, browser } = openConsole();
    const secret = newSecret();
    await invoke('invite', { name: 'Ann', role: 'send', secret });
    const authenticator = new SoftAuthenticator('ops.example.com');
    const first = browser();
    expect(await first.call('sign-in', 'openInvite', { secret })).toEqual({
      name: 'Ann',
      role: 'send',
    });
    const creation = (await first.call('sign-in', 'creationOptions', { secret })) as Options;
    const response = authenticator.create(creation, SITE);
    await first.call('sign-in', 'enrollPasskey', { secret, response });

    const second = browser();
    const request = (await second.call('sign-in', 'requestOptions')) as Options;
    await second.call('sign-in', 'passkey', { response: authenticator.get(request, SITE) });

    expect(await second.call('self', 'whoAmI')).toMatchObject({ name: 'Ann', method: 'passkey' });
    const again = await first.ask('sign-in', 'creationOptions', { secret });
    expect(again).toMatchObject({ status: 404, error: { code: 'not_found' } });
  });

  test('of one’s own adds a way to sign in, just after having signed in and no later', async () => {
    const { signedIn, browser, clock } = openConsole();
    const ann = await signedIn('Ann', 'edit');
    const secret = newSecret();
    await ann.call('self', 'invite', { secret });
    expect(await browser().call('sign-in', 'openInvite', { secret })).toEqual({
      name: 'Ann',
      role: 'edit',
    });

    await clock.advance(11 * 60_000);
    const late = await ann.ask('self', 'invite', { secret: newSecret() });

    expect(late).toMatchObject({ status: 409, error: { code: 'conflict' } });
  });

  test('is needed anew once the ways to sign in were forgotten, which ends the sessions', async () => {
    const { withPassword, browser, invoke, clock } = openConsole();
    const { browser: open, codeSecret } = await withPassword('小李', 'send');
    expect(await invoke('change', { name: '小李', forgetWays: true })).toMatchObject({ ok: true });

    expect(await open.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
    const code = codeAt(codeSecret, clock.now());
    const payload = { name: '小李', password: PASSWORD, code };
    expect(await browser().ask('sign-in', 'password', payload)).toMatchObject({ status: 401 });
    expect(await invoke('operators', undefined)).toMatchObject({
      data: [{ name: '小李', role: 'send', hasPassword: false, passkeys: 0 }],
    });
  });

  test('is over after three days', async () => {
    const { invoke, browser, clock } = openConsole();
    const secret = newSecret();
    await invoke('invite', { name: 'Ann', role: 'look', secret });
    await clock.advance(3 * 24 * 3_600_000);

    expect(await browser().ask('sign-in', 'openInvite', { secret })).toMatchObject({ status: 404 });
  });
});

describe('a session', () => {
  test('ends after a break, after a working day, and when it is signed out', async () => {
    const { signedIn, clock } = openConsole();
    const idle = await signedIn('a', 'look');
    const busy = await signedIn('b', 'look');
    const out = await signedIn('c', 'look');
    await out.call('self', 'signOut');

    expect(out.cookie).toBe('__Host-fuwuhao-console=');
    expect(await out.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
    for (let at = 0; at < SESSION_MS - IDLE_MS; at += IDLE_MS / 2) {
      await clock.advance(IDLE_MS / 2);
      await busy.call('self', 'whoAmI');
    }
    expect(await idle.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
    await clock.advance(IDLE_MS / 2);
    await busy.call('self', 'whoAmI');
    await clock.advance(IDLE_MS / 2);
    expect(await busy.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
  });

  test('is listed, and ends when it is revoked or its operator is disabled or demoted', async () => {
    const { signedIn } = openConsole();
    const manager = await signedIn('boss', 'manage');
    const first = await signedIn('ann', 'send');
    const second = await signedIn('ann', 'send');
    const sessions = (await first.call('self', 'sessions')) as readonly { readonly id: string }[];
    const { session } = (await second.call('self', 'whoAmI')) as { readonly session: string };

    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ operator: 'ann', browser: 'Chrome, Windows' });
    await first.call('self', 'revoke', { id: session });
    expect(await second.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
    await manager.call('console', 'change', { name: 'ann', role: 'look' });
    expect(await first.ask('worker', 'retry', { id: 'j' })).toMatchObject({ status: 403 });
    await manager.call('console', 'change', { name: 'ann', isEnabled: false });
    expect(await first.ask('self', 'whoAmI')).toMatchObject({ status: 401 });
  });
});

describe('what operators do', () => {
  test('goes through the actions of the functions, and into the audit trail with the name', async () => {
    const { signedIn, queue, audit } = openConsole();
    const job = await queue.enqueue(kindOf('greet'), { n: 1 });
    const sender = await signedIn('小李', 'send');

    const jobs = (await sender.call('worker', 'list', { state: 'ready' })) as readonly JobSummary[];
    await sender.call('worker', 'drop', { id: job.id });

    expect(jobs.map(({ id }) => id)).toEqual([job.id]);
    expect(await sender.ask('worker', 'retry', { id: job.id })).toMatchObject({ status: 409 });
    const entries = await audit.list();
    expect(entries.map(({ actor, action, outcome }) => [actor, action, outcome])).toEqual([
      ['operator 小李', 'worker retry', 'conflict'],
      ['operator 小李', 'worker drop', 'ok'],
      ['operator 小李', 'console sign in by link', 'ok'],
      ['operator', 'console admit', 'ok'],
    ]);
    expect(entries[1]?.subject).toBe(job.id);
  });

  test('a menu is published by the role edit alone, checked by the room, and written down', async () => {
    const { signedIn, audit, browser } = openConsole();
    const looker = await signedIn('Ann', 'look');
    const editor = await signedIn('小李', 'edit');
    const name = '六个汉字啊哈';
    const menu = { button: [{ type: 'click', name, key: 'SONG' }] };

    expect(await browser().ask('menu', 'create', menu)).toMatchObject({ status: 401 });
    expect(await looker.ask('menu', 'create', menu)).toMatchObject({ status: 403 });
    expect(await editor.ask('menu', 'create', menu)).toMatchObject({
      status: 400,
      error: { code: 'invalid', message: expect.stringContaining('name has 18 bytes') },
    });
    // To compare changes nothing, so it is open to everybody, and not written down.
    expect(await looker.ask('menu', 'diff', menu)).toMatchObject({ status: 400 });

    const tries = (await audit.list()).filter(({ action }) => action.startsWith('menu'));
    expect(tries.map(({ actor, action, outcome }) => [actor, action, outcome])).toEqual([
      ['operator 小李', 'menu create', 'invalid'],
      ['operator Ann', 'menu create', 'forbidden'],
    ]);
  });

  test('a manager invites others, and the last one stays', async () => {
    const { signedIn, browser } = openConsole();
    const manager = await signedIn('boss', 'manage');
    const secret = newSecret();
    await manager.call('console', 'invite', { name: 'new', role: 'edit', secret });

    expect(await browser().call('sign-in', 'openInvite', { secret })).toMatchObject({
      name: 'new',
    });
    const operators = (await manager.call('console', 'operators')) as readonly OperatorSummary[];
    expect(operators.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'boss manage',
      'new edit',
    ]);
    for (const changes of [{ role: 'look' }, { isEnabled: false }]) {
      const result = await manager.ask('console', 'change', { name: 'boss', ...changes });
      expect(result).toMatchObject({ status: 409, error: { code: 'conflict' } });
    }
  });
});
