import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Route } from 'playwright-core';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

/** As long as WeChat takes a remark with a name after it. */
const EVIL = '<img onerror=x src>';
const seeded = (n: number) => `oSeeded${String(n).padStart(21, '0')}`;

describeInBrowser('the page of followers, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  async function seed(count: number): Promise<void> {
    const { wechatApi } = console.emulation;
    const response = await wechatApi.fetch('http://wechat.test/emulator/followers', {
      method: 'POST',
      body: JSON.stringify({ count }),
    });
    expect(response.ok).toBe(true);
  }

  /** Everything at both sizes: axe, and nothing that is cut at the side. */
  async function look(): Promise<void> {
    const { page } = console;
    for (const width of [360, 1_200]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await console.faults()).toEqual([]);
      const [wide, there] = await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          readonly document: {
            querySelector(name: string): {
              readonly scrollWidth: number;
              readonly clientWidth: number;
            };
          };
        };
        const { scrollWidth, clientWidth } = document.querySelector('#content');
        return [scrollWidth, clientWidth] as const;
      });
      expect([width, wide <= there]).toEqual([width, true]);
    }
  }

  test('teaches before the first sync, which is started there', async () => {
    const { page } = console;
    await console.open('followers');
    await page.getByText('名单还没有同步过').waitFor();
    await look();

    // In one block, so that the first page shows all of them.
    await seed(90);
    await page.getByRole('button', { name: '同步名单' }).click();
    await page.getByText('正在同步').waitFor();
    await console.invoke('worker', 'run');

    await page.getByText('上次同步').waitFor();
    const remark = { openid: seeded(7), remark: `${EVIL}王阿姨` };
    await console.invoke('followers', 'setRemark', remark);
  });

  test('finds a follower among many, and what others have written is text', async () => {
    const { page } = console;
    await page.getByLabel('查找内容').fill('王阿姨');
    await page.getByRole('button', { name: '查找', exact: true }).last().click();
    await page.getByText('找到 1 位').waitFor();
    await look();
    await page.getByRole('button', { name: `${EVIL}王阿姨` }).click();
    await page.getByRole('heading', { name: '同意记录' }).waitFor();

    await page.getByLabel('事项').fill(EVIL);
    await page.getByLabel('依据').fill('门店登记表');
    await page.getByRole('button', { name: '记录同意' }).click();
    await page.getByText('门店登记表 ·').waitFor();
    await page.getByLabel('备注').fill('VIP 王阿姨');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: 'VIP 王阿姨' }).waitFor();
    await look();

    expect(console.trouble).toEqual([]);
  });

  test('an answer that is overtaken by a later one is not shown', async () => {
    const { page } = console;
    await page.getByRole('button', { name: '返回列表' }).click();
    await page.getByText('找到 1 位').waitFor();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const search = '**/followers/search';
    const hold = async (route: Route) => {
      await held;
      await route.continue();
    };
    await page.route(search, hold, { times: 1 });
    const submit = page.locator('button[type=submit]');
    await submit.click();
    await page.getByLabel('查找内容').fill('');
    await submit.click();
    await page.getByText('找到 90 位').waitFor();
    const late = page.waitForResponse(search);
    release();
    await (await late).finished();
    // What the page makes of it is drawn by then.
    await page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(done), 50))');

    expect(await page.getByText('找到 90 位').count()).toBe(1);
  });

  test('tags are made, given to those who are chosen, and choose them again as a segment', async () => {
    const { page } = console;
    await page.getByRole('button', { name: '标签', exact: true }).click();
    await page.getByLabel('标签名').fill('会员');
    await page.getByRole('button', { name: '新建标签' }).click();
    await page.getByRole('row', { name: /会员 0/ }).waitFor();
    await look();

    await page.getByRole('button', { name: '查找', exact: true }).first().click();
    await page.getByText('找到 90 位').waitFor();
    for (const n of [1, 2]) await page.getByLabel(`选择 …${seeded(n).slice(-8)}`).check();
    await page.getByRole('combobox', { name: '标签' }).selectOption('会员');
    await page.getByRole('button', { name: '打标签' }).click();
    await page.getByText('已更新 2 位').waitFor();

    await page.getByText('筛选条件', { exact: true }).click();
    await page.getByRole('button', { name: '会员', exact: true }).first().click();
    await page.getByRole('button', { name: '统计人数' }).click();
    await page.getByText('90 位关注者中有 2 位符合').waitFor();
    await page.getByLabel('人群名称').fill('老会员');
    await page.getByRole('button', { name: '保存为人群' }).click();
    await page.getByText('已保存人群').waitFor();
    await look();
    await page.getByRole('button', { name: '人群', exact: true }).click();
    await page.getByRole('row', { name: /老会员 .* 2 / }).waitFor();
    await look();
    await page.getByRole('button', { name: '查看: 老会员' }).click();
    await page.getByText('找到 2 位').waitFor();
  });

  test('a file with a wrong column is understood, mended and imported, and what it holds is text', async () => {
    const { page } = console;
    await page.getByRole('button', { name: '导入', exact: true }).click();
    const rows = Array.from({ length: 700 }, (_, n) => `${EVIL}${n},${seeded(n)},女,金卡`);
    const csv = [`姓名,编号,性别,${EVIL}`, ...rows, `坏行,${seeded(1)},也许,金卡`].join('\n');
    const buffer = Buffer.from(csv);
    const file = { name: `${EVIL}.csv`, mimeType: 'text/csv', buffer };
    await page.getByLabel('CSV 文件').setInputFiles({ ...file, buffer: Buffer.from('PK\x03\x04') });
    await page.getByText('这是 Excel 工作簿').waitFor();
    await page.getByLabel('CSV 文件').setInputFiles(file);
    await page.getByText('701 行，UTF-8 编码').waitFor();
    await page.getByText('1/701 行不符合，这些行会被跳过：第 702 行是「也许」').waitFor();

    const nameColumn = page.getByLabel('「姓名」导入为');
    await page.getByLabel('「编号」导入为').selectOption('不导入');
    await page.getByText('还没有一列对应到 openid').waitFor();
    await nameColumn.selectOption('openid');
    const wrong = page.getByText(`第 2 行是「${EVIL}0」，而 openid 应为 6–64 位字母`);
    await wrong.waitFor();
    expect(await page.getByRole('button', { name: /^导入 \d/ }).count()).toBe(0);
    await look();

    await nameColumn.selectOption('自定义字段');
    await page.getByLabel('「编号」导入为').selectOption('openid');
    await page.getByRole('button', { name: '导入 700 行' }).click();
    await page.getByText('更新了 90 位关注者').waitFor();
    await page.getByText('610 行的 openid 不在关注者名单中').waitFor();
    await page.getByText('跳过了 1 行').click();
    await page.getByText('「性别」是「也许」').waitFor();
    await look();

    await page.getByRole('button', { name: '查找', exact: true }).first().click();
    await page.getByText(`${EVIL}: 金卡`).first().waitFor();
    expect(console.trouble).toEqual([]);
  });

  test('a follower is erased by a manager, and is found no more', async () => {
    const { page } = console;
    await page.getByRole('button', { name: `${EVIL}1`, exact: true }).click();
    await page.getByRole('button', { name: '清除此人的数据' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('已清除').waitFor();

    await page.getByText('找到 1 位').waitFor();
  });
});
