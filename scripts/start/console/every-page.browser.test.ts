import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newSecret } from '../../../shared/proxy/secrets.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { fillConsole } from '../../testing/console/filled-console.ts';
import { show, shownPages } from '../../testing/console/shown-pages.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';
import { layoutFaults } from '../../testing/tools/layout-faults.ts';

/** Each language with each theme and each width, and each theme with each width. */
const looks = [
  { language: 'English', theme: 'light', width: 1_440 },
  { language: 'English', theme: 'dark', width: 360 },
  { language: '中文', theme: 'light', width: 360 },
  { language: '中文', theme: 'dark', width: 1_440 },
] as const;

describeInBrowser('every page of the console, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
    await fillConsole(console);
  });
  afterAll(() => console?.close());

  async function faults(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const look of looks) {
      await console.look(look);
      const those = [...(await layoutFaults(console.page)), ...(await console.axe())];
      found.push(...those.map((fault) => `${Object.values(look).join(' ')}: ${fault}`));
    }
    return found;
  }

  describe('is whole in both languages and themes, wide and narrow, and axe finds nothing', () => {
    for (const shown of shownPages) {
      test([shown.route, ...(shown.opens ? [shown.opens] : [])].join(', '), async () => {
        await show(console, shown);

        expect(await faults()).toEqual([]);
        expect(console.trouble).toEqual([]);
      });
    }

    test('an invitation, and the way in by a password', async () => {
      const { page } = console;
      const secret = newSecret();
      await console.invoke('console', 'invite', { name: '小王', role: 'look', secret });
      await page.goto(`${page.url().replace(/#.*/, '')}#invite=${secret}`);
      await page.getByRole('heading', { name: '小王' }).waitFor();
      expect(await faults()).toEqual([]);

      await page.getByRole('button', { name: '改用密码' }).click();
      await page.getByText('无法扫描').waitFor();
      expect(await faults()).toEqual([]);
    });

    test('the sign-in', async () => {
      const { page } = console;
      await page.context().clearCookies();
      await page.goto(`${page.url().replace(/#.*/, '')}#/`);
      await page.reload();
      await page.getByRole('button', { name: '用通行密钥登录' }).waitFor();

      expect(await faults()).toEqual([]);
    });
  });
});
