import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

describeInBrowser('the page of the menu, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  const editor = () => console.page.getByRole('region', { name: '手机预览' });
  const button = (name: string) => console.page.getByRole('button', { name, exact: true });

  async function publish(): Promise<void> {
    await button('发布').click();
    await console.page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await console.page.getByText('已发布', { exact: true }).waitFor();
  }

  test('teaches while there is no menu, and has no fault of accessibility', async () => {
    await console.open('menu');
    await console.page.getByText('还没有菜单').waitFor();

    expect(await console.faults()).toEqual([]);
    expect(await button('发布').isDisabled()).toBe(true);
  });

  test('a menu is made within the limits, compared, published, and stands on the phone', async () => {
    const { page, emulation } = console;
    await button('添加按钮').click();
    await page.getByLabel('名称').fill('六个汉字啊哈');
    await page.getByText('18 字节，微信最多 16 字节').waitFor();
    await page.getByLabel('名称').fill('今日歌曲');
    await page.getByText('12 / 16 字节').waitFor();
    await page.getByLabel('事件 key').fill('SONG');
    await button('添加按钮').click();
    await page.getByLabel('名称').fill('更多');
    await page.getByLabel('点击后').selectOption('list');
    await button('添加子按钮').click();
    await page.getByLabel('名称').fill('官网');
    await page.getByLabel('点击后').selectOption('view');
    await page.getByLabel('网址').fill('example.com');
    await page.getByText('要以 http:// 或 https:// 开头').waitFor();
    await button('与线上对比').click();
    await page.locator('.alarm', { hasText: 'url must be a whole http://' }).waitFor();
    await page.getByLabel('网址').fill('https://example.com/');
    expect(await button('发布').isDisabled()).toBe(true);
    await button('与线上对比').click();
    await page.getByRole('row', { name: /官网 第 2 个的第 1 项 新增/ }).waitFor();
    expect(await console.faults()).toEqual([]);

    await publish();

    const phone = await console.stranger();
    await phone.goto(emulation.urls.simulator);
    await phone.getByRole('button', { name: '关注服务号' }).click();
    await phone.getByRole('button', { name: '更多', exact: true }).first().waitFor();
    await phone.getByRole('button', { name: '今日歌曲' }).click();
    await phone.locator('.virtual-row', { hasText: 'CLICK' }).waitFor();
    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: {
        button: [
          { type: 'click', name: '今日歌曲', key: 'SONG' },
          {
            name: '更多',
            sub_button: [{ type: 'view', name: '官网', url: 'https://example.com/' }],
          },
        ],
      },
    });
    expect(await console.invoke('worker', 'auditList')).toMatchObject({
      entries: [{ action: 'menu create', actor: 'operator 本机', outcome: 'ok' }, {}, {}],
    });
  });

  test('a draft outlives the page, is moved by keys, and shows only what differs', async () => {
    const { page } = console;
    await editor().getByRole('button', { name: '今日歌曲' }).click();
    await editor().getByRole('button', { name: '今日歌曲' }).press('Alt+ArrowRight');
    await page.getByLabel('名称').fill('每日一歌');
    await page.reload();
    await editor().getByRole('button', { name: '每日一歌' }).waitFor();
    await button('与线上对比').click();
    await page.getByRole('row', { name: /每日一歌 .*修改 名称: 今日歌曲 → 每日一歌/ }).waitFor();

    await publish();

    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: { button: [{ name: '更多' }, { name: '每日一歌', key: 'SONG' }] },
    });
  });

  test('nothing is published over a menu that has changed since it was compared', async () => {
    const { page } = console;
    await editor().getByRole('button', { name: '每日一歌' }).click();
    await page.getByLabel('名称').fill('我的草稿');
    await button('与线上对比').click();
    await page.getByRole('row', { name: /我的草稿/ }).waitFor();
    const other = { button: [{ type: 'click', name: '同事的', key: 'OTHER' }] };
    await console.invoke('menu', 'create', other);

    await button('发布').click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.locator('.alarm', { hasText: '线上菜单变了' }).waitFor();

    await page.getByRole('row', { name: /同事的 .*删除/ }).waitFor();
    expect(await console.invoke('menu', 'get')).toMatchObject({ menu: other });
  });

  test('a conditional menu is listed with the followers who see it', async () => {
    const { page } = console;
    const { id } = Object(await console.invoke('followers', 'createTag', { name: '会员' }));
    await console.invoke('menu', 'addConditional', {
      button: [{ type: 'click', name: '会员中心', key: 'MEMBER' }],
      matchrule: { tag_id: String(id), client_platform_type: '1' },
    });
    await page.reload();

    await page.getByRole('row', { name: /标签「会员」 \+ iOS .*会员中心/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    expect(console.trouble).toEqual([]);
  });
});
