import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { PushAccount } from '../emulator/wechat/push/account.ts';
import { createPush } from '../emulator/wechat/push/push.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';

const root = path.resolve(import.meta.dirname, '../..');
const running: ChildProcess[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** `npm start` less npm itself, which only adds its banner. */
function start(...args: string[]) {
  return startWith(['--account', fixtureAccount, ...args]);
}

/** The same with an account and variables of the shell; what the checkout's `.env.local` says is not read. */
function startWith(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const stateDir = mkdtempSync(path.join(tmpdir(), 'start-'));
  folders.push(stateDir);
  const child = spawn(
    process.execPath,
    [
      ...[path.join(root, 'scripts/run.mjs'), 'start', '--state', stateDir],
      ...['--local', path.join(stateDir, 'nowhere'), ...args],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  running.push(child);
  return child;
}

/** Resolves when the words have been written. */
function written(stream: Readable, words: string): Promise<void> {
  let output = '';
  return new Promise((resolve) => {
    stream.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes(words)) resolve();
    });
  });
}

interface Ready {
  readonly simulator: string;
  readonly callback: string;
  readonly wechatApi: string;
  readonly cloudbase: string;
  readonly console: string;
  readonly account: PushAccount & { readonly secret: string };
}

describe('npm start', () => {
  test('--json prints one line when all is up, and a signal ends everything', async () => {
    const child = start('--json', '--no-chat', '--port', '0');
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => lines.push(line));
    await once(output, 'line');

    const ready = JSON.parse(lines[0] ?? '') as Ready;
    expect(ready).toMatchObject({ ready: true, account: { mode: 'safe' } });
    const { status, headers } = await fetch(ready.console, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^http:\/\/localhost:\d+\/console\/#admit=[\w-]{43}$/),
    ]);
    const page = await fetch(ready.simulator);
    expect(await page.text()).toContain('<title>fuwuhao');
    const push = createPush({
      account: ready.account,
      callbackUrl: ready.callback,
      now: Date.now,
    });
    expect(await push.send({ openid: 'oAlice', type: 'text', Content: '你好' })).toMatchObject({
      outcome: { kind: 'reply', reply: { type: 'text', content: '你好' } },
    });
    const { appid, secret } = ready.account;
    const token = await fetch(
      `${ready.wechatApi}/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`,
    );
    expect(await token.json()).toMatchObject({ access_token: expect.any(String) });

    child.kill('SIGTERM');

    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(lines).toHaveLength(1);
    for (const url of [ready.simulator, ready.callback, ready.wechatApi, ready.cloudbase]) {
      await expect(fetch(url)).rejects.toThrow();
    }
  });

  test('--home wechat-container: WeChat pushes past every port, and the functions are invoked there', async () => {
    const child = start('--port', '0', '--home', 'wechat-container');
    const shown = text(child.stdout);
    await written(child.stdout, 'WeChat API');
    child.stdin.end('你好\n/click SUPPORT\nmore\n/quit\n');

    const lines = stripVTControlCharacters(await shown);

    expect(lines).toMatch(/^callback +wxcloud:\/\/fuwuhao-local\/callback \(wechat-container/m);
    expect(lines).toMatch(/^functions +port \d+: \/api-proxy/m);
    expect(lines).toContain('[to customer service]');
    expect(lines).toContain('◀ to oAlice: Here it is.');
  });

  test.each([
    [['--home', 'moon'], '--home must be one of server, wechat-container, wechat-function'],
    [['--home', 'wechat-function', '--env', '.env'], 'cannot push to this machine'],
    [['--home', 'wechat-function', '--http-functions'], 'takes one message at a time'],
  ])('%j is refused', async (args, why) => {
    const child = start(...args);
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);

    expect(code).toBe(2);
    expect(complaint).toContain(why);
  });

  test('without --json it opens a chat, which ends everything at /quit', async () => {
    const child = start('--port', '0', '--mode', 'plain');
    child.stdin.end('你好\n/click SUPPORT\nmore\n/quit\n');

    const [shown, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);

    expect(code).toBe(0);
    expect(shown).toMatch(/^simulator +http:\/\/127\.0\.0\.1:\d+\/\w{24}\/$/m);
    expect(shown).toMatch(/^functions +port \d+: \/callback \(plain mode\)/m);
    // Terminals make links of addresses: only those of the pages lead to something to look at.
    expect(shown.match(/https?:\/\/\S+/g)).toHaveLength(2);
    expect(shown).toMatch(/^console +http:\S+\/console$/m);
    expect(shown).toContain('你好');
    expect(shown).toContain('[to customer service]');
    expect(stripVTControlCharacters(shown)).toContain('◀ to oAlice: Here it is.');
  });

  test('takes the variables of an account from the shell and a file, and says which are missing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'local-'));
    folders.push(folder);
    const local = path.join(folder, '.env.local');
    const account = path.join(root, 'examples/accounts/orders.ts');
    const child = startWith(
      ['--account', account, '--local', local, '--port', '0', '--mode', 'plain'],
      { ORDERS_KEY: 'key-of-the-tests' },
    );
    const output = text(child.stdout);
    await written(child.stderr, 'ORDERS_URL is missing (Address of the order system).');

    writeFileSync(local, 'ORDERS_URL=http://127.0.0.1:9\n');
    await written(child.stderr, '.env.local was read again');
    child.stdin.end('?\n/quit\n');

    expect(await output).toContain('发送“订单 12”');
  });

  test('two on one folder for data are refused, with the way out', async () => {
    const first = start('--json', '--port', '0');
    await written(first.stdout, '"ready":true');
    const stateDir = folders.at(-1) ?? '';

    const second = start('--json', '--port', '0', '--state', stateDir);
    const [complaint, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')]);
    first.kill('SIGTERM');
    await once(first, 'exit');

    expect(code).toBe(1);
    expect(complaint).toMatch(
      /keeps its data in .*; its page is http.*npm start -- --state \S+-2$/m,
    );
    expect(existsSync(path.join(stateDir, 'lock'))).toBe(false);
  });

  test.each([
    [['--seed', '--env', 'x'], '--seed fills the emulated WeChat'],
    [['--mode', 'open'], '--mode must be one of plain, compat, safe.'],
    [['--port', '70000'], '--port must be a number from 0 to 65532.'],
    [['--account', 'nowhere.ts'], '--account names nowhere.ts, which is not there.'],
    [['--colour'], "Unknown option '--colour'"],
  ])('refuses %j, says what is possible and starts nothing', async (args, message) => {
    const child = start(...args);

    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);

    expect(code).toBe(2);
    expect(complaint).toContain(message);
    expect(complaint).toContain('Usage: npm start');
  });
});
