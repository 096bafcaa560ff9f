import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditCollection } from '../../../shared/app/audit.ts';
import { eraseJob } from '../../../shared/app/erase.ts';
import { jobCollection } from '../../../shared/jobs/job-document.ts';
import { connect } from '../../../shared/proxy-sdk/index.ts';
import { createTally } from '../../attacks/tally.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

const tally = createTally('the pages of the console, by stored texts');

/** Texts that would run as code wherever a page took them for HTML, and what shows that they did. */
const SCRIPTS = [
  '<img src=x onerror="globalThis.breached=1">',
  '<svg onload="globalThis.breached=1"></svg>',
  '"><script>globalThis.breached=1</script>',
  'javascript:globalThis.breached=1',
] as const;

describeInBrowser('the pages of clients and of the audit trail, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  test('a client is added, calls WeChat with its secret, and is disabled', async () => {
    const { page, emulation } = console;
    await console.open('clients');
    await page.getByText('还没有客户端').waitFor();
    expect(await console.faults()).toEqual([]);

    await page.getByLabel('名称').fill('crm');
    await page.getByLabel('可调用的接口').fill('menu.*\n*:read');
    await page.getByLabel('每日总次数').fill('10');
    await page.getByLabel('备注').fill(SCRIPTS[0]);
    await page.getByRole('button', { name: '添加客户端' }).click();
    const secret = (await page.locator('code.key').textContent()) ?? '';
    const api = connect({ urls: [emulation.urls.proxy], client: 'crm', secret });
    await api.call('tag.list');
    await page.reload();
    await page.getByRole('row', { name: 'crm' }).getByText('/ 10').waitFor();
    expect(await console.faults()).toEqual([]);

    await page.getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('已停用').first().waitFor();
  });

  test('the audit trail names the operator, and a changed entry is found', async () => {
    const { page, store } = console;
    await console.open('audit');
    await page.getByRole('row', { name: /本机 proxy-client disable crm 成功/ }).waitFor();
    await page.getByRole('button', { name: '校验完整性' }).click();
    await page.getByRole('status').getByText('完整：').waitFor();
    expect(await console.faults()).toEqual([]);

    const [last] = await store.query(auditCollection, {
      filter: { action: { eq: 'proxy-client disable' } },
      limit: 1,
    });
    if (!last) throw new Error('The act is not in the trail.');
    await store.replaceIf(auditCollection, { ...last.doc, actor: 'operator 别人' }, last.rev);
    await page.getByRole('button', { name: '校验完整性' }).click();

    await page.getByRole('alert').getByText('was changed').waitFor();
  });

  test('texts that others have stored are texts', async () => {
    const { page, store, emulation } = console;
    const now = new Date(emulation.wechatApi.clock.now());
    for (const [at, message] of SCRIPTS.entries()) {
      await store.create(jobCollection, {
        ...{ _id: `j-${at}`, slot: `j-${at}`, kind: eraseJob.kind, state: 'dead', attempts: 1 },
        createdAt: now,
        error: { code: 'upstream', message, at: now },
      });
    }
    for (const [route, text] of [
      ['jobs', SCRIPTS[3]],
      ['clients', SCRIPTS[0]],
    ] as const) {
      await console.open(route);
      await page.getByText(text).waitFor();
    }
    const breached = await page.evaluate(() => (globalThis as { breached?: number }).breached);
    const images = await page.locator('main img, main script').count();

    tally.refused(SCRIPTS.length + 1, breached === undefined && images === 0 ? [] : ['it ran']);
    expect(console.trouble).toEqual([]);
  });
});
