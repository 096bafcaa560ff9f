import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eraseJob } from '../../../shared/app/erase.ts';
import { jobCollection } from '../../../shared/jobs/job-document.ts';
import { type ConsoleBrowser, openConsoleBrowser } from '../../testing/console/console-browser.ts';
import { describeInBrowser } from '../../testing/tools/describe-in-browser.ts';

describeInBrowser('the page of jobs, in a browser', (chromiumPath) => {
  let console: ConsoleBrowser;
  beforeAll(async () => {
    console = await openConsoleBrowser(chromiumPath);
  });
  afterAll(() => console?.close());

  /** A job that has failed too often. */
  async function bury(id: string, message: string): Promise<void> {
    const now = console.emulation.wechatApi.clock.now();
    const isNew = await console.store.create(jobCollection, {
      ...{ _id: id, slot: id, kind: eraseJob.kind, state: 'dead', attempts: 8 },
      createdAt: new Date(now - 60_000),
      payload: { openid: 'oNobodyAnyMore', at: now },
      error: { code: 'upstream', message, at: new Date(now) },
    });
    expect(isNew).toBe(true);
  }

  test('teaches while it is empty, and has no fault of accessibility', async () => {
    await console.open('jobs');
    await console.page.getByText('没有失败的任务，一切正常').waitFor();

    expect(await console.faults()).toEqual([]);
  });

  test('a dead job is shown with its reason, retried, and runs', async () => {
    const { page } = console;
    await bury('j-retried', 'The database did not answer.');
    await page.getByRole('button', { name: '刷新' }).click();
    await page.getByRole('cell', { name: 'The database did not answer.' }).waitFor();
    expect(await console.faults()).toEqual([]);

    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('已重新排队').waitFor();
    await page.getByText('没有失败的任务').waitFor();
    await console.invoke('worker', 'run');
    await page.getByRole('button', { name: '已完成' }).click();

    await page.getByText('j-retried').waitFor();
  });
});
