import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../emulator/scf/fixture.ts';
import { type Emulation, startEmulation } from './emulation.ts';

/** An account with variables of its own, which runs in the callback and in the worker. */
const root = path.resolve(import.meta.dirname, '../..');
const source = `
  import { defer, Router, variable } from '${path.join(root, 'shared/index.ts')}';
  const lookUp = async (ctx, path) => {
    const { ORDERS_URL, ORDERS_KEY } = ctx.env;
    const answer = await fetch(ORDERS_URL + path, { headers: { 'x-key': ORDERS_KEY.reveal() } });
    ctx.reply(await answer.text());
  };
  export const account = new Router({
    ORDERS_URL: variable.url('Address of the order system'),
    ORDERS_KEY: variable.secret('Key for the order system'),
  })
    .text('now', (ctx) => lookUp(ctx, '/now'))
    .text('later', defer((ctx) => lookUp(ctx, '/later')))
    .text('leak', (ctx) => {
      ctx.log.warn('told', { details: { note: ctx.env.ORDERS_KEY.reveal() } });
      throw new Error(ctx.env.ORDERS_URL + '?k=' + encodeURIComponent(ctx.env.ORDERS_KEY.reveal()));
    });`;

const folder = mkdtempSync(path.join(tmpdir(), 'own-variables-'));
const account = path.join(folder, 'account.ts');
const orders = createServer((request, response) =>
  response.end(`${request.url} with ${request.headers['x-key']}`),
);
// Else it could close a connection at the very moment at which a handler's own fetch takes it again.
orders.keepAliveTimeout = 0;
const lines: string[] = [];
let texts: Record<string, string>;
let onBuild = () => {};
let emulation: Emulation;

beforeAll(async () => {
  writeFileSync(account, source);
  orders.listen(0, '127.0.0.1');
  await once(orders, 'listening');
  texts = {
    ORDERS_URL: `http://127.0.0.1:${(orders.address() as AddressInfo).port}`,
    ORDERS_KEY: 'first/key&of-the-tests',
    UNDECLARED: 'nobody asked',
  };
  emulation = await startEmulation({
    root,
    account,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    readTexts: () => texts,
    reloads: true,
    onLog: ({ line }) => lines.push(line),
    onBuild: () => onBuild(),
  });
});
afterAll(async () => {
  await emulation.close();
  orders.close();
  rmSync(folder, { recursive: true });
});

const say = async (content: string) =>
  (await emulation.push.send({ openid: 'oAlice', type: 'text', Content: content })).outcome;
const replied = (content: string) => ({ kind: 'reply', reply: { type: 'text', content } });

describe('variables of an account', () => {
  test('reach its handlers in the callback and in the worker, and no other function', async () => {
    const sent: unknown[] = [];
    emulation.onSend((message) => sent.push(message));

    expect(await say('now')).toMatchObject(replied('/now with first/key&of-the-tests'));
    await say('later');
    await until(() => sent.length > 0);

    expect(JSON.stringify(sent)).toContain('/later with first/key&of-the-tests');
    const given = emulation.scf
      .functions()
      .map(({ name, environment }) => [name, Object.keys(environment)] as const);
    expect(given.filter(([, names]) => names.includes('ORDERS_KEY')).map(([name]) => name)).toEqual(
      ['callback', 'worker'],
    );
    expect(given.filter(([, names]) => names.includes('UNDECLARED'))).toEqual([]);
  });

  test('that are secret are in no log line, even if a handler logs them or fails with them', async () => {
    expect(await say('leak')).toMatchObject({ kind: 'silent' });

    await until(() => lines.some((line) => line.includes('handler failed')));
    expect(lines.filter((line) => line.includes('[secret]')).length).toBeGreaterThanOrEqual(2);
    expect(lines.filter((line) => /first.{1,4}key/.test(line))).toEqual([]);
  });

  test('change with their texts', async () => {
    texts = { ...texts, ORDERS_KEY: 'second-key' };
    await emulation.renewVariables();

    expect(await say('now')).toMatchObject(replied('/now with second-key'));
  });

  test('change with the source; one that is missing is named, and the account does not start', async () => {
    const swapped = new Promise<void>((resolve) => {
      onBuild = resolve;
    });
    writeFileSync(
      account,
      source.replace(
        "secret('Key for the order system'),",
        `$&
      ORDERS_SHOP: variable.text('Number of the shop'),`,
      ),
    );
    await swapped;

    expect(emulation.variableProblems()).toEqual(['ORDERS_SHOP is missing (Number of the shop).']);
    expect(await say('now')).toMatchObject({ kind: 'fault' });
    expect(lines.join('\n')).toContain('ORDERS_SHOP is missing (Number of the shop).');

    texts = { ...texts, ORDERS_SHOP: 'S1' };
    await emulation.renewVariables();
    expect(await say('now')).toMatchObject(replied('/now with second-key'));
  });
});
