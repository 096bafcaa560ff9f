import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import { until } from '../testing/tools/prometheus.ts';
import { startEmulation } from './emulation.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('a token that cannot be renewed twice reaches the webhook, at last and once', async () => {
  const got: unknown[] = [];
  const lines: string[] = [];
  let refusals = 2;
  const webhook = createServer((request, response) => {
    void text(request).then((body) => {
      refusals -= 1;
      if (refusals >= 0) response.writeHead(503);
      else got.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    settings: { ALERT_WEBHOOK: `http://127.0.0.1:${port}/hook?key=wEbHoOkSeCrEt` },
    onLog: ({ line }) => lines.push(line),
  });
  try {
    const { scf, urls, account } = emulation;
    await fetch(`${urls.simulator}emulator/wechat/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: '/cgi-bin/stable_token', errcode: -1, times: 99 }),
    });
    // It goes on trying until the emulation ends it.
    void scf.invoke('token-refresh', {});
    const failures = () =>
      lines.filter((line) => /"event":"token not renewed".*"stable_token"/.test(line)).length;
    await until(async () => failures() >= 2, 'two renewals have failed');

    // Workers at the same moment, as the timer and two wakes would start them.
    const work = () => scf.invoke('worker', {});
    await Promise.all([work(), work(), scf.fireTimer('every-minute')]);
    await until(async () => {
      await work();
      return got.length > 0;
    }, 'the webhook has taken the notice');

    expect(got).toEqual([
      expect.objectContaining({ status: 'firing', rule: 'tokenRefreshFailing' }),
    ]);
    expect(JSON.stringify(got)).not.toContain(account.secret);
    expect(lines.join()).not.toContain('wEbHoOkSeCrEt');
    expect(lines.filter((line) => line.includes('"event":"alert firing"'))).toHaveLength(1);
  } finally {
    await emulation.close();
    webhook.close();
  }
});
