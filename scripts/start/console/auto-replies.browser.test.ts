import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { RULES_MS } from '../../../shared/auto-replies/known-rules.ts';
import type { AutoReplies } from '../../../shared/auto-replies/rule.ts';
import { keywordRule, plainRule, rulesOf } from '../../../shared/auto-replies/samples.test-data.ts';
import { mp3, mp4 } from '../../../shared/material/samples.test-data.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';
import { sayOnPhone } from '../../testing/tools/phone-of-page.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** One blue point. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkqP//HwAEhgKA3FoKfgAAAABJRU5ErkJggg==';
const EVIL = '<img src=x onerror=hacked=1>';

describeInBrowser('the page of auto-replies, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  let follower: Page;
  beforeAll(async () => {
    const account = path.join(root, 'examples/accounts/auto-replies.ts');
    console = await openConsoleBrowser(chromiumPath, { account });
  });
  afterAll(() => console?.close());

  const button = (name: string | RegExp, page = console.page) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  /** The words of a field begin with its label; counts and hints follow. */
  const field = (label: string) =>
    console.page.getByRole('textbox', { name: new RegExp(`^${label}`) });
  const sure = (page = console.page) =>
    page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  const rows = () =>
    console.page.getByRole('list', { name: '规则，第一条符合的回复' }).locator('li');
  const names = async () => (await rows().locator('b').allInnerTexts()).join(' ');
  const focused = () => console.page.evaluate<string>('document.activeElement.ariaLabel');
  const trial = () => console.page.getByRole('region', { name: '手机试答' });

  const published = async () =>
    (await console.invoke('menu', 'getAutoReplies')) as {
      readonly rules: AutoReplies;
      readonly revision: number | null;
    };

  /** Somebody else publishes, by whatever way. */
  async function publishElsewhere(rules: AutoReplies): Promise<void> {
    const { revision } = await published();
    await console.invoke('menu', 'setAutoReplies', { rules, revision });
  }

  async function publish(): Promise<void> {
    await button('发布').click();
    await sure();
    await console.page.getByText('没有未发布的改动').waitFor();
  }

  /** Opens a list anew, without a draft. */
  async function openFresh(list: string, rules: AutoReplies): Promise<void> {
    const { page } = console;
    await page.evaluate("localStorage.removeItem('fuwuhao.console.draft.auto-replies')");
    await publishElsewhere(rules);
    await console.open(`auto-replies/${list}`);
    await page.reload();
    await page.getByText('没有未发布的改动').waitFor();
  }

  const say = (text: string) => sayOnPhone(follower, text);

  async function tryText(text: string): Promise<void> {
    await trial().getByLabel('文字', { exact: true }).fill(text);
    await trial().getByLabel('文字', { exact: true }).press('Enter');
    await trial().locator('.mine', { hasText: text }).waitFor();
  }

  test('teaches while it is empty, and has no fault of accessibility', async () => {
    const { page } = console;
    for (const [list, words] of [
      ['keywords', '还没有关键词规则'],
      ['follow', '新关注的人还收不到问候'],
      ['otherwise', '听不懂的话还没有回复'],
    ] as const) {
      await console.open(`auto-replies/${list}`);
      await page.getByText(words).waitFor();
      await page.getByText('还没有发布过规则').waitFor();
      expect(await console.faults()).toEqual([]);
    }
  });

  test('a rule is made within the limits, tried beside, and kept when the page is loaded anew', async () => {
    const { page } = console;
    await button(/^关键词回复/).click();
    await button('新建规则').click();
    await page.getByText('先完成这些规则再发布：未命名').waitFor();
    await becomes(() => button('发布').isDisabled(), true);
    await field('规则名').fill('名'.repeat(61));
    await page.getByText('61 字，微信最多 60 字').waitFor();
    await field('规则名').fill('营业时间');
    await field('关键词 1').fill('营业');
    await field('文字 ').first().fill('字'.repeat(683));
    await page.getByText('2049 字节，微信最多 2048 字节').waitFor();
    await field('文字 ').first().fill('每天 9:00–21:00');
    await page.getByText('19 / 2048 字节').waitFor();
    expect(await console.faults()).toEqual([]);

    await tryText('几点营业？');
    await trial().locator('.bubble', { hasText: '每天 9:00–21:00' }).waitFor();
    await trial().getByText('由「营业时间」回复').waitFor();
    await tryText('你好');
    await trial().getByText('没有规则回复').waitFor();

    await page.reload();
    await page.getByRole('heading', { name: '规则：营业时间' }).waitFor();
    await becomes(() => field('文字 ').first().inputValue(), '每天 9:00–21:00');
    expect(await published()).toMatchObject({ revision: null });
  });

  test('what is published answers on the phone of a follower within ten seconds', async () => {
    const { page, emulation } = console;
    follower = await console.stranger();
    await follower.goto(emulation.urls.simulator);
    await follower.getByRole('button', { name: '关注服务号' }).click();
    await say('营业吗');
    // The instance knows now that there are no rules.
    await follower.locator('.theirs', { hasText: '没听懂' }).waitFor();

    await publish();
    await page.getByText('已发布，最多 10 秒后生效').waitFor();
    await emulation.wechatApi.clock.advance(RULES_MS);
    await say('还在营业吗');

    await follower.locator('.theirs', { hasText: '每天 9:00–21:00' }).waitFor();
    // The program goes first, and has what no rule takes.
    await say('订单 7');
    await follower.locator('.theirs', { hasText: 'Order 订单 7' }).waitFor();
    const { entries } = Object(await console.invoke('worker', 'auditList')) as {
      readonly entries: readonly object[];
    };
    expect(entries[0]).toMatchObject({
      ...{ action: 'menu setAutoReplies', actor: 'operator 本机', outcome: 'ok' },
    });
  });

  test('rules change places by buttons and by keys, and the focus stays with them', async () => {
    const { page } = console;
    const all = ['甲', '乙', '丙', '丁'].map((name) => keywordRule(name, name));
    await openFresh('keywords', rulesOf({ keywords: all }));

    await button('下移：甲').click();
    await becomes(names, '1. 乙 2. 甲 3. 丙 4. 丁');
    await becomes(focused, '下移：甲');
    await page.getByRole('status').getByText('「甲」已移到第 2 位').waitFor();
    for (const _ of [1, 2, 3]) await page.keyboard.press('Enter');
    // At the end of the list the button does nothing more, and keeps the focus.
    await becomes(names, '1. 乙 2. 丙 3. 丁 4. 甲');
    await becomes(focused, '下移：甲');

    await button('修改：丁').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await becomes(names, '1. 丁 2. 乙 3. 丙 4. 甲');
    await page.keyboard.press('Alt+End');
    await becomes(names, '1. 乙 2. 丙 3. 甲 4. 丁');
    await page.keyboard.press('Alt+Home');
    await becomes(names, '1. 丁 2. 乙 3. 丙 4. 甲');
    await becomes(focused, '修改：丁');
    await page.getByText('未发布的改动：调整了顺序').waitFor();
    expect(await console.faults()).toEqual([]);

    await publish();
    expect((await published()).rules.keywords.map(({ name }) => name).join('')).toBe('丁乙丙甲');
  });

  test('a rule is switched off, and one is deleted after a question; the focus goes to the next', async () => {
    const { page } = console;
    await page.getByRole('checkbox', { name: '启用「丁」' }).uncheck();
    await rows().filter({ hasText: '丁' }).getByText('已停用').waitFor();
    await tryText('丁');
    await trial().getByText('没有规则回复').waitFor();
    await button('删除：乙').click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await page.locator('button:focus[aria-label="删除：乙"]').waitFor();
    await becomes(names, '1. 丁 2. 乙 3. 丙 4. 甲');

    await button('删除：乙').click();
    await sure();
    await page.getByText('删除：乙', { exact: false }).first().waitFor();
    await becomes(names, '1. 丁 2. 丙 3. 甲');
    await page.locator('button:focus[aria-label="删除：丙"]').waitFor();

    await publish();
    expect((await published()).rules.keywords).toMatchObject([
      { name: '丁', isOn: false },
      { name: '丙', isOn: true },
      { name: '甲', isOn: true },
    ]);
  });

  test('of many rules those are shown that have what is typed, at their true places', async () => {
    const { page } = console;
    const few = ['开门时间', 'WiFi 密码'].map((name) => keywordRule(name, name));
    const many = Array.from({ length: 10 }, (_, at) => keywordRule(`问题${at}`, `第 ${at} 类`));
    const search = page.getByRole('searchbox', { name: '按规则名、关键词或回复内容筛选' });
    await openFresh('keywords', rulesOf({ keywords: few }));
    await becomes(() => search.count(), 0);
    await openFresh('keywords', rulesOf({ keywords: [...many, ...few] }));

    await search.fill('ｗｉｆｉ');
    await page.getByText('符合 1 条').waitFor();
    await becomes(names, '12. WiFi 密码');
    await search.fill('问题');
    await becomes(() => rows().count(), 10);
    await search.fill('这里没有');
    await page.getByText('没有符合的规则').waitFor();
    expect(await console.faults()).toEqual([]);

    await search.fill('问题3');
    await button('修改：第 3 类').click();
    await button('← 返回列表').click();
    await becomes(names, '4. 第 3 类');
    await becomes(focused, '修改：第 3 类');
    await button('上移：第 3 类').click();
    await becomes(names, '3. 第 3 类');
    await button('删除：第 3 类').click();
    await sure();
    await page.getByText('没有符合的规则').waitFor();
    await page.locator('button:focus', { hasText: '新建规则' }).waitFor();
    await page.keyboard.press('Enter');
    await button('← 返回列表').click();
    // The new rule would not be found by what was typed for another.
    await becomes(() => search.inputValue(), '');
    await becomes(() => rows().count(), 12);
  });

  test('a rule that is never reached is told, and cannot be published', async () => {
    const { page } = console;
    const all = [plainRule('兜底'), plainRule('上班时间', { isOn: false })];
    await openFresh('otherwise', rulesOf({ otherwise: all }));
    await page.getByRole('checkbox', { name: '启用「上班时间」' }).check();
    await page.getByText('轮不到：「兜底」总是先回复').waitFor();
    await page.getByText('这些规则轮不到，先移到前面或停用：上班时间').waitFor();
    await becomes(() => button('发布').isDisabled(), true);

    await button('修改：兜底').click();
    await button('限定时间').click();
    await page.getByText('至少填一项：日期、星期或钟点').waitFor();
    await button('周六').click();
    await button('周日').click();
    await page.getByLabel('从', { exact: true }).fill('22:00');
    await page.getByText('起止钟点都要填').waitFor();
    await page.getByLabel(/^到/).fill('06:00');
    await page.getByText('到次日').waitFor();
    expect(await console.faults()).toEqual([]);
    // Saturday at 23:00 in Beijing, and Monday at noon.
    for (const [at, answer] of [
      ['2026-12-05T23:00', '兜底'],
      ['2026-12-07T12:00', '上班时间'],
    ] as const) {
      await trial().getByLabel('时间（北京时间，不填为现在）').fill(at);
      await tryText(`现在 ${at}`);
      await trial().getByText(`由「${answer}」回复`).waitFor();
    }

    await publish();
    expect((await published()).rules.otherwise[0]?.times).toEqual([
      { days: [6, 7], hours: { from: '22:00', until: '06:00' } },
    ]);
  });

  test('each kind of answer is picked from what the account has', async () => {
    const { page, emulation } = console;
    const add = async (type: string, base64: string, name: string, more = {}) => {
      const file = { base64, name };
      const added = await console.invoke('material', 'add', { type, file, ...more });
      return Object(added).media_id as string;
    };
    const picture = await add('image', PNG, 'shop.png');
    const voice = await add('voice', mp3().toString('base64'), 'hello.mp3');
    const video = await add('video', mp4().toString('base64'), 'a.mp4', {
      ...{ title: '介绍', introduction: '三分钟' },
    });
    const draft = {
      title: '春茶上市',
      digest: '新茶到店',
      content: '<p>茶</p>',
      thumb_media_id: picture,
    };
    const { media_id } = Object(
      await console.invoke('material', 'addDraft', { articles: [draft] }),
    );
    await console.invoke('material', 'publish', { media_id });
    await emulation.wechatApi.clock.advance(60_000);
    await openFresh('keywords', rulesOf({}));
    await button('新建规则').click();
    await field('规则名').fill('全部');
    await field('关键词 1').fill('素材');

    for (const [no, kind, pick] of [
      [1, '图片', '选择：shop.png'],
      [2, '语音', '选择：hello.mp3'],
      [3, '视频', /^选择：/],
    ] as const) {
      if (no > 1) await button('添加回复').click();
      await page.getByLabel(`回复 ${no} 的类型`).selectOption(kind);
      const answer = page.getByRole('group', { name: `回复 ${no}` });
      await answer.getByRole('button', { name: '从素材库选择' }).click();
      await page.getByRole('dialog').getByRole('button', { name: pick }).waitFor();
      if (no === 1) expect(await console.faults()).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: pick }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('button:focus', { hasText: '从素材库选择' }).waitFor();
    }
    await button('添加回复').click();
    await page.getByLabel('回复 4 的类型').selectOption('图文卡片');
    await button('从已发布的文章选择').click();
    await page.getByRole('dialog').getByRole('button', { name: '选择：春茶上市' }).click();
    await becomes(() => field('标题 ').last().inputValue(), '春茶上市');
    await button('添加回复').click();
    await page.getByLabel('回复 5 的类型').selectOption('转给客服');
    await becomes(() => button('添加回复').isDisabled(), true);
    await page.getByText('全部发送时，视频、多篇图文和转客服只能放在最后一条').waitFor();
    await button('随机发一条').click();
    await page.getByText('先完成这些规则').waitFor({ state: 'detached' });
    expect(await console.faults()).toEqual([]);
    await tryText('素材');
    await trial().getByText('由「全部」回复 · 随机的一条').waitFor();

    await button('全部发送').click();
    await button('删除回复 5').click();
    await button('下移回复 3').click();
    await becomes(focused, '下移回复 4');
    await tryText('素材 素材');
    await trial().locator('.mine', { hasText: '素材 素材' }).waitFor();
    await trial().getByText('没有规则回复').waitFor({ state: 'detached' });
    await trial().getByRole('img', { name: '图片' }).waitFor();
    await trial().getByText('春茶上市').waitFor();
    await trial().locator('.bubble', { hasText: voice }).waitFor();
    await trial().locator('.bubble', { hasText: video }).waitFor();

    await publish();
    expect((await published()).rules.keywords).toMatchObject([
      {
        give: 'all',
        answers: [
          { type: 'image', mediaId: picture },
          { type: 'voice', mediaId: voice },
          { type: 'news', articles: [{ title: '春茶上市', description: '新茶到店' }] },
          { type: 'video', mediaId: video },
        ],
      },
    ]);
    const [rule] = (await published()).rules.keywords;
    const news = rule?.answers.find(({ type }) => type === 'news');
    expect(news).toMatchObject({ articles: [{ url: expect.stringMatching(/^https?:\/\//) }] });
    await openFresh('otherwise', rulesOf({}));
    await button('新建规则').click();
    await field('规则名').fill('转人工');
    await page.getByLabel('回复 1 的类型').selectOption('转给客服');
    await trial().getByLabel('关注者').selectOption('发送图片等');
    await trial().getByRole('button', { name: '试一试' }).click();
    await trial().getByText('已转给客服').waitFor();
    await publish();
    expect((await published()).rules.otherwise).toMatchObject([
      { answers: [{ type: 'transfer_customer_service' }] },
    ]);
  });

  test('who comes by a QR code is greeted by a rule of its scene', async () => {
    const { page } = console;
    await console.invoke('followers', 'createQrcode', { scene: '货架7' });
    await openFresh('follow', rulesOf({ follow: [plainRule('欢迎')] }));
    await button('新建规则').click();
    await field('规则名').fill('货架');
    await page.getByLabel('某些二维码带来的人').check();
    await page.getByText('至少要有一个场景值').waitFor();
    await button('从已有二维码中选择').click();
    await page.getByLabel('从已有二维码中选择').selectOption('货架7');
    await field('文字 ').first().fill('货架 7 的优惠');
    await button('← 返回列表').click();
    await page.locator('button:focus[aria-label="修改：货架"]').waitFor();
    await page.getByText('轮不到：「欢迎」总是先回复').waitFor();
    await button('上移：货架').click();
    await page.getByText('轮不到').first().waitFor({ state: 'detached' });

    await trial().getByLabel('关注者').selectOption('关注');
    await trial().getByLabel('二维码的场景值（可不填）').fill('货架7');
    await trial().getByRole('button', { name: '试一试' }).click();
    await trial().getByText('由「货架」回复').waitFor();
    await trial().getByLabel('二维码的场景值（可不填）').fill('');
    await trial().getByRole('button', { name: '试一试' }).click();
    await trial().getByText('由「欢迎」回复').waitFor();
    expect(await console.faults()).toEqual([]);
    await publish();
  });

  test('the replies of mp.weixin.qq.com are looked at, chosen, and taken into the draft', async () => {
    const { page, emulation } = console;
    await openFresh('keywords', rulesOf({ keywords: [keywordRule('在', '在')] }));
    await button('从 mp.weixin.qq.com 导入').click();
    await page.getByText('mp.weixin.qq.com 上没有设置过自动回复').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('button:focus', { hasText: '从 mp.weixin.qq.com 导入' }).waitFor();
    const word = (name: string, answers: object[]) => ({
      ...{ rule_name: name, create_time: 1_700_000_000, reply_mode: 'reply_all' },
      keyword_list_info: [{ type: 'text', match_mode: 'contain', content: name }],
      reply_list_info: answers,
    });
    const text = { type: 'text', content: '好的' };
    const response = await emulation.wechatApi.fetch('http://wechat.test/emulator/auto-reply', {
      method: 'PUT',
      body: JSON.stringify({
        is_add_friend_reply_open: 0,
        is_autoreply_open: 1,
        add_friend_autoreply_info: { type: 'text', content: '欢迎光临' },
        keyword_autoreply_info: {
          list: [word('退货', [text]), word(EVIL, [text]), word('卡券', [{ type: 'card' }])],
        },
      }),
    });
    expect(response.ok).toBe(true);

    await button('从 mp.weixin.qq.com 导入').click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('row', { name: /退货 文字包含「退货」 好的/ }).waitFor();
    await sheet.getByText('「卡券」：有一条回复带不过来').waitFor();
    await sheet.getByText('「卡券」：整条规则带不过来').waitFor();
    await sheet.getByRole('row', { name: /关注后自动回复 在那里已停用/ }).waitFor();
    expect(await console.faults()).toEqual([]);
    await sheet.getByLabel('导入后全部启用').check();
    await sheet.getByRole('checkbox', { name: `导入「${EVIL}」` }).uncheck();
    await sheet.getByRole('button', { name: '加入草稿（2 条）' }).click();

    await sheet.waitFor({ state: 'detached' });
    await becomes(names, '1. 在 2. 退货');
    expect((await published()).rules.keywords).toHaveLength(1);
    await button('从 mp.weixin.qq.com 导入').click();
    await sheet.getByRole('row', { name: /退货 草稿里已有/ }).waitFor();
    await sheet.getByRole('button', { name: '加入草稿（1 条）' }).click();
    await publish();
    expect((await published()).rules).toMatchObject({
      follow: [{ name: '关注后自动回复', isOn: true }],
      keywords: [{ name: '在' }, { name: '退货' }, { name: EVIL }],
    });
  });

  test('a keyword and a name that are code are shown as they were typed', async () => {
    const { page } = console;
    await rows()
      .filter({ hasText: `3. ${EVIL}` })
      .waitFor();
    await button(`修改：${EVIL}`).click();
    await field('文字 ').first().fill(EVIL);
    await tryText(EVIL);
    await trial().locator('.bubble:not(.mine)', { hasText: EVIL }).waitFor();

    await becomes(() => page.locator('img[src="x"]').count(), 0);
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'hacked'))).toBe(false);
    await button('放弃改动').click();
    await sure();
    await page.getByText('没有未发布的改动').waitFor();
  });

  test('nothing is lost when a colleague publishes meanwhile: both changes are brought together', async () => {
    const { page } = console;
    const [a, b] = [keywordRule('甲', '甲一'), keywordRule('乙', '乙一')];
    await openFresh('keywords', rulesOf({ keywords: [a, b] }));
    await button('修改：甲一').click();
    await field('文字 ').first().fill('我改的甲');
    const theirs = { ...b, answers: [{ type: 'text' as const, content: '同事改的乙' }] };
    await publishElsewhere(rulesOf({ keywords: [a, theirs] }));

    await button('发布').click();
    await sure();
    await page.getByText('有人发布了别的改动').waitFor();
    await becomes(() => field('文字 ').first().inputValue(), '我改的甲');
    await becomes(() => button('发布').isDisabled(), true);
    expect((await published()).rules.keywords[0]?.answers).toEqual(a.answers);
    expect(await console.faults()).toEqual([]);

    await button('合并对方的改动').click();
    await rows().filter({ hasText: '我改的甲' }).waitFor();
    await rows().filter({ hasText: '同事改的乙' }).waitFor();
    await page.getByText('未发布的改动：修改 1 条').waitFor();
    await publish();
    expect((await published()).rules.keywords.map(({ answers }) => answers)).toEqual([
      [{ type: 'text', content: '我改的甲' }],
      theirs.answers,
    ]);
  });

  test('of a rule that both have changed, both versions are there until one is deleted', async () => {
    const { page } = console;
    const rule = keywordRule('甲', '一');
    await openFresh('keywords', rulesOf({ keywords: [rule] }));
    await button('修改：一').click();
    await field('文字 ').first().fill('我的');
    const theirs = { ...rule, answers: [{ type: 'text' as const, content: '同事的' }] };
    await publishElsewhere(rulesOf({ keywords: [theirs] }));
    await page.reload();
    await page.getByText('有人发布了别的改动').waitFor();

    await button('合并对方的改动').click();
    await page.getByText('双方都改过，两个版本都在列表里，请删掉不要的：一').waitFor();
    await rows().filter({ hasText: '同事的' }).getByRole('button', { name: '删除：一' }).click();
    await sure();
    await rows().filter({ hasText: '同事的' }).waitFor({ state: 'detached' });
    await publish();
    expect((await published()).rules.keywords).toMatchObject([{ answers: [{ content: '我的' }] }]);
  });

  test('the draft outlives the session in which it was typed', async () => {
    const { page, emulation } = console;
    await button('新建规则').click();
    await field('规则名').fill('写到一半');
    await field('关键词 1').fill('一半');
    await field('文字 ').first().fill('还在');
    await page.context().clearCookies();
    await button('发布').click();
    await sure();
    await page.getByRole('dialog').getByText('登录').first().waitFor();

    await page.goto(emulation.urls.console);
    await page.getByRole('navigation').waitFor();
    await console.open('auto-replies/keywords');
    await rows().filter({ hasText: '写到一半' }).waitFor();
    await publish();
    expect((await published()).rules.keywords.map(({ name }) => name)).toContain('写到一半');
  });

  test('who may only look sees everything, tries it, and changes nothing', async () => {
    const page = await console.signedIn('小看', 'look');
    await page.goto(`${page.url().replace(/#.*/, '')}#/auto-replies/keywords`);
    await button('查看：写到一半', page).click();
    const name = page.getByRole('textbox', { name: /^规则名/ });
    await becomes(() => name.inputValue(), '写到一半');
    await becomes(() => name.isDisabled(), true);
    const phone = page.getByRole('region', { name: '手机试答' });
    await phone.getByLabel('文字', { exact: true }).fill('一半');
    await phone.getByRole('button', { name: '试一试' }).click();
    await phone.locator('.bubble', { hasText: '还在' }).waitFor();
    await button('← 返回列表', page).click();

    await becomes(() => button('新建规则', page).isDisabled(), true);
    await becomes(
      () => page.getByRole('checkbox', { name: '启用「写到一半」' }).isDisabled(),
      true,
    );
    await becomes(() => button(/^(?:删除|上移|修改)：/, page).count(), 0);
    await button('从 mp.weixin.qq.com 导入', page).click();
    const take = page.getByRole('dialog').getByRole('button', { name: /^加入草稿/ });
    await page.getByRole('dialog').getByRole('row', { name: /退货/ }).waitFor();
    await becomes(() => take.isDisabled(), true);
    await page.context().close();
  });

  test('nothing is cut off from 320 to 1440 px, in both languages', async () => {
    const { page } = console;
    const long = plainRule('很长的规则名'.repeat(10), {
      answers: [{ type: 'text', content: 'x'.repeat(2048) }],
    });
    const rules = rulesOf({
      keywords: [{ ...long, keywords: [{ match: 'contains', text: 'w'.repeat(60) }] }],
      follow: [{ ...long, scenes: ['s'.repeat(64)] }],
      otherwise: [
        { ...long, times: [{ days: [1, 2, 3, 4, 5], hours: { from: '09:00', until: '18:00' } }] },
      ],
    });
    await openFresh('keywords', rules);
    const cut: string[] = [];
    for (const language of ['English', '中文'] as const) {
      await console.look({ language, theme: 'light' });
      for (const list of ['keywords', 'follow', 'otherwise']) {
        for (const route of [`auto-replies/${list}`, `auto-replies/${list}/0`]) {
          await console.open(route);
          for (const width of [320, 390, 768, 1_024, 1_440]) {
            await page.setViewportSize({ width, height: 800 });
            const over = await page
              .locator('.content')
              .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
            if (over > 0) cut.push(`${language} ${route} at ${width}: ${over} px`);
          }
        }
      }
    }

    for (const route of ['auto-replies/keywords', 'auto-replies/otherwise/0']) {
      await console.open(route);
      for (const look of [
        { language: 'English', theme: 'light', width: 360 },
        { language: '中文', theme: 'dark', width: 360 },
      ] as const) {
        await console.look(look);
        expect([look, await console.axe()]).toEqual([look, []]);
      }
    }

    expect(cut).toEqual([]);
    expect(console.trouble).toEqual([]);
  });
});
