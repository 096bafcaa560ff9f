import { pages } from '../../../shared/console/page/pages.ts';
import type { ConsoleBrowser } from './console-browser.ts';

/** A page of the console, or a part of one, as an operator comes to it, in Chinese. */
export interface ShownPage {
  readonly route: string;
  /** What is opened, if the address alone does not lead there. */
  readonly opens?: string;
  readonly arrive?: (console: ConsoleBrowser) => Promise<void>;
}

const press = (name: string | RegExp) => async (console: ConsoleBrowser) => {
  await console.page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
};
const follow = (name: string | RegExp) => async (console: ConsoleBrowser) => {
  await console.page.getByRole('link', { name }).first().click();
};

/** Parts of pages beside what each page shows first. */
const parts: readonly ShownPage[] = [
  { route: 'menu', opens: 'a button', arrive: pressed('手机预览', '菜单', '官网') },
  { route: 'menu/conditional' },
  { route: 'menu/conditional', opens: 'a menu', arrive: press(/^修改：/) },
  { route: 'menu/versions' },
  { route: 'menu/versions', opens: 'a version', arrive: press(/^查看 /) },
  { route: 'auto-replies/keywords', opens: 'a rule', arrive: press(/^修改：/) },
  { route: 'auto-replies/follow', opens: 'a rule', arrive: press(/^修改：/) },
  { route: 'auto-replies/otherwise' },
  { route: 'auto-replies/otherwise', opens: 'a rule', arrive: press(/^修改：/) },
  { route: 'auto-replies', opens: 'a trial', arrive: tried },
  { route: 'broadcasts/new/audience', arrive: press('按条件筛选') },
  { route: 'broadcasts/new/content', arrive: composed },
  { route: 'broadcasts/new/time' },
  { route: 'broadcasts/new/check' },
  { route: 'broadcasts', opens: 'one that was proposed', arrive: proposed },
  { route: 'broadcasts', opens: 'one that was sent', arrive: follow('new-year-2027') },
  { route: 'followers', opens: 'the filter', arrive: filtered },
  { route: 'followers', opens: 'a profile', arrive: press('王阿姨') },
  { route: 'followers/tags' },
  { route: 'followers/segments' },
  { route: 'followers/import' },
  { route: 'followers/import', opens: 'a file', arrive: imported },
  { route: 'articles/published' },
  { route: 'articles', opens: 'the editor', arrive: written },
  { route: 'library', opens: 'voices', arrive: press('语音') },
  { route: 'library', opens: 'videos', arrive: press('视频') },
  { route: 'templates', opens: 'a test', arrive: tested },
  { route: 'jobs/done' },
];

/** Every page, and the parts of pages that have more than one. */
export const shownPages: readonly ShownPage[] = pages.flatMap(({ route }) => [
  { route },
  ...parts.filter((part) => part.route.split('/')[0] === route),
]);

/** Opens it, and waits until all that it asks for is there. */
export async function show(console: ConsoleBrowser, { route, arrive }: ShownPage): Promise<void> {
  await console.open(route);
  await settled(console);
  await arrive?.(console);
  await settled(console);
}

/** Its code is there, and nothing that it asks for is missing; Chinese, as all pages are opened. */
const SETTLED = '.content:has(h2 + *):not(:has([aria-busy="true"])):not(:has-text("加载中…"))';

async function settled({ page }: ConsoleBrowser): Promise<void> {
  await page.locator(SETTLED).waitFor();
}

function pressed(region: string, ...names: readonly string[]) {
  return async ({ page }: ConsoleBrowser) => {
    for (const name of names) {
      await page.getByRole('region', { name: region }).getByRole('button', { name }).click();
    }
  };
}

async function tried({ page }: ConsoleBrowser): Promise<void> {
  const phone = page.getByRole('region', { name: '手机试答' });
  await phone.getByLabel('文字', { exact: true }).fill('你们的营业时间');
  await phone.getByRole('button', { name: '试一试' }).click();
  await phone.getByText('由「营业时间」回复').waitFor();
}

async function composed({ page }: ConsoleBrowser): Promise<void> {
  await page.getByRole('textbox', { name: /^文字/ }).fill('元旦不打烊，欢迎回来');
}

/** By the wizard, since a proposal carries a proof and what was counted. */
async function proposed(console: ConsoleBrowser): Promise<void> {
  const { page } = console;
  if ((await page.getByRole('link', { name: '元旦预告' }).count()) === 0) {
    await console.open('broadcasts/new/audience');
    await press('全部关注者')(console);
    await console.open('broadcasts/new/check');
    await page.getByLabel('名称').fill('元旦预告');
    await press('提交')(console);
    await page.getByText('须由另一位同事放行').waitFor();
  } else await follow('元旦预告')(console);
}

async function filtered({ page }: ConsoleBrowser): Promise<void> {
  await page.getByText('筛选条件', { exact: true }).click();
  await page.getByLabel('选择 王阿姨').check();
}

async function imported({ page }: ConsoleBrowser): Promise<void> {
  const rows = ['编号,性别,城市,会员等级', 'oAlice,女,广州,金卡', 'oLiLei,也许,福州,银卡'];
  const buffer = Buffer.from(rows.join('\n'));
  await page
    .getByLabel('CSV 文件')
    .setInputFiles({ name: '会员.csv', mimeType: 'text/csv', buffer });
  await page.getByText('2 行，UTF-8 编码').waitFor();
}

async function written({ page }: ConsoleBrowser): Promise<void> {
  await page.getByRole('button', { name: '写文章' }).click();
  await page.getByRole('textbox', { name: /^标题/ }).fill('春茶上市');
  await page.getByRole('textbox', { name: /^正文/ }).fill('## 龙井\n\n**新茶**到店，欢迎品尝。');
}

async function tested({ page }: ConsoleBrowser): Promise<void> {
  await page.getByText('试发', { exact: true }).first().click();
}
