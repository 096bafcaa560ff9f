import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import jsqr from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import type { TrafficRow } from '../emulator/simulator/feed.ts';
import type { TrafficRecord } from '../emulator/simulator/traffic.ts';
import { becomes, launchChromium } from '../testing/tools/browser.ts';
import { describeInBrowser } from '../testing/tools/describe-in-browser.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { layoutFaults } from '../testing/tools/layout-faults.ts';
import { type Emulation, startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: a picture of one colour as `File`. */
const DRAWN = `(async (type) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
  const draw = canvas.getContext('2d');
  draw.fillStyle = '#07c160';
  draw.fillRect(0, 0, 40, 30);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type));
  return new File([blob], 'drawn', { type });
})`;

/** Runs in the page: lets go of a file over the phone, or pastes it there, as a browser tells it. */
const give = (how: 'drop' | 'paste', file: string) => `(async () => {
  const data = new DataTransfer();
  data.items.add(await ${file});
  const about = { bubbles: true, cancelable: true };
  const screen = document.querySelector('.screen');
  if ('${how}' === 'paste') {
    screen.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: data }));
  } else {
    screen.dispatchEvent(new DragEvent('dragover', { ...about, dataTransfer: data }));
    screen.dispatchEvent(new DragEvent('drop', { ...about, dataTransfer: data }));
  }
})()`;

/** Runs in the page: the pixels of a PNG. */
const PIXELS = `(async (base64) => {
  const blob = await (await fetch('data:image/png;base64,' + base64)).blob();
  const picture = await createImageBitmap(blob);
  const { width, height } = picture;
  const draw = new OffscreenCanvas(width, height).getContext('2d');
  draw.drawImage(picture, 0, 0);
  return { width, height, data: [...draw.getImageData(0, 0, width, height).data] };
})`;

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: readonly number[];
}

