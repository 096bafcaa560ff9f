import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jobCollection } from '../../../shared/jobs/index.ts';
import { boundDocument } from '../../testing/store/bound-document.ts';
import { fixtureEnvId, wechatAccount } from '../../testing/tools/deploy-fixture.ts';
import { readPages } from '../pages.ts';
import { type DeployedRun, openDeployedRun } from './deployed-run.ts';
import { type Guide, guidesOf } from './guide.ts';

const guides = guidesOf(readPages(path.resolve(import.meta.dirname, '../../..')));
const guide = (name: string): Guide => {
  const found = guides.find((each) => each.name === name);
  if (!found) throw new Error(`There is no guide ${name}`);
  return found;
};
const stages = guide('two-stages');
const night = guide('at-3-am');

let run: DeployedRun;
beforeAll(async () => {
  run = await openDeployedRun();
  await run.write(stages.files);
});
afterAll(() => run?.close());

const linesOf = ({ steps }: Guide) => steps.map(({ line }) => line);
const edition = (text: string) =>
  run.fixture.edit('functions/callback/account.ts', (source) =>
    source.replace(/Send text, a picture|\w+ edition/, text),
  );
const answer = async (stage: string) => JSON.stringify(await run.answer(stage, 'help'));

describe(stages.page.file, () => {
  const deployed = new Set<string>();
  test.each(linesOf(stages))('%s', async (line) => {
    const isDeploy = line.startsWith('npm run deploy ');
    // The next change of the page is one that only the second deploy of `prod` brings.
    if (isDeploy && deployed.has(line)) edition('Second edition');

    await run.take(stages, line);

    if (isDeploy) deployed.add(line);
    const [, stage = ''] = /--stage (\w+)/.exec(line) ?? [];
    if (line.includes('doctor')) expect(await answer(stage)).toContain('Send text, a picture');
    if (isDeploy && deployed.has(line))
      expect(await answer(stage)).toMatch(/Send text|Second edition/);
  });

  test('the release before is back, for the followers of `prod`', async () => {
    expect(await answer('prod')).toContain('Send text, a picture');
  });
});

describe(night.page.file, () => {
  beforeAll(async () => {
    // What the night has brought: a bad release, a job that failed for good, a wrong broadcast, and a
    // system that calls too much.
    edition('Bad edition');
    await run.take(night, 'npm run deploy -- --stage prod');
    const broadcast = {
      requestId: 'wrong',
      audience: { tagId: 100 },
      content: { msgtype: 'text', text: { content: 'Wrong' } },
      at: new Date(Date.now() + 3_600_000),
    };
    const client = { id: 'crm', allow: ['menu.get'], perSecond: 5, burst: 10 };
    for (const [action, payload] of [
      ['mass-send submit', broadcast],
      ['proxy-client add', client],
    ] as const) {
      await run.take(
        night,
        `npm run invoke -- ${action} '${JSON.stringify(payload)}' --stage prod`,
      );
    }
    const job = boundDocument(wechatAccount, jobCollection, {
      _id: 'report-of-the-night',
      kind: 'message',
      state: 'dead',
      createdAt: new Date(),
      attempts: 5,
      slot: 'report-of-the-night',
      payload: {},
      error: { code: 'internal', message: 'It cannot be digested.', at: new Date() },
    });
    await run.fixture.cloudbase.control.putDocument(fixtureEnvId, jobCollection.name, job);
  });

  test.each(linesOf(night))('%s', (line) => run.take(night, line));

  test('the release of before the night is back', async () => {
    expect(await answer('prod')).toContain('Second edition');
  });
});
