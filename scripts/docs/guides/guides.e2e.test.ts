import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPages } from '../pages.ts';
import { guidesOf } from './guide.ts';
import { type LocalRun, openLocalRun } from './local-run.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Guides of what is deployed, which need a cloud: guides-deployed.e2e.test.ts. */
const DEPLOYED = ['two-stages', 'at-3-am'];
/** What a guide needs that not every machine has, with the arguments by which it shows that it runs. */
const needs: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  java: [
    ['java', '-version'],
    ['javac', '-version'],
  ],
};
const guides = guidesOf(readPages(root)).filter(({ name }) => !DEPLOYED.includes(name));

for (const guide of guides) {
  const missing = (needs[guide.name] ?? []).filter(([tool, ...args]) => !works(tool, args));
  if (missing.length > 0) {
    const words = `${guide.name}: not worked through, since ${missing.map(([tool]) => tool).join(' and ')} is not installed`;
    console.warn(words);
    test.skip(words, () => {});
    continue;
  }

  describe(guide.page.file, () => {
    let run: LocalRun;
    const expected: string[] = [];
    beforeAll(async () => {
      run = await openLocalRun(guide);
    });
    afterAll(() => run?.close());

    test.each(guide.steps.map((step) => [step.line, step] as const))('%s', async (_, step) => {
      if (step.kind === 'chat') expected.push(...step.answers);
      await run.take(step);

      // What is sent by the API may come before the reply, or after it.
      if (step.kind === 'chat') expect([...run.answers()].sort()).toEqual([...expected].sort());
    });

    test('the chat shows nothing else', () => {
      expect([...run.answers()].sort()).toEqual([...expected].sort());
    });

    if (guide.name === 'campaign') test('on the phones, the broadcast came once', onThePhones);

    async function onThePhones() {
      const control = async (method: string, where: string, body?: object) => {
        const response = await fetch(`${run.emulation.urls.simulator}emulator/followers${where}`, {
          method,
          ...(body ? { body: JSON.stringify(body) } : {}),
          headers: { 'content-type': 'application/json' },
        });
        return (await response.json()) as unknown;
      };
      const said = async (openid: string, words: string) => {
        const entries = (await control('GET', `/${openid}/chat`)) as readonly object[];
        return entries.filter((entry) => JSON.stringify(entry).includes(words)).length;
      };
      for (const openid of ['oDavid', 'oLiLei']) {
        expect(await said(openid, '明天下午两点，茶会见！')).toBe(1);
      }
      // Somebody who scans on the phone of the page, too late for the broadcast.
      await control('POST', '', { openid: 'oEmma' });
      await control('POST', '/oEmma/scan', { scene: 'spring' });
      expect(await said('oEmma', '欢迎参加春季茶会！')).toBe(1);
      expect(await said('oEmma', '春季茶会 3 月 8 日')).toBe(1);
      expect(await said('oEmma', '明天下午两点')).toBe(0);
    }
  });
}

function works(tool: string, args: readonly string[]): boolean {
  return spawnSync(tool, args).status === 0;
}
