import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { codeAt, PASSWORD } from '../../testing/console/console-fixture.ts';
import { firstVisit } from '../../testing/console/first-visit.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

describeInBrowser('signing in at the console, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  /** Invites somebody, and opens the link in a browser of his own. */
  async function invited(name: string, role: string): Promise<Page> {
    const secret = newSecret();
    await console.invoke('console', 'invite', { name, role, secret });
    const page = await console.stranger();
    await page.goto(`${base()}#invite=${secret}`);
    await page.getByRole('heading', { name }).waitFor();
    return page;
  }

  const base = () => console.page.url().replace(/#.*/, '');
  const isIn = (page: Page, name: string) => page.getByText(`${name} ·`).waitFor();

  test('by a passkey, which an invitation has led to', async () => {
    const page = await invited('小李', 'send');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('button', { name: '创建通行密钥' }).click();
    await isIn(page, '小李');
    await page.getByRole('button', { name: '退出登录' }).click();

    await page.getByRole('button', { name: '用通行密钥登录' }).click();

    await isIn(page, '小李');
    await page.context().close();
  });

  test('a link that is over says so, and where a new one comes from', async () => {
    for (const kind of ['invite', 'admit']) {
      const page = await console.stranger();
      await page.goto(`${base()}#${kind}=${newSecret()}`);
      await page.getByRole('alert').getByText('链接已失效').waitFor();
      await page.context().close();
    }
  });

  test('by a password and a one-time code, whose key was scanned', async () => {
    const page = await invited('小王', 'look');
    await page.getByRole('button', { name: '改用密码' }).click();
    await page.getByText('无法扫描').click();
    const key = (await page.locator('code.key').textContent()) ?? '';
    const now = () => console.emulation.wechatApi.clock.now();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByLabel('动态码').last().fill(codeAt(key, now()));
    await page.getByRole('button', { name: '完成设置' }).click();
    await isIn(page, '小王');
    // Somebody with the role look is not shown what the others may do.
    await page.goto(`${base()}#/operators`);
    await page.getByRole('heading', { name: '我的登录' }).waitFor();
    expect(await page.getByRole('heading', { name: '所有运营人员' }).count()).toBe(0);
    await page.getByRole('button', { name: '退出登录' }).click();
    // Each code is good once.
    await console.emulation.wechatApi.clock.advance(60_000);

    await page.getByLabel('姓名').fill('小王');
    await page.getByLabel('密码', { exact: true }).fill('not the password');
    await page.getByLabel('动态码').fill(codeAt(key, now()));
    await page.getByRole('button', { name: '用密码登录' }).click();
    await page.getByRole('alert').getByText('不正确').waitFor();
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByLabel('动态码').fill(codeAt(key, now()));
    await page.getByRole('button', { name: '用密码登录' }).click();

    await isIn(page, '小王');
    await page.goto(`${base()}#/operators`);
    await page.getByRole('button', { name: '添加登录方式' }).click();
    await page.getByRole('heading', { name: '小王，欢迎' }).waitFor();
    await page.context().close();
  });

  test('a session that ends in the middle loses nothing', async () => {
    const { page } = console;
    await console.open('operators');
    await page.getByLabel('姓名').fill('还没邀请');
    await page.context().clearCookies();
    await page.getByRole('button', { name: '生成邀请链接' }).click();
    await page.getByRole('dialog', { name: '登录已过期' }).waitFor();

    // Another tab signs in, as whoever has the run's key may.
    await page.goto(console.emulation.urls.console);
    await page.getByRole('navigation').waitFor();
    await console.open('operators');

    expect(await page.getByLabel('姓名').inputValue()).toBe('还没邀请');
    await page.getByLabel('姓名').fill('');
  });

  describe('the page', () => {
    test('has no fault of accessibility, and asks no other host for anything', async () => {
      await console.open('operators');
      await console.page.getByRole('heading', { name: '所有运营人员' }).waitFor();

      expect(await console.faults()).toEqual([]);
      expect(console.trouble).toEqual([]);
    });

    test.each(['signed in', 'signed out'])('%s, sends at most 150 KB of script', async (who) => {
      const isIn = who === 'signed in';
      const page = await console.stranger();
      const url = isIn ? console.emulation.urls.console : base();
      const visit = await firstVisit(page, url, isIn ? '一切正常' : '用通行密钥登录');

      expect(visit.scriptFiles).toBeGreaterThanOrEqual(isIn ? 3 : 1);
      expect(visit.scriptBytes).toBeGreaterThan(30_000);
      expect(visit.scriptBytes).toBeLessThanOrEqual(150_000);
      await page.context().close();
    });
  });
});
