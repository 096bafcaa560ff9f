import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { type Emulation, startEmulation } from '../start/emulation.ts';
import { findChromium, NO_CHROMIUM } from '../testing/tools/browser.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { createTally } from './tally.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tally = createTally('npm start, from a page in Chromium');
const chromiumPath = findChromium();
if (!chromiumPath) console.error(NO_CHROMIUM);

/** What the page could do to one address; gives the ways in which it learnt something. */
const ASSAULT = `async (targets) => {
  const learnt = [];
  let tried = 0;
  const within = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, 1500))]);
  const note = (way, url, what) => learnt.push(way + ' ' + url + ' ' + String(what).slice(0, 80));
  for (const url of targets) {
    for (const init of [
      {},
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"function":"menu","event":{"action":"delete"}}' },
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
      { method: 'DELETE' },
    ]) {
      tried += 1;
      await within(fetch(url, init).then(
        async (answer) => answer.ok && note('fetch', url, await answer.text()),
        () => {},
      ));
      tried += 1;
      await within(fetch(url, { ...init, mode: 'no-cors', credentials: 'include' }).catch(() => {}));
    }
    tried += 3;
    await within(new Promise((done) => {
      const source = new EventSource(url);
      source.onopen = () => { note('events', url, 'open'); done(); };
      source.onerror = () => { source.close(); done(); };
    }));
    await within(new Promise((done) => {
      const picture = new Image();
      picture.onload = () => { note('image', url, 'shown'); done(); };
      picture.onerror = done;
      picture.src = url;
    }));
    await within(new Promise((done) => {
      const frame = document.createElement('iframe');
      frame.name = 'target' + tried;
      frame.onload = () => {
        try { if (frame.contentDocument?.body.textContent.includes('fuwuhao')) note('frame', url, frame.contentDocument.body.textContent); } catch {}
        done();
      };
      document.body.append(frame);
      const form = document.createElement('form');
      Object.assign(form, { action: url, method: 'POST', enctype: 'text/plain', target: frame.name });
      const input = document.createElement('input');
      Object.assign(input, { name: '{"function":"menu","event":{"action":"delete"},"x":"', value: '"}' });
      form.append(input);
      document.body.append(form);
      form.submit();
    }));
  }
  return { learnt, tried };
}`;

(chromiumPath ? describe : describe.skip)('a page of another site in Chromium', () => {
  let evil: Server;
  let port: number;
  let browser: Browser;

  beforeAll(async () => {
    evil = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>evil</title><body></body>');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    port = (evil.address() as AddressInfo).port;
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
        // The name of another site that was made to lead to this machine.
        '--host-resolver-rules=MAP evil.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    evil?.closeAllConnections();
    evil?.close();
  });

  test.each([
    ['plain', false],
    ['safe', false],
    ['plain', true],
  ] as const)('reads and changes nothing in %s mode (a real account: %p)', async (mode, isReal) => {
    const emulation = await startEmulation({
      root,
      account: fixtureAccount,
      port: 0,
      mode,
      timers: 'hand',
      ...(isReal ? { env: realAccount } : {}),
    });
    try {
      await emulation.scf.invoke('menu', {
        action: 'create',
        payload: { button: [{ type: 'click', name: 'A', key: 'A' }] },
      });
      await emulation.push.send({ openid: 'oAlice', type: 'event', Event: 'subscribe' } as never);
      const before = await stateOf(emulation);
      const breaches: string[] = [];
      let attacks = 0;

      for (const site of [`http://evil.example:${port}/`, `http://127.0.0.1:${port}/`]) {
        const page = await browser.newPage();
        await page.goto(site);
        const outcome = (await page.evaluate(
          `(${ASSAULT})(${JSON.stringify(targets(emulation))})`,
        )) as {
          readonly learnt: readonly string[];
          readonly tried: number;
        };
        attacks += outcome.tried;
        breaches.push(...outcome.learnt.map((each) => `${site}: ${each}`));
        await page.close();
      }
      // A page whose own name was made to lead to the port, so that all is of one origin.
      const page = await browser.newPage();
      for (const url of targets(emulation)) {
        attacks += 1;
        const rebound = url.replace('127.0.0.1', 'evil.example');
        const answer = await page.goto(rebound).catch(() => undefined);
        if (answer?.ok()) breaches.push(`${rebound}: ${answer.status()}`);
      }
      await page.close();

      tally.refused(attacks, breaches);
      expect(await stateOf(emulation)).toBe(before);
    } finally {
      await emulation.close();
    }
  });
});

const realAccount = {
  WECHAT_APPID: 'wx00000000000000aa',
  WECHAT_APPSECRET: '9'.repeat(32),
  WECHAT_TOKEN: 'tokenOfTheRealAccount',
  WECHAT_API_BASE_URL: 'http://127.0.0.1:9',
};

/** Each door of each port, also those that need the key, with it. */
function targets({ urls, keys }: Emulation): readonly string[] {
  const page = new URL(urls.simulator).origin;
  const cloudbase = new URL(urls.cloudbase).origin;
  return [
    ...[`${page}/`, `${page}/emulator/snapshot`, `${page}/emulator/invoke`],
    ...[
      '',
      'emulator/snapshot',
      'emulator/feed',
      'emulator/invoke',
      'emulator/followers/oAlice',
    ].map((where) => `${page}/${keys.pageKey}/${where}`),
    ...[`${urls.wechatApi}/emulator/state?reveal=1`, `${urls.wechatApi}/emulator/reset`],
    ...[`${cloudbase}/emulator/export?env=fuwuhao-local`, `${cloudbase}/admin`],
    ...[urls.callback, urls.metrics, `${urls.proxy}/v1/token`],
  ];
}

/** What a page would want to change: menus, followers, documents. */
async function stateOf({ wechatApi, database }: Emulation): Promise<string> {
  const {
    statistics: _,
    now: __,
    ...wechat
  } = wechatApi.inspect({ reveal: true }) as unknown as {
    readonly statistics: unknown;
    readonly now: number;
  };
  const documents = JSON.parse(await database.everything()) as readonly unknown[];
  return JSON.stringify([wechat, documents.length]);
}
