import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { blockCollection, unpack } from '../../../shared/followers/block.ts';
import { jpg } from '../../../shared/material/samples.test-data.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

const WORDS = '元旦不打烊，<b>欢迎</b>回来';

describeInBrowser('the page of broadcasts, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  let phone: Page;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  const button = (name: string, page = console.page) =>
    page.getByRole('button', { name, exact: true });
  const confirm = (page: Page) => page.getByRole('dialog').getByRole('button', { name: '确定' });
  const bubbles = () => phone.getByText(WORDS).count();
  const work = () => console.invoke('worker', 'run');

  /** Lets the worker go on, a minute at a time, until something is over. */
  async function workUntilOver(read: () => Promise<unknown>): Promise<void> {
    const isOver = async () => Object(await read()).isOver === true;
    for (let minutes = 0; minutes < 60 && !(await isOver()); minutes += 1) {
      await work();
      await console.emulation.wechatApi.clock.advance(60_000);
    }
    expect(await isOver()).toBe(true);
  }

  async function control(method: string, path: string, body: object): Promise<void> {
    const response = await console.emulation.wechatApi.fetch(`http://wechat.test/emulator${path}`, {
      method,
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  }

  async function openOn(page: Page, route: string): Promise<void> {
    await page.goto(`${page.url().replace(/#.*/, '')}#/${route}`);
  }

  async function anArticle(title: string) {
    const file = { base64: jpg().toString('base64'), name: 'cover.jpg' };
    const cover = await console.invoke('material', 'add', { type: 'image', file });
    const { media_id: thumb_media_id } = Object(cover) as { media_id: string };
    return { title, content: '<p>红烧肉 &amp; 米饭</p>', thumb_media_id };
  }

  /** As the field of a time takes it. */
  function inChina(afterMs: number): string {
    const at = console.emulation.wechatApi.clock.now() + afterMs + 8 * 3_600_000;
    return new Date(at).toISOString().slice(0, 16);
  }

  test('teaches while it is empty, says who is missing, and has no fault of accessibility', async () => {
    const { page } = console;
    await console.open('broadcasts');
    await page.getByText('还没有群发').waitFor();
    await page.getByText('提交后无人能放行').waitFor();

    expect(await console.faults()).toEqual([]);
  });

  test('an audience cannot be counted before the followers are synced, and the page begins that', async () => {
    const { page, emulation } = console;
    phone = await console.stranger();
    await phone.goto(emulation.urls.simulator);
    await phone.getByRole('button', { name: '关注服务号' }).click();
    await phone.locator('.virtual-row').first().waitFor();
    await control('POST', '/followers', { count: 4 });
    await page.getByRole('link', { name: '新建群发' }).click();
    await button('按条件筛选').click();
    await page.getByLabel('关注时间不早于').fill('2020-01-01');
    await page.getByText('关注者还没有同步完').waitFor();
    await button('同步关注者').click();
    await page.getByText('已开始同步').waitFor();
    await workUntilOver(() => console.invoke('followers', 'status'));
    await button('刷新').click();

    await page.locator('.counts .large', { hasText: '5' }).waitFor();
    expect(await console.faults()).toEqual([]);
  });

  test('what is composed is previewed on a phone, and is kept when the page is loaded anew', async () => {
    const { page, store } = console;
    const blocks = await store.query(blockCollection, { filter: 'all', limit: 100 });
    const followers = blocks.flatMap(({ doc }) => unpack(doc));
    const openid = followers.find((one) => !one.openid.startsWith('oSeeded'))?.openid ?? '';
    await control('PUT', `/followers/${openid}`, { wechatId: 'colleague-01' });

    await button('下一步').click();
    await page.getByRole('textbox', { name: /^文字/ }).fill('啊'.repeat(683));
    await page.getByText('2049 字节，微信最多 2048 字节').waitFor();
    await page.getByRole('textbox', { name: /^文字/ }).fill(WORDS);
    await page.getByRole('region', { name: '关注者看到的样子' }).getByText(WORDS).waitFor();
    await page.getByLabel('微信号', { exact: true }).fill('colleague-01');
    expect(await console.faults()).toEqual([]);
    await button('发送预览').click();
    await page.getByText('预览已发送').waitFor();
    await phone.getByText(WORDS).waitFor();
    expect(await bubbles()).toBe(1);

    await page.reload();
    await page.getByRole('region', { name: '关注者看到的样子' }).getByText(WORDS).waitFor();
  });

  test('is proposed after a dry run, and not released by whoever proposed it', async () => {
    const { page } = console;
    await button('下一步').click();
    await page.getByText('放行后立即发送').waitFor();
    expect(await console.faults()).toEqual([]);
    await button('下一步').click();
    await page.getByText('分 1 批发送').waitFor();
    await becomes(() => button('提交').isDisabled(), true);
    await page.getByLabel('名称').fill('元旦预告');
    expect(await console.faults()).toEqual([]);
    await button('提交').click();

    await page.getByText('须由另一位同事放行').waitFor();
    expect(await button('放行并发送').count()).toBe(0);
    expect(await console.faults()).toEqual([]);
    await work();
    expect(await bubbles()).toBe(1);
  });

  test('a second operator sees it whole, releases it once, and it arrives once', async () => {
    const { page } = console;
    const [wang, zhang] = [
      await console.signedIn('小王', 'send'),
      await console.signedIn('小张', 'send'),
    ];
    for (const one of [wang, zhang]) {
      await openOn(one, 'broadcasts');
      await one.getByRole('link', { name: '元旦预告' }).click();
      await one.getByText('分 1 批发送').waitFor();
      await one.getByText('关注时间不早于：2020-01-01').waitFor();
      await one.getByRole('region', { name: '关注者看到的样子' }).getByText(WORDS).waitFor();
    }
    await button('放行并发送', wang).click();
    await wang.getByText('将发送给 5 位关注者').waitFor();
    await confirm(wang).click();
    await wang.getByText('已放行', { exact: true }).waitFor();
    await button('放行并发送', zhang).click();
    await confirm(zhang).click();
    await zhang.locator('.toast', { hasText: '小王 has released it' }).waitFor();

    await workUntilOver(async () => {
      const { massSends } = Object(await console.invoke('mass-send', 'list'));
      return massSends[0];
    });

    await wang.reload();
    await wang.getByRole('row', { name: /元旦预告 已完成 按条件筛选 5 .* 本机/ }).waitFor();
    expect(await bubbles()).toBe(2);
    await wang.getByRole('link', { name: '元旦预告' }).click();
    await wang.locator('.counts > div', { hasText: '已送达' }).getByText('5').waitFor();
    await console.open('broadcasts');
    await page.getByRole('row', { name: /元旦预告/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    const { entries } = (await console.invoke('worker', 'auditList')) as {
      entries: { action: string; actor: string; outcome: string }[];
    };
    expect(
      entries
        .filter(({ action }) => action.startsWith('broadcasts'))
        .map(({ action, actor, outcome }) => `${actor}: ${action}, ${outcome}`),
    ).toEqual([
      'operator 小张: broadcasts release, conflict',
      'operator 小王: broadcasts release, ok',
      'operator 本机: broadcasts propose, ok',
    ]);
    await wang.context().close();
    await zhang.context().close();
  });

  test('an article is chosen from the drafts, and cannot be released once it was edited', async () => {
    const { page } = console;
    const article = await anArticle('新年菜单');
    const { media_id } = Object(
      await console.invoke('material', 'addDraft', { articles: [article] }),
    ) as { media_id: string };
    await console.emulation.wechatApi.clock.advance(3_600_000);
    await console.open('broadcasts/new/audience');
    await button('全部关注者').click();
    await page.locator('.counts .large', { hasText: '5' }).waitFor();
    await button('下一步').click();
    await button('图文').click();
    await page.getByLabel('从草稿箱选择').selectOption({ label: '新年菜单' });
    await page.getByText('正文', { exact: true }).click();
    await page.getByText('红烧肉 & 米饭').waitFor();
    expect(await console.faults()).toEqual([]);
    await button('下一步').click();
    await page.getByLabel('定时发送').check();
    await page.getByLabel('开始时间（北京时间）').fill(inChina(48 * 3_600_000));
    await button('下一步').click();
    await page.getByLabel('名称').fill('新年菜单');
    await page.getByText('一次调用发出').waitFor();
    await button('提交').click();
    await page.getByText('须由另一位同事放行').waitFor();
    const wang = await console.signedIn('小王', 'send');
    await openOn(wang, 'broadcasts');
    await wang.getByRole('link', { name: '新年菜单' }).click();
    await wang.getByText('一次调用发出').waitFor();
    await becomes(() => button('放行并发送', wang).isEnabled(), true);

    await console.invoke('material', 'updateDraft', {
      ...{ media_id, index: 0 },
      articles: { ...article, title: '换了的菜单' },
    });
    await button('刷新', wang).click();

    await wang.getByText('提交后图文被修改过').waitFor();
    await becomes(() => button('放行并发送', wang).isDisabled(), true);
    await wang.getByLabel('驳回原因').fill('标题被改了');
    await button('驳回', wang).click();
    await confirm(wang).click();
    await wang.getByText('原因：标题被改了').waitFor();
    await console.open('broadcasts');
    await page.getByRole('row', { name: /新年菜单 已驳回 全部关注者 5/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    await wang.context().close();
  });

  test('nothing is cut at any width, in both languages', async () => {
    const { page } = console;
    const pages = [
      'broadcasts',
      ...['audience', 'content', 'time', 'check'].map((step) => `broadcasts/new/${step}`),
    ];
    const wide: string[] = [];
    for (const language of ['English', '中文']) {
      await button(language).click();
      for (const route of pages) {
        await console.open(route);
        for (const width of [320, 390, 768, 1_024, 1_440]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page
            .locator('.content')
            .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
          if (over !== 0) wide.push(`${language} ${route} ${width}: ${over}`);
        }
      }
    }
    await page.setViewportSize({ width: 1_200, height: 800 });

    expect(wide).toEqual([]);
    expect(console.trouble).toEqual([]);
  });
});
