import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { becomes } from '../../testing/tools/browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

describeInBrowser('the overview, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  test('shows yesterday as WeChat counts it, how fast the answers were, and the health of the token', async () => {
    const { page, emulation } = console;
    for (const openid of ['oOne', 'oTwo']) {
      await emulation.push.send({ type: 'event', Event: 'subscribe', openid });
      await emulation.push.send({ type: 'text', Content: 'hello', openid });
    }
    await emulation.scf.fireTimer('every-five-minutes');
    // The day of these messages must be over, and WeChat's figures of it there.
    await emulation.wechatApi.clock.advance(36 * 3_600_000);
    await emulation.scf.fireTimer('every-five-minutes');
    // What is counted is written when an invocation ends, if the last time is ten seconds ago.
    await emulation.push.send({ type: 'text', Content: 'hello', openid: 'oOne' });
    await page.goto(emulation.urls.console);
    await page.getByText('有效，').waitFor();
    await page.getByText('一切正常').waitFor();

    const cells = await page.locator('section:has-text("最近七天") tbody tr').allInnerTexts();

    expect(cells).toHaveLength(7);
    expect(cells.map((row) => row.split(/\s+/).slice(1).map(Number))).toContainEqual([
      2, 2, 0, 2, 2,
    ]);
    await becomes(() => page.locator('canvas').count(), 3);
    await page
      .getByRole('row', { name: /5 秒 0 % 0/ })
      .first()
      .waitFor();
    expect(await console.faults()).toEqual([]);
    expect(console.trouble).toEqual([]);
  });
});
