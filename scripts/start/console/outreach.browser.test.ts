import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describeInBrowser('the pages of codes and of templates, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  async function control(path: string, body: object): Promise<void> {
    const response = await console.emulation.wechatApi.fetch(`http://wechat.test/emulator${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  }

  test('a code is made, printed, and says who came by it', async () => {
    const { page, emulation } = console;
    await console.open('codes');
    await page.getByText('还没有二维码').first().waitFor();
    expect(await console.faults()).toEqual([]);

    await page.getByLabel('场景值').fill('shop-12');
    await page.getByLabel('备注').fill('南京路店海报');
    await page.getByRole('button', { name: '创建二维码' }).click();
    await page.getByRole('img', { name: 'shop-12 的二维码' }).waitFor();
    for (const [kind, begin] of [
      ['SVG', Buffer.from('<svg')],
      ['PNG', PNG],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `${kind}: shop-12` }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`qrcode-shop-12.${kind.toLowerCase()}`);
      const file = await readFile(await download.path());
      expect(file.subarray(0, begin.length)).toEqual(begin);
    }
    const follow = { type: 'event', Event: 'subscribe', EventKey: 'qrscene_shop-12' } as const;
    await emulation.push.send({ ...follow, openid: 'oByTheCode' });
    const scan = { type: 'event', Event: 'SCAN', EventKey: 'shop-12', Ticket: 'T' } as const;
    await emulation.push.send({ ...scan, openid: 'oByTheCode' });
    await emulation.push.send({ ...scan, openid: 'oAnother' });
    await page.reload();

    await page.getByRole('row', { name: /南京路店海报 shop-12 3 1 1/ }).waitFor();
    await page.getByRole('button', { name: '近 30 天' }).click();
    await page.getByLabel('逐日查看').selectOption('南京路店海报');
    await page.getByRole('row', { name: /^\d{4}-\d\d-\d\d 3 1 1$/ }).waitFor();
    const days = page.getByRole('row', { name: /^\d{4}-\d\d-\d\d / });
    await becomes(() => days.count(), 30);
    await becomes(() => page.locator('.chart canvas').count(), 1);
    expect(await console.faults()).toEqual([]);
  });

  test('a template is shown with its fields, and a test of it arrives', async () => {
    const { page, emulation } = console;
    await control('/templates', {
      templateId: 'T1',
      title: '下单成功通知',
      content: '商品:{{thing1.DATA}}\n时间:{{time2.DATA}}',
      example: '商品:茶\n时间:今天',
    });
    await emulation.push.send({ type: 'event', Event: 'subscribe', openid: 'oColleague' });
    const sent: string[] = [];
    emulation.onSend(({ text }) => sent.push(String(text)));
    await console.open('templates');
    await page.getByRole('heading', { name: '下单成功通知' }).waitFor();
    await page.getByText('试发', { exact: true }).click();
    await page.getByLabel('接收人的 openid').fill('oColleague');
    await page.getByLabel('thing1').fill('<b>茶</b>');
    await page.getByLabel('time2').fill('2026-11-30 10:00');
    expect(await console.faults()).toEqual([]);

    await page.getByRole('button', { name: '发送' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.locator('.toast').waitFor();
    expect(await page.locator('.toast').innerText()).toContain('已发送');

    expect(sent).toEqual(['下单成功通知\n商品:<b>茶</b>\n时间:2026-11-30 10:00']);
    expect(console.trouble).toEqual([]);
  });
});