describeInBrowser('the phone of the simulator in a browser', (chromiumPath) => {
  let emulation: Emulation;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [emulation, browser] = await Promise.all([
      startEmulation({ root, account: fixtureAccount, port: 0, mode: 'safe', timers: 'hand' }),
      launchChromium(chromiumPath),
    ]);
    // The page's own policy would keep axe and pictures in `data:` out.
    const context = await browser.newContext({
      viewport: { width: 1_360, height: 860 },
      locale: 'zh-CN',
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await control('POST', '/followers/oAlice/follow', {});
    await page.goto(emulation.urls.simulator);
    await phone().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await emulation?.close();
  });

  const phone = () => page.getByRole('region', { name: /^手机/ });
  const dialog = () => page.getByRole('dialog');
  const button = (name: string | RegExp) => dialog().getByRole('button', { name });
  const control = async <T>(method: string, where: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${emulation.urls.simulator}emulator${where}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    return (await response.json()) as T;
  };
  const openMore = async (item: string) => {
    const more = phone().getByLabel('更多', { exact: true });
    if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
    await phone().getByRole('button', { name: item }).click();
    await dialog().waitFor();
  };
  /** What was pushed last under this name; a push has a row before it has ended. */
  const lastPush = async (name: string): Promise<string> => {
    for (;;) {
      const rows = await control<readonly TrafficRow[]>('GET', '/traffic');
      const row = rows.findLast((each) => each.name === name);
      const record = await control<TrafficRecord>('GET', `/traffic/${row?.id}`);
      if (record.kind !== 'push') return '';
      if (record.result) return record.result.message;
      await page.waitForTimeout(50);
    }
  };
  const faults = async (part = '.phone-side') => {
    await page.addScriptTag({ content: axe });
    const results = await page.evaluate(
      (selector) =>
        (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(selector, {
          resultTypes: ['violations'],
        }),
      part,
    );
    const broken = results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    return [...broken, ...(await layoutFaults(page))];
  };

  test.each([
    ['paste', 'image/png'],
    ['drop', 'image/webp'],
  ] as const)(
    'a picture comes by %s, is shown first, and goes to the account',
    async (how, type) => {
      const before = await phone().locator('.theirs img.picture').count();

      await page.evaluate(give(how, `${DRAWN}('${type}')`));
      await dialog().getByRole('img', { name: '照片' }).waitFor();
      expect(await faults()).toEqual([]);
      await button('确定').click();

      await phone().locator('.theirs img.picture').nth(before).waitFor();
      const [, mediaId = ''] = /<MediaId><!\[CDATA\[(.*?)\]\]>/.exec(await lastPush('image')) ?? [];
      const file = await fetch(`${emulation.urls.simulator}emulator/media/${mediaId}`);
      // What WeChat does not take is made a JPEG on the phone.
      expect(file.headers.get('content-type')).toBe(type === 'image/png' ? type : 'image/jpeg');
    },
  );

  test('a file that is no picture is refused with words, and nothing is pushed', async () => {
    const before = await control<readonly unknown[]>('GET', '/traffic');
    await page.evaluate(give('drop', "new File(['no picture'], 'a.png', { type: 'image/png' })"));
    await button('确定').click();

    const alert = page.getByRole('alert');
    await alert.getByText('微信不收：这个文件不是图片。').waitFor();
    expect(await alert.textContent()).toContain('40137');
    expect(await control('GET', '/traffic')).toHaveLength(before.length);
    await alert.getByLabel('关闭').click();

    await page.evaluate(give('paste', "new File(['%PDF'], 'a.pdf', { type: 'application/pdf' })"));
    await alert.getByText('这里只能发送图片、MP4 视频和 AMR、MP3 语音。').waitFor();
    await alert.getByLabel('关闭').click();
  });

  test('a voice that was recorded elsewhere is dropped or chosen, and goes out as WeChat takes it', async () => {
    const silence = '[0x04, ...new Array(12).fill(0)]';
    const amr = `new File(['#!AMR\\n', new Uint8Array(new Array(100).fill(${silence}).flat())], 'a.amr')`;
    await page.evaluate(give('drop', amr));
    await dialog().getByText('a.amr').waitFor();
    expect(await faults()).toEqual([]);
    await button('确定').click();
    await phone().locator('.theirs', { hasText: '2″' }).waitFor();
    expect(await lastPush('voice')).toContain('<Format><![CDATA[amr]]>');

    await phone().getByTitle('语音').click();
    const file = { name: 'b.amr', mimeType: '', buffer: Buffer.from('no voice at all') };
    await dialog().locator('input[type=file]').setInputFiles(file);
    const alert = page.getByRole('alert');
    await alert.getByText('微信不收这种格式的文件。').waitFor();
    await alert.getByLabel('关闭').click();
  });

  test('an event of WeChat is chosen by what it is, its fields are filled in, and it is pushed', async () => {
    await openMore('全部事件');
    await dialog().getByRole('searchbox').fill('等待回复');
    expect(await faults()).toEqual([]);
    await button(/scancode_waitmsg/).click();
    expect(await dialog().getByLabel('ScanCodeInfo.ScanType').inputValue()).toBe('qrcode');
    await dialog().getByLabel('ScanCodeInfo.ScanResult').fill('桌号 7');
    expect(await faults()).toEqual([]);
    await button('确定').click();

    await page.locator('.virtual-row', { hasText: 'scancode_waitmsg' }).waitFor();
    expect(await lastPush('scancode_waitmsg')).toContain('<ScanResult><![CDATA[桌号 7]]>');
  });

  test('an event that nobody knows is written as JSON', async () => {
    await openMore('全部事件');
    await button('其他事件').click();
    await dialog().getByLabel('事件名').fill('brand_new');
    await dialog().getByText('字段（JSON）').click();
    await dialog().getByRole('textbox', { name: '字段（JSON）' }).fill('{"Depth": ');
    await becomes(() => button('确定').isDisabled(), true);
    await dialog().getByRole('textbox', { name: '字段（JSON）' }).fill('{"Depth": {"One": 1}}');
    expect(await dialog().getByLabel('Depth.One').inputValue()).toBe('1');
    await button('确定').click();

    await page.locator('.virtual-row', { hasText: 'brand_new' }).waitFor();
    expect(await lastPush('brand_new')).toContain('<One>1</One>');
  });

  test('a code of the account is one that a camera reads, and is scanned from there', async () => {
    const { appid, secret } = emulation.account;
    const post = async (where: string, body: object) => {
      const url = `${emulation.urls.wechatApi}/cgi-bin/${where}`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return (await response.json()) as { access_token: string; url: string };
    };
    const grant = { grant_type: 'client_credential', appid, secret };
    const { access_token } = await post('stable_token', grant);
    const { url } = await post(`qrcode/create?access_token=${access_token}`, {
      action_name: 'QR_LIMIT_STR_SCENE',
      action_info: { scene: { scene_str: '展会 A' } },
    });

    await openMore('扫一扫');
    expect(await faults()).toEqual([]);
    await button('查看二维码 展会 A').click();
    const picture = dialog().getByRole('img', { name: '二维码 展会 A' });
    const png = (await picture.screenshot()).toString('base64');
    const { width, height, data } = (await page.evaluate(`${PIXELS}('${png}')`)) as Pixels;
    expect(jsqr.default(Uint8ClampedArray.from(data), width, height)?.data).toBe(url);
    expect(await faults()).toEqual([]);

    await button('扫码').click();
    await phone().locator('.theirs', { hasText: 'You scanned "展会 A"' }).waitFor();
  });

  test('one among 500 followers is found by a few letters, also one without a phone', async () => {
    for (let each = 0; each < 500; each += 1) {
      await control('POST', '/followers', { openid: `oMany${each}`, name: `茶友 ${each}` });
    }
    await control('POST', '/wechat/followers', { count: 3, prefix: 'oStranger' });
    await phone().waitFor();
    const find = page.getByRole('button', { name: '查找关注者' });
    await find.getByText('501').waitFor();
    await becomes(() => page.locator('.follower').count(), 8);

    await find.click();
    await dialog().getByText('继续输入可缩小范围').waitFor();
    expect(await faults()).toEqual([]);
    await dialog().getByRole('searchbox').fill('茶友 417');
    await button(/茶友 417/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: '茶友 417', selected: true }).waitFor();

    await find.click();
    await dialog().getByRole('searchbox').fill('stranger');
    await button(/oStranger.*2/).click();
    await page.getByRole('tab', { name: /oStranger/, selected: true }).waitFor();
    await phone().getByLabel('输入消息').waitFor();
  });

  test('each sheet fits, at any size, in both languages and themes', async () => {
    const found: string[] = [];
    await page.getByRole('tab', { name: 'Alice' }).click();
    for (const [language, more, items] of [
      ['English', 'More', ['Any event', 'Scan', 'Voice']],
      ['中文', '更多', ['全部事件', '扫一扫', '语音']],
    ] as const) {
      await page.getByRole('button', { name: language, exact: true }).click();
      for (const [width, theme] of [
        [320, 'light'],
        [390, 'dark'],
        [1_360, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 760 });
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        await page.evaluate("document.getElementById('tab-chat')?.click()");
        for (const item of items) {
          const panel = page.locator('.keyboard').getByLabel(more, { exact: true });
          if ((await panel.getAttribute('aria-expanded')) !== 'true') await panel.click();
          await page.locator('.more-panel').getByRole('button', { name: item }).click();
          await dialog().waitFor();
          found.push(...(await faults()).map((fault) => `${item}, ${width}, ${theme}: ${fault}`));
          await page.keyboard.press('Escape');
          await dialog().waitFor({ state: 'detached' });
        }
      }
    }

    expect(found).toEqual([]);
  });

  test('a message shows the way that it took, step by step, at any size', async () => {
    await control('POST', '/followers/oAlice/say', { type: 'text', Content: 'more' });
    await page.evaluate("document.getElementById('tab-traffic').click()");
    await page.locator('.virtual-row', { hasText: 'more' }).click();
    const way = page.getByRole('table');

    await way.getByRole('row', { name: /投递 1 HTTP 200/ }).waitFor();
    await way.getByRole('row', { name: /数据库 inbox 写入 认领/ }).waitFor();
    await way.getByRole('row', { name: /接口 customerService\.send 已发送/ }).waitFor();
    const found: string[] = [];
    for (const width of [320, 390, 900, 1_360]) {
      await page.setViewportSize({ width, height: 860 });
      for (const theme of ['light', 'dark']) {
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        found.push(...(await faults('.panels')).map((fault) => `${width}, ${theme}: ${fault}`));
      }
    }
    expect(found).toEqual([]);

    await way.getByRole('button', { name: 'customerService.send' }).click();
    await page
      .getByRole('region', { name: '详情' })
      .getByText('/cgi-bin/message/custom/send')
      .waitFor();
  });
});
