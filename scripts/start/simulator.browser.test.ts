import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { panels, tabs } from '../emulator/simulator/page/tabs.ts';
import { putDeadJob } from '../testing/jobs/dead-job.ts';
import { becomes, launchChromium } from '../testing/tools/browser.ts';
import { describeInBrowser } from '../testing/tools/describe-in-browser.ts';
import { layoutFaults } from '../testing/tools/layout-faults.ts';
import { sayOnPhone } from '../testing/tools/phone-of-page.ts';
import { copyProject } from '../testing/tools/project-copy.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Handlers that the example account lacks: one too slow for WeChat, one that can be killed, one that throws. */
const SLOW_HANDLERS = `
  .text('slow', defer(async (ctx) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    ctx.reply('Ready at last');
  }, { interim: 'Working on it' }))
  .text('throws', () => { throw new TypeError('fell over'); })
  .text('sleepy', async () => new Promise((resolve) => setTimeout(resolve, 3_000)))
`;

/** As much of a picture in the page as is asked for. */
interface Picture {
  readonly naturalWidth: number;
  decode(): Promise<void>;
}

const SONG_7 = { type: 'event', Event: 'CLICK', EventKey: 'SONG_7' };

/** Runs in the page: what had been asked for when something was to be seen first. */
const FIRST_PAINT = `new Promise((resolve) =>
  new PerformanceObserver((list) => {
    const paintedAt = list.getEntries()[0].startTime;
    const before = performance.getEntriesByType('resource').filter((one) => one.startTime < paintedAt);
    const bytes = before.reduce((sum, one) => sum + one.encodedBodySize, 0);
    resolve({ paintedAt, requests: before.length, bytes });
  }).observe({ type: 'paint', buffered: true }))`;

/**
 * Runs in the page: scrolls the list from end to end and counts, in the worst step, the rows that are
 * there and the nodes that came or went.
 */
const SCROLL_AND_COUNT = `(async () => {
  const list = document.querySelector('.virtual-list');
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const counts = { rows: 0, changed: 0 };
  let changed = 0;
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) changed += addedNodes.length + removedNodes.length;
  });
  observer.observe(list, { childList: true, subtree: true });
  for (let step = 0; step < 60; step += 1) {
    changed = 0;
    list.scrollTop = step * 2400;
    await frame();
    counts.rows = Math.max(counts.rows, list.querySelectorAll('.virtual-row').length);
    counts.changed = Math.max(counts.changed, changed);
  }
  observer.disconnect();
  return counts;
})()`;

