import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

describeInBrowser('the page of the menu, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  const editor = () => console.page.getByRole('region', { name: '手机预览' });
  const button = (name: string) => console.page.getByRole('button', { name, exact: true });

  const key = (name: string) =>
    editor()
      .locator('[data-place]')
      .filter({ hasText: new RegExp(`^(?:≡ )?${escaped(name)}$`) });
  /** The buttons on the phone as they stand there, those of the open list first. */
  const keys = async () => (await editor().getByRole('button').allInnerTexts()).join(' ');
  const keysBecome = (...wanted: readonly string[]) => becomes(keys, wanted.join(' '));
  const focusBecomes = (wanted: string) =>
    becomes(() => editor().locator(':focus').innerText(), wanted);

  /** Drags a button onto another, as a mouse does it: in steps, past its middle. */
  const drag = (from: string, to: string) => dragTo(from, key(to));

  /** The same by a way over a third. */
  const dragOver = (from: string, over: string, to: string) => dragTo(from, key(over), key(to));

  async function dragTo(from: string, ...way: readonly Locator[]): Promise<void> {
    const { page } = console;
    let { x, y } = middleOf(await boxOf(key(from)));
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const each of way) {
      // What a drag opens stands there only then.
      const end = await boxOf(each);
      x = end.x + end.width * (x > end.x ? 0.2 : 0.8);
      y = end.y + end.height * (y > end.y ? 0.2 : 0.8);
      await page.mouse.move(x, y, { steps: 12 });
    }
    await page.mouse.up();
  }

  async function boxOf(locator: Locator) {
    const box = await locator.boundingBox();
    if (!box) throw new Error('What is dragged, or where to, is not on the phone.');
    return box;
  }

  async function publish(): Promise<void> {
    await button('发布').click();
    await console.page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await console.page.getByText('已发布', { exact: true }).waitFor();
  }

  test('teaches while there is no menu, and has no fault of accessibility', async () => {
    await console.open('menu');
    await console.page.getByText('还没有菜单').waitFor();

    expect(await console.faults()).toEqual([]);
    await becomes(() => button('发布').isDisabled(), true);
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
    await becomes(() => button('发布').isDisabled(), true);
    await button('与线上对比').click();
    await page.getByRole('row', { name: /官网 第 2 个的第 1 项 新增/ }).waitFor();
    expect(await console.faults()).toEqual([]);

    await publish();

    const phone = await console.stranger();
    await phone.goto(emulation.urls.simulator);
    await phone.getByRole('button', { name: '关注服务号' }).click();
    await phone.getByRole('button', { name: '更多', exact: true }).first().waitFor();
    await phone.getByRole('button', { name: '今日歌曲' }).click();
    await phone.getByText('You tapped SONG.').first().waitFor();
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

  test('buttons are dragged along the bar, along a list and into another list', async () => {
    const { page } = console;
    const click = (name: string) => ({ type: 'click', name, key: name });
    await console.invoke('menu', 'create', {
      button: [
        { name: '甲', sub_button: [click('一'), click('二'), click('三')] },
        { name: '乙', sub_button: [click('四')] },
        click('丙'),
      ],
    });
    await button('放弃草稿').click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.reload();
    await key('甲').waitFor();

    await drag('丙', '甲');
    await key('甲').click();
    await drag('三', '一');
    await keysBecome('三', '一', '二', '+', '丙', '≡ 甲', '≡ 乙');
    await drag('一', '乙');
    await keysBecome('四', '一', '+', '丙', '≡ 甲', '≡ 乙');
    await page.getByRole('status').getByText('「一」已移到第 3 个的第 2 项').waitFor();
    await key('一').press('Alt+ArrowLeft');
    await keysBecome('三', '二', '一', '+', '丙', '≡ 甲', '≡ 乙');
    await key('一').press('Alt+ArrowUp');
    await page.getByText('按钮 3 / 3 · 子按钮 3 / 5').waitFor();

    await button('与线上对比').click();
    await page.getByRole('row', { name: /丙 第 1 个 移动 原来在第 3 个/ }).waitFor();
    await publish();
    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: {
        button: [
          { name: '丙' },
          { name: '甲', sub_button: [{ name: '三' }, { name: '一' }, { name: '二' }] },
          { name: '乙', sub_button: [{ name: '四' }] },
        ],
      },
    });
  });

  test('buttons go from the bar into a list and back, by pointer and by keys', async () => {
    const { page } = console;
    const click = (name: string) => ({ type: 'click', name, key: name });
    await console.invoke('menu', 'create', {
      button: [{ name: '甲', sub_button: [click('一'), click('二')] }, click('乙'), click('丙')],
    });
    await page.reload();
    await key('甲').click();

    await drag('乙', '二');
    await keysBecome('一', '二', '乙', '+', '≡ 甲', '丙', '+');
    await page.getByRole('status').getByText('「乙」已移到第 1 个的第 3 项').waitFor();
    await drag('一', '丙');
    await keysBecome('≡ 甲', '丙', '一');
    await key('甲').click();
    // A list is never moved into another, and nothing onto a bar that is full.
    await drag('甲', '二');
    await drag('乙', '丙');
    await keysBecome('二', '乙', '+', '≡ 甲', '丙', '一');

    // From the bar a drag opens the lists that it meets.
    await key('丙').click();
    await dragOver('一', '甲', '乙');
    await keysBecome('二', '乙', '一', '+', '≡ 甲', '丙', '+');
    await dragTo('二', editor().getByRole('button', { name: '添加按钮' }));
    await keysBecome('≡ 甲', '丙', '二');

    await key('二').press('Alt+ArrowUp');
    await keysBecome('乙', '一', '二', '+', '≡ 甲', '丙', '+');
    await focusBecomes('二');
    await page.keyboard.press('Alt+ArrowDown');
    await keysBecome('≡ 甲', '二', '丙');
    await focusBecomes('二');
    await button('移入「甲」').click();
    await button('移到底部菜单').click();
    await page.getByText('按钮 3 / 3').waitFor();
    await key('丙').press('Alt+ArrowUp');

    await button('与线上对比').click();
    await page.getByRole('row', { name: /二 第 2 个 移动 原来在第 1 个的第 2 项/ }).waitFor();
    await publish();
    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: {
        button: [
          { name: '甲', sub_button: [{ name: '乙' }, { name: '一' }, { name: '丙' }] },
          { name: '二', key: '二' },
        ],
      },
    });
  });

  test('a version is looked at, compared and restored, and what others made is one too', async () => {
    const { page } = console;
    await button('历史版本').click();
    await page.getByRole('row', { name: /线上 本机 所有人 甲 · 二/ }).waitFor();
    const others = page.getByRole('row', { name: /开发者（命令行） 所有人 同事的/ });
    await others.waitFor();
    expect(await console.faults()).toEqual([]);

    await others.getByRole('button').click();
    await page.getByRole('row', { name: /同事的 第 1 个 新增/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    await button('恢复此版本').click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();

    await page.getByRole('row', { name: /线上 本机 所有人 同事的/ }).waitFor();
    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: { button: [{ name: '同事的', key: 'OTHER' }] },
    });
    await button('默认菜单').click();
    await key('同事的').waitFor();
  });

  test('a conditional menu is made for some followers, changed, and WeChat says who sees it', async () => {
    const { page, emulation } = console;
    await emulation.push.send({ type: 'event', Event: 'subscribe', openid: 'oMember' });
    await emulation.push.send({ type: 'event', Event: 'subscribe', openid: 'oGuest' });
    const { id } = Object(await console.invoke('followers', 'createTag', { name: '会员' }));
    await console.invoke('followers', 'tag', { tagId: id, openids: ['oMember'] });
    await page.reload();
    await button('个性化菜单').click();
    await page.getByText('还没有个性化菜单').waitFor();
    await button('新建个性化菜单').click();
    await page.getByText('至少选一项').waitFor();
    await page.getByLabel('标签').selectOption('会员');
    await button('添加按钮').click();
    await page.getByLabel('名称').fill('会员中心啊');
    await page.getByText('手机上只显示约 4 个汉字').waitFor();
    await page.getByLabel('名称').fill('会员中心');
    await page.getByLabel('点击后').selectOption('view');
    await page.getByLabel('网址').fill('https://vip.example.com/');
    await page.getByText('全部个性化菜单的网页域名：1 / 3 vip.example.com').waitFor();
    expect(await console.faults()).toEqual([]);
    await button('与线上对比').click();
    await page.getByRole('row', { name: /会员中心 第 1 个 新增/ }).waitFor();
    await publish();

    const row = page.getByRole('row', { name: /标签「会员」 .*会员中心/ });
    await row.getByRole('button', { name: /^修改/ }).click();
    await page.getByLabel('手机系统').selectOption('iOS');
    await button('与线上对比').click();
    await page.getByText('看到的人会变：标签「会员」 → 标签「会员」 + iOS').waitFor();
    await publish();
    await page.getByRole('row', { name: /标签「会员」 \+ iOS .*会员中心/ }).waitFor();

    for (const [user, menu] of [
      ['oMember', /个性化菜单（标签「会员」 \+ iOS）|默认菜单/],
      ['oGuest', /默认菜单/],
    ] as const) {
      await page.getByLabel('openid 或微信号').fill(user);
      await button('查看').click();
      await page.getByText(`${user} 看到：`).waitFor();
      expect(await page.getByText(`${user} 看到：`).innerText()).toMatch(menu);
    }
    expect(await console.faults()).toEqual([]);
  });

  test('a name that is code is shown as it was typed, wherever it stands', async () => {
    const { page } = console;
    const name = '<img src=x onerror=alert(1)>';
    const tagged = { button: [{ name: '单', sub_button: [{ type: 'click', name, key: '<b>' }] }] };
    await console.invoke('menu', 'create', tagged);
    await button('默认菜单').click();
    await page.reload();
    await key('单').click();
    await key(name).click();
    await page.getByLabel('名称').fill(`${name}2`);
    await button('与线上对比').click();
    await page.getByRole('row', { name: /onerror.*→ <img/ }).waitFor();
    await button('历史版本').click();
    await page.getByRole('row', { name: /线上 .* 单 查看/ }).waitFor();
    await page
      .getByRole('row', { name: /线上 .* 单 查看/ })
      .getByRole('button')
      .click();
    await key('单').click();
    await key(name).waitFor();

    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(console.trouble).toEqual([]);
  });

  test('a menu that was taken down is restored', async () => {
    const { page } = console;
    await button('默认菜单').click();
    await button('停用菜单').click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('菜单已停用').waitFor();
    expect(await console.invoke('menu', 'get')).toEqual({ menu: null });

    await button('历史版本').click();
    await page
      .getByRole('row', { name: / 单 查看/ })
      .first()
      .getByRole('button')
      .click();
    await button('恢复此版本').click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('已恢复并发布').waitFor();

    expect(await console.invoke('menu', 'get')).toMatchObject({
      menu: { button: [{ name: '单' }] },
    });
    expect(console.trouble).toEqual([]);
  });
});

function middleOf({ x, y, width, height }: Record<'x' | 'y' | 'width' | 'height', number>) {
  return { x: x + width / 2, y: y + height / 2 };
}

function escaped(text: string): string {
  return text.replaceAll(/[()[\]{}.*+?^$|\\]/g, '\\$&');
}
