import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

/** One blue point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkqP//HwAEhgKA3FoKfgAAAABJRU5ErkJggg==',
  'base64',
);
const DATA_URL = `data:image/png;base64,${PNG.toString('base64')}`;

describeInBrowser('the pages of articles and of the library, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  const button = (name: string | RegExp) =>
    console.page.getByRole('button', { name, exact: typeof name === 'string' });
  const sure = () => console.page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  /** The words of a field begin with its label; hints follow. */
  const title = () => console.page.getByRole('textbox', { name: /^标题/ });
  const text = () => console.page.getByRole('textbox', { name: /^正文/ });
  const phone = () => console.page.frameLocator('iframe[title="手机预览"]');

  test('both teach while they are empty, and have no fault of accessibility', async () => {
    const { page } = console;
    await console.open('articles');
    await page.getByText('还没有草稿').waitFor();
    expect(await console.faults()).toEqual([]);
    await console.open('library');
    await page.getByText('这里还没有素材').waitFor();

    expect(await console.faults()).toEqual([]);
  });

  test('a file is refused before it is sent if WeChat would, and else uploaded and shown', async () => {
    const { page } = console;
    const files = page.getByLabel('文件');
    const choose = async (name: string, buffer: Buffer) => {
      await files.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    };
    await choose('a.webp', PNG);
    await page.getByText('微信在这里只接受 BMP、PNG、JPG、GIF').waitFor();
    await choose('a.png', Buffer.alloc(4 * 1024 * 1024 + 1));
    await page.getByText('这里一次最多上传 4 MB').waitFor();
    await page.getByLabel('类型').selectOption('thumb');
    await choose('a.jpg', Buffer.alloc(64 * 1024 + 1));
    await page.getByText('65 KB，微信最多 64 KB').waitFor();
    expect(await button('上传').isDisabled()).toBe(true);
    await page.getByLabel('类型').selectOption('image');
    await choose('point.png', PNG);

    await button('上传').click();
    await page.getByRole('img', { name: 'point.png' }).waitFor();

    await becomes(() => page.getByText('图片 1 个').count(), 1);
    expect(await console.faults()).toEqual([]);
  });

  test('a file that is not what its name says is refused by the room, in its own words', async () => {
    const { page } = console;
    const liar = { name: 'liar.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await page.getByLabel('文件').setInputFiles(liar);
    await button('上传').click();

    await page.getByText('has no known format by its first bytes').waitFor();

    expect(await console.invoke('material', 'count')).toMatchObject({ image_count: 1 });
    await page.getByRole('alert').getByRole('button', { name: '关闭' }).click();
  });

  test('an article is written in Markdown, shown on the phone, and kept while the page is reloaded', async () => {
    const { page } = console;
    await console.open('articles');
    await button('写文章').click();
    await title().fill('春茶上市');
    await page.getByLabel('作者').fill('小李');
    await text().fill('## 龙井\n\n**新茶** [官网](https://example.com/)');
    await phone().getByRole('heading', { name: '春茶上市' }).waitFor();
    await phone().getByRole('heading', { name: '龙井' }).waitFor();
    expect(
      await phone()
        .getByRole('heading', { name: '龙井' })
        .evaluate((element) => `${(element as { style?: { fontSize: string } }).style?.fontSize}`),
    ).toBe('20px');
    await phone().getByText('官网（https://example.com/）').waitFor();
    await button('从素材库选择').click();
    await page.getByRole('button', { name: '选择：point.png' }).click();
    await page.getByRole('img', { name: '封面' }).waitFor();
    expect(await console.faults()).toEqual([]);

    await page.reload();

    await becomes(() => title().inputValue(), '春茶上市');
    await phone().getByRole('heading', { name: '龙井' }).waitFor();
  });

  test('pictures are brought in by the function, which asks no host of our own network', async () => {
    const { page, emulation } = console;
    const secret = `${emulation.urls.simulator}a.png`;
    const written = `![](${secret})\n\n![](http://169.254.169.254/a.png)\n\n![](${DATA_URL})`;
    await text().fill(written);
    await page.getByText('有 3 张外部图片').waitFor();

    await button('导入到微信').click();
    await page.getByText('有 2 张外部图片').waitFor();

    await becomes(() => page.getByText('not public').count(), 2);
    const source = await text().inputValue();
    expect(source).toContain(secret);
    expect(source).toMatch(/!\[\]\(http:\/\/[^)]*\/mmbiz_png\/[^)]+\)$/);
    expect(source).not.toContain('data:');
    await phone().locator('img').waitFor();
  });

  test('it is saved as a draft, edited again as formatted text, published, and followed', async () => {
    const { page, emulation } = console;
    await text().fill('## 龙井\n\n第一版');
    await button('保存到草稿箱').click();
    await page.getByRole('row', { name: /春茶上市/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    await button('编辑：春茶上市').click();
    await title().fill('春茶到了');
    const source = await text().inputValue();
    expect(source).toMatch(/^<h2 style=.*第一版/s);
    await text().fill('');
    await text().evaluate((element) => {
      const { DataTransfer, ClipboardEvent } = globalThis as unknown as {
        DataTransfer: new () => { setData(kind: string, data: string): void };
        ClipboardEvent: new (name: string, init: object) => object;
      };
      const clipboardData = new DataTransfer();
      clipboardData.setData(
        'text/html',
        '<div class="x" style="color:red;position:fixed">粘贴<script>x</script></div>',
      );
      const options = { clipboardData, bubbles: true, cancelable: true };
      (element as unknown as { dispatchEvent(event: object): void }).dispatchEvent(
        new ClipboardEvent('paste', options),
      );
    });
    await phone().getByText('粘贴').waitFor();
    await button('保存到草稿箱').click();
    await page.getByRole('row', { name: /春茶到了/ }).waitFor();
    expect(await console.invoke('material', 'listDrafts', { withContent: true })).toMatchObject({
      items: [
        {
          content: {
            news_item: [
              {
                title: '春茶到了',
                author: '小李',
                content: '<section style="color: red">粘贴</section>',
              },
            ],
          },
        },
      ],
    });

    await button('发布：春茶到了').click();
    await sure();
    await page.getByText('微信正在处理').waitFor();
    await emulation.wechatApi.clock.advance(60_000);
    await button('现在查询').click();
    await page.locator('.publications .state.ok').waitFor();
    await button('不再显示').click();
    await button('已发布').click();
    await page.getByRole('row', { name: /春茶到了/ }).waitFor();
    expect(await console.faults()).toEqual([]);

    const { entries } = Object(await console.invoke('worker', 'auditList')) as {
      entries: readonly { readonly action: string }[];
    };
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'material add',
        'material addDraft',
        'material updateDraft',
        'material localizePictures',
        'material publish',
      ]),
    );
  });

  test('what is published and what is in the library goes for good only after a question', async () => {
    const { page } = console;
    await button('删除：春茶到了').click();
    await sure();
    await page.getByText('已删除').first().waitFor();
    await console.open('library');
    await button('删除：point.png').click();
    await sure();
    await page.getByText('这里还没有素材').waitFor();

    expect(await console.invoke('material', 'count')).toMatchObject({ image_count: 0 });
  });

  test('nothing in an article of a colleague runs or leaves the frame of the phone', async () => {
    const { page } = console;
    const { media_id: cover } = Object(
      await console.invoke('material', 'add', {
        type: 'image',
        file: { base64: PNG.toString('base64'), name: 'cover.png' },
      }),
    ) as { media_id: string };
    const evil =
      '<p>开始</p><script>parent.hacked = 1</script><img src="x" onerror="parent.hacked = 1">' +
      '<a href="javascript:parent.hacked=1">点我</a><svg onload="parent.hacked=1"></svg>' +
      '<iframe srcdoc="<script>parent.parent.hacked=1</script>"></iframe>' +
      '<p style="position:fixed;inset:0;background:url(https://evil.example/x)">盖住</p>';
    const name = '<img src=x onerror=hacked=1>';
    await console.invoke('material', 'addDraft', {
      articles: [{ title: name, author: '<b>x</b>', content: evil, thumb_media_id: cover }],
    });
    await console.open('articles');

    await button(`编辑：${name}`).click();
    await phone().getByText('开始').waitFor();
    await phone().getByText('点我').click();

    expect(await phone().getByRole('heading', { level: 1 }).innerText()).toBe(name);
    expect(await phone().locator('script, svg, iframe, [onerror], [href]').count()).toBe(0);
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'hacked'))).toBe(false);
    expect(
      await phone()
        .getByText('盖住')
        .evaluate((element) => String((element as { style?: { cssText: string } }).style?.cssText)),
    ).toBe('');
    expect(console.trouble).toEqual([]);
  });

  test('nothing is cut off from 320 to 1440 px', async () => {
    const { page } = console;
    const cut: string[] = [];
    for (const route of ['articles/edit', 'articles', 'articles/published', 'library']) {
      await console.open(route);
      for (const width of [320, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.locator('.content').evaluate((element) => {
          const { scrollWidth, clientWidth } = element as unknown as Record<string, number>;
          return Number(scrollWidth) - Number(clientWidth);
        });
        if (over > 0) cut.push(`${route} at ${width}: ${over} px`);
      }
      await page.setViewportSize({ width: 1_200, height: 800 });
    }

    expect(cut).toEqual([]);
  });
});