/** Calls the API as a business system would. */
async function tokenCall(apiUrl: string, appid: string, secret: string) {
  const post = async (where: string, body: unknown) => {
    const response = await fetch(apiUrl + where, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as { readonly access_token?: string };
  };
  const credentials = { grant_type: 'client_credential', appid, secret };
  const { access_token } = await post('/cgi-bin/stable_token', credentials);
  return (where: string, body: unknown) => post(`${where}?access_token=${access_token}`, body);
}

describeInBrowser('the simulator in a browser', (chromiumPath) => {
  const project = copyProject();
  const { account: accountFile } = project;
  const original = readFileSync(accountFile, 'utf8');
  const strangers: string[] = [];
  let emulation: Emulation;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [emulation, browser] = await Promise.all([startAtFixedPort(), launchChromium(chromiumPath)]);
    // The page's own policy would keep axe out.
    context = await browser.newContext({
      viewport: { width: 1_360, height: 860 },
      locale: 'zh-CN',
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    // What does not come in this time will not come, and its name is in the error.
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') strangers.push(request.url());
    });
    page.on('pageerror', (error) => strangers.push(String(error)));
    await page.goto(emulation.urls.simulator);
  });

  afterAll(async () => {
    await browser?.close();
    await emulation?.close();
    project.remove();
  });

  /** Below the ports that the system gives out, so that a second start finds it free. */
  async function startAtFixedPort(): Promise<Emulation> {
    for (let tries = 0; ; tries += 1) {
      const port = randomInt(20_000, 30_000);
      try {
        return await startEmulation({
          ...project,
          port,
          mode: 'safe',
          timers: 'hand',
          reloads: true,
        });
      } catch (error) {
        if (tries === 10 || !/EADDRINUSE|taken/.test(String(error))) throw error;
      }
    }
  }

  const control = async (method: string, where: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${emulation.urls.simulator}emulator${where}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.ok).toBe(true);
    return response.json();
  };
  const phone = () => page.getByRole('region', { name: /^手机/ });
  const say = (text: string) => sayOnPhone(page, text);
  const answer = (text: string) => phone().locator('.theirs', { hasText: text }).last();
  const openTab = (name: string) => page.getByRole('tab', { name }).click();

  test('is painted after few requests', async () => {
    await page.reload();
    await phone().waitFor();

    const first = (await page.evaluate(FIRST_PAINT)) as Record<string, number>;

    process.stderr.write(`The simulator's first paint: ${JSON.stringify(first)}\n`);
    expect(first.requests).toBeLessThan(10);
    expect(first.bytes).toBeLessThan(500_000);
  });

  test('a follower follows, and chats in safe mode', async () => {
    await phone().getByRole('button', { name: '关注服务号' }).click();
    await answer('欢迎').waitFor();
    await say('你好');
    await answer('你好').waitFor();

    await page.locator('.virtual-row', { hasText: '你好' }).click();

    const detail = page.getByRole('region', { name: '详情' });
    await detail.getByText('<Content><![CDATA[你好]]></Content>').first().waitFor();
    // Only the decrypted part can be read: what travelled is sealed.
    expect(await detail.getByText('<Encrypt>').count()).toBeGreaterThan(0);
    await detail.getByLabel('关闭').click();
  });

  test('a menu made by `npm run invoke` appears, and a tap of type click is answered', async () => {
    const port = new URL(emulation.urls.callback).port;
    await promisify(execFile)(
      process.execPath,
      ['scripts/run.mjs', 'invoke', 'menu', 'create', '@examples/menu.json', '--port', port],
      { cwd: root },
    );

    await phone().getByRole('button', { name: '今日歌曲' }).click();

    await answer('SONG_OF_TODAY').waitFor();
  });

  test('buttons of a sub-menu ask for what they need', async () => {
    await phone().getByRole('button', { name: '菜单', exact: true }).click();
    await phone().getByRole('button', { name: '发送位置' }).click();
    const dialog = page.getByRole('dialog', { name: '位置' });
    await dialog.getByRole('button', { name: '外滩' }).click();
    await dialog.getByRole('button', { name: '确定' }).click();
    await answer('外滩').waitFor();

    await phone().getByRole('button', { name: '菜单', exact: true }).click();
    await phone().getByRole('button', { name: '扫码' }).click();
    await page
      .getByRole('dialog', { name: '扫一扫' })
      .getByRole('button', { name: '确定' })
      .click();
    await page.locator('.virtual-row', { hasText: 'scancode_waitmsg' }).waitFor();

    await becomes(() => phone().getByRole('dialog').count(), 0);
  });

  test('a real picture goes to the account and comes back', async () => {
    await phone().getByLabel('切换到键盘').click();
    await phone().getByLabel('更多', { exact: true }).click();
    await phone().getByRole('button', { name: '照片' }).click();

    await page.getByLabel('选择文件').setInputFiles(path.join(root, 'examples/cover.png'));

    const pictures = phone().locator('img.picture');
    await phone().locator('.theirs img.picture').waitFor();
    const sizes = await pictures.evaluateAll((all) =>
      Promise.all(
        (all as unknown as Picture[]).map(async (picture) => {
          await picture.decode();
          return picture.naturalWidth;
        }),
      ),
    );
    expect(sizes).toHaveLength(2);
    expect(sizes[0]).toBeGreaterThan(0);
    expect(sizes[1]).toBe(sizes[0]);
  });

  test('saving account.ts swaps the instances, and a broken file changes nothing', async () => {
    for (const word of '一二') {
      const before = await page.locator('.build').getAttribute('data-at');
      writeFileSync(accountFile, original.replace('Song number', `歌曲${word}`));
      await page.locator(`.build.ok:not([data-at="${before}"])`, { hasText: 'callback' }).waitFor();
      await phone().getByRole('status').getByText('已更新').waitFor();
      await control('POST', '/followers/oAlice/say', SONG_7);
      await answer(`歌曲${word} 7`).waitFor();
    }

    writeFileSync(accountFile, `${original}\nthis is no TypeScript`);
    await page.getByRole('alert').getByText('account.ts').waitFor();
    await say('still there?');
    await answer('still there?').waitFor();

    const mark = '  // Text: words, then patterns';
    writeFileSync(accountFile, original.replace(mark, `${SLOW_HANDLERS}${mark}`));
    await page.locator('.build.ok').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('slow work is answered at once, and again when it is done', async () => {
    await say('slow');

    await answer('Working on it').waitFor();
    await answer('Ready at last').waitFor();
  });

  test('正在输入 is to be seen while the account says so', async () => {
    const { appid, secret } = emulation.account;
    const call = await tokenCall(emulation.urls.wechatApi, appid, secret);

    await call('/cgi-bin/message/custom/typing', { touser: 'oAlice', command: 'Typing' });
    await phone().getByRole('heading', { name: '对方正在输入…' }).waitFor();

    await call('/cgi-bin/message/custom/send', {
      touser: 'oAlice',
      msgtype: 'msgmenu',
      msgmenu: { head_content: '满意吗', list: [{ id: '1', content: '满意' }], tail_content: '' },
    });
    await phone().getByRole('heading', { name: '服务号' }).waitFor();
    await phone().getByRole('button', { name: '满意', exact: true }).click();
    await phone().locator('.ours', { hasText: '满意' }).waitFor();
  });

  test('a broadcast arrives at three followers', async () => {
    for (const name of ['Bob', '小王']) {
      await page.getByLabel('添加关注者').click();
      await page.getByPlaceholder('Bob').fill(name);
      await page.getByPlaceholder('Bob').press('Enter');
      await page.getByRole('tab', { name, selected: true }).waitFor();
      await phone().getByRole('button', { name: '关注服务号' }).click();
      await answer('欢迎').waitFor();
    }
    const { appid, secret } = emulation.account;
    const call = await tokenCall(emulation.urls.wechatApi, appid, secret);
    const job = await call('/cgi-bin/message/mass/sendall', {
      filter: { is_to_all: true },
      msgtype: 'text',
      text: { content: '元旦快乐' },
    });
    expect(job).toMatchObject({ errcode: 0 });

    await openTab('时钟');
    await page.getByRole('button', { name: '快进 1 分钟' }).click();

    // The phone of the last follower is open; the other two have something new.
    await page.getByRole('tab', { name: 'Alice' }).getByLabel('1 条未读').waitFor();
    for (const name of ['Alice', 'Bob', '小王']) {
      await openTab(name);
      await answer('元旦快乐').waitFor();
    }
    await openTab('任务与群发');
    await page.getByText('3/3').waitFor();
  });

  test('a dead instance shows the notice of WeChat, and the developer why', async () => {
    await openTab('Alice');
    await openTab('故障');
    await page.getByRole('button', { name: '开启：实例崩溃' }).click();
    await page.getByText('推送：实例崩溃').waitFor();
    await page.getByRole('button', { name: '开启：回调不可达' }).click();
    await page.getByText('还剩 3 次').waitFor();
    await page.getByRole('button', { name: '关闭：推送：回调不可达' }).click();
    await page.getByText('推送：回调不可达').waitFor({ state: 'detached' });

    await say('sleepy');

    const notice = phone().locator('.tip', { hasText: '暂时无法提供服务' });
    await notice.waitFor();
    expect(await notice.textContent()).toContain('status');
    await page.getByText('一切正常').waitFor();
  });

  test('an exception of a handler is red and under the errors of its follower, and its log is found', async () => {
    await openTab('Bob');
    await say('throws');
    await openTab('请求记录');
    await page.getByRole('button', { name: '异常', exact: true }).click();
    await page.getByLabel('关注者', { exact: true }).last().selectOption('oBob');
    const row = page.locator('.virtual-row');
    await row.locator('.state.fault', { hasText: '抛错' }).waitFor();
    await becomes(() => row.count(), 1);
    await page.getByLabel('关注者', { exact: true }).last().selectOption('');
    await page.getByRole('button', { name: '全部', exact: true }).click();

    await openTab('云函数');
    await page.getByLabel('搜索：日志').fill('FELL OVER');
    await page.locator('.log-line.error', { hasText: 'fell over' }).first().waitFor();
    await page.getByLabel('搜索：日志').fill('');
  });

  test('dead jobs are counted on the tab, retried and dropped; documents are searched in a new collection', async () => {
    await putDeadJob(emulation, 'message.first');
    await putDeadJob(emulation, 'message.second');
    const badge = page.locator('#tab-jobs .badge');
    await badge.getByText('2', { exact: true }).waitFor();
    await openTab('任务与群发');
    await page.getByRole('button', { name: '重试：message.first' }).click();
    // The worker took it at once, and failed: its message is none.
    await page
      .locator('.listed li', { hasText: 'message.first' })
      .getByText('已尝试 1 次')
      .waitFor();
    // The other one stays for the measurements below.
    await page.getByRole('button', { name: '放弃：message.first' }).click();
    await badge.getByText('1', { exact: true }).waitFor();

    await openTab('数据库');
    await page.getByRole('button', { name: '新集合' }).click();
    await page.getByPlaceholder('orders').fill('notes');
    await page.getByPlaceholder('orders').press('Enter');
    await page.getByRole('region', { name: 'notes' }).waitFor();
    for (let n = 0; n < 101; n += 1) {
      const document = { _id: `note-${n}`, words: n === 7 ? '龙井' : '' };
      await control('PUT', '/store/document', { collection: 'notes', document });
    }
    await page.getByText('1–100 / 101').waitFor();
    await page.getByLabel('下一页').click();
    await page.getByText('101–101 / 101').waitFor();
    await page.getByLabel('搜索：notes').fill('龙井');
    await page.getByText('note-7', { exact: true }).waitFor();
    await page.getByText('1–1 / 1').waitFor();
  });

  test('a function is invoked by a form from its schema, which says what is wrong, and by JSON', async () => {
    await openTab('调用');
    const panel = page.locator('.invoke');
    await panel.getByLabel('函数', { exact: true }).selectOption('followers');
    await panel.getByLabel('操作', { exact: true }).selectOption('createQrcode');
    const days = panel.getByRole('spinbutton', { name: 'days' });
    await days.fill('90');
    await panel.getByRole('alert').getByText('from 1 to 30').waitFor();
    await days.fill('7');
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: '调用', exact: true }).click();
    const answer = panel.getByRole('region', { name: '返回' });
    await answer.getByText('成功').waitFor();
    await answer.getByText('"scene": "shop-12"').waitFor();

    await panel.getByLabel('操作', { exact: true }).selectOption('createTag');
    await panel.getByLabel('以 JSON 编辑').check();
    const json = panel.getByRole('textbox', { name: '整个参数' });
    await json.fill('{"name": ');
    expect(await panel.getByRole('button', { name: '调用', exact: true }).isDisabled()).toBe(true);
    await json.fill('{"nam": "茶友"}');
    await panel.getByRole('alert').getByText('nam is not known here').waitFor();
    await json.fill('{"name": "茶友"}');
    await panel.getByRole('button', { name: '调用', exact: true }).click();
    await answer.getByText('成功').waitFor();
    // A long form for the measurements below.
    await panel.getByLabel('以 JSON 编辑').uncheck();
    await panel.getByLabel('函数', { exact: true }).selectOption('mass-send');
    await panel.getByRole('textbox', { name: 'requestId' }).waitFor();
  });

  test('what WeChat holds is made, looked at and deleted, with what WeChat refuses', async () => {
    await openTab('微信后台');
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: /^标签 / }).click();
    await panel.getByLabel('标签名').fill('老顾客');
    await panel.getByRole('button', { name: '新建' }).click();
    await panel.getByText('老顾客', { exact: true }).waitFor();
    await panel.getByLabel('标签名').fill('老顾客');
    await panel.getByRole('button', { name: '新建' }).click();
    await page.locator('.complaint').waitFor();
    await page.locator('.complaint').getByLabel('关闭').click();
    await panel.getByRole('button', { name: '删除：老顾客' }).click();
    await panel.getByText('老顾客', { exact: true }).waitFor({ state: 'detached' });

    await panel.getByRole('button', { name: /^素材 / }).click();
    await panel.getByLabel('选择文件').setInputFiles(path.join(root, 'examples/cover.png'));
    await panel.getByText('cover.png', { exact: true }).waitFor();
    await panel.getByRole('button', { name: /^菜单 / }).click();
    await panel.getByRole('button', { name: '新建' }).click();
    await panel.getByRole('button', { name: '保存' }).click();
    await phone().getByRole('button', { name: '更多', exact: true }).last().waitFor();
    await panel.getByRole('button', { name: /^二维码 / }).click();
    await panel.getByLabel('场景值').fill('market');
    await panel.getByRole('button', { name: '新建' }).click();
    await panel.getByText('永久有效').last().waitFor();
    await panel.locator('summary', { hasText: 'market' }).click();
    await panel.getByText('"scene": "market"').waitFor();
  });

  test('axe finds nothing, light or dark, wide or narrow, on any panel', async () => {
    await page.addScriptTag({ content: axe });
    for (const width of [390, 1_360]) {
      await page.setViewportSize({ width, height: 860 });
      for (const panel of panels) {
        await show(panel);
        for (const theme of ['light', 'dark']) {
          await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
          // What does not change with the panel is looked at once for each theme.
          const part = panel === 'traffic' ? 'html' : '#panel';
          expect([width, panel, theme, await faultsByAxe(part)]).toEqual([width, panel, theme, []]);
        }
      }
    }
    await phone().getByLabel('更多操作').click();
    expect(await faultsByAxe('.phone')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('no panel is cut, glued or wider than the window, at any size, in both languages', async () => {
    const found: string[] = [];
    for (const language of ['English', '中文']) {
      await page.getByRole('button', { name: language, exact: true }).click();
      for (const width of [320, 360, 390, 768, 900, 1_280, 1_440]) {
        await page.setViewportSize({ width, height: 860 });
        for (const tab of tabs) {
          await show(tab);
          const faults = await layoutFaults(page);
          found.push(...faults.map((fault) => `${tab}, ${language}, ${width} px: ${fault}`));
        }
      }
    }

    expect(found).toEqual([]);
    await page.setViewportSize({ width: 1_360, height: 860 });
  });

  test('the keyboard is enough, and the language can be changed', async () => {
    await page.keyboard.press('Alt+Digit3');
    await page.getByRole('tab', { name: 'Token', selected: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: '云函数', selected: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('sleepy');
    await page.keyboard.press('Tab');
    await page.getByRole('listbox', { name: '请求记录' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('region', { name: '详情' }).getByText('sleepy').first().waitFor();
    await page.getByRole('searchbox').fill('');

    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('tab', { name: 'Functions' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
  });

  /** Opens a tab, in whatever language, and waits until it is drawn. */
  async function show(name: (typeof tabs)[number]): Promise<void> {
    await page.evaluate(`document.getElementById('tab-${name}').click()`);
    await page.locator(`#tab-${name}[aria-selected="true"]`).waitFor({ state: 'attached' });
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))',
    );
  }

  async function faultsByAxe(part: string): Promise<readonly string[]> {
    const results = await page.evaluate(
      (selector) =>
        (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(selector, {
          resultTypes: ['violations'],
        }),
      part,
    );
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  test('of 5 000 rows of traffic, scrolling draws those that are seen', async () => {
    await openTab('请求记录');
    for (let each = 0; each < 5_000; each += 1) {
      await emulation.wechatApi.fetch('https://api.weixin.qq.com/cgi-bin/token');
    }
    await page.getByText('5000 条').waitFor();

    const counts = (await page.evaluate(SCROLL_AND_COUNT)) as { rows: number; changed: number };
    expect(counts.rows).toBeGreaterThan(10);
    expect(counts.rows).toBeLessThan(100);
    // At most all rows go, and as many come.
    expect(counts.changed).toBeLessThanOrEqual(2 * counts.rows);
  });

  test('comes back by itself when the emulators are started anew', async () => {
    const port = Number(new URL(emulation.urls.callback).port);
    const { keys } = emulation;
    await emulation.close();
    await page.getByText('正在重新连接').waitFor();

    emulation = await startEmulation({ ...project, port, keys, mode: 'safe', timers: 'hand' });

    await page.locator('.connection.open').waitFor();
    await phone().getByRole('button', { name: '关注服务号' }).click();
    await answer('欢迎').waitFor();
  });

  test('nothing was asked of any other machine, and no script failed', () => {
    expect(strangers).toEqual([]);
  });
});
