import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudbaseEmulator, startCloudbase } from '../../scripts/emulator/cloudbase/index.ts';
import { createScf, type ScfEmulator } from '../../scripts/emulator/scf/scf.ts';
import { createPush } from '../../scripts/emulator/wechat/push/push.ts';
import { bundleAccount } from '../../scripts/testing/callback/bundle-account.ts';
import { localAccount, localEnvironment } from '../../scripts/testing/local-environment.ts';
import { collections } from '../app/collections.ts';
import { inboxCollection } from './inbox-document.ts';

/** The shipped functions around an account of the test's own, in processes that behave like SCF. */
const account = `
  import { AppError, Router, defer, transfer, withoutRerun } from 'fuwuhao';
  const visit = (word, signal) => fetch(process.env.WECHAT_API_BASE_URL + '/visit/' + word, { signal });
  export const account = new Router()
    .text('report', defer(async (ctx) => {
      await visit('report');
      ctx.reply('the report');
    }, { interim: 'One moment' }))
    .text('quiet', defer(async (ctx) => ctx.reply('after the quiet')))
    .text('hang', defer(async (ctx) => { await visit('hang'); ctx.reply('after the crash'); }))
    .text('once', defer(async (ctx) => { await visit('once'); ctx.reply('never'); }, { rerun: false }))
    .text('die', async (ctx) => {
      if (process.env.SCF_FUNCTIONNAME === 'callback') process.kill(process.pid, 'SIGKILL');
      ctx.reply('alive again');
    })
    .text('poison', defer(() => { throw new AppError('invalid', 'This cannot be digested.'); }))
    .text('transfer', defer((ctx) => ctx.reply(transfer())))
    .text('overrun', async (ctx) => { await visit('overrun', ctx.signal); ctx.reply('late'); })
    .text('overrun-once', withoutRerun(async (ctx) => {
      await visit('overrun-once', ctx.signal);
      ctx.reply('never');
    }));`;

const sent: { readonly content: string; readonly at: number }[] = [];
const visits: string[] = [];
let visitedAt = 0;
/** Words whose visits get no answer, as often as it says. */
const hanging = new Map<string, number>();
const lines: string[] = [];
let listeners: (() => void)[] = [];
/** How far the time of WeChat, the functions and their store is ahead of this machine's. */
let aheadMs = 0;
const now = () => Date.now() + aheadMs;
let removeBundles: () => void;
let wechat: Server;
let cloudbase: CloudbaseEmulator;
let scf: ScfEmulator;

beforeAll(async () => {
  const { fileOf, remove } = await bundleAccount(account, ['callback', 'worker']);
  removeBundles = remove;

  wechat = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const answer = (body: object) => response.end(JSON.stringify(body));
    if (url.pathname.startsWith('/visit/')) {
      const word = url.pathname.slice('/visit/'.length);
      visits.push(word);
      visitedAt = Date.now();
      const left = hanging.get(word) ?? 0;
      hanging.set(word, left - 1);
      if (left <= 0) answer({});
      notify();
    } else if (url.pathname === '/cgi-bin/message/custom/send') {
      void text(request).then((body) => {
        const { text: said } = JSON.parse(body) as { text: { content: string } };
        sent.push({ content: said.content, at: Date.now() });
        answer({ errcode: 0, errmsg: 'ok' });
        notify();
      });
    } else answer({ access_token: 'T'.repeat(100), expires_in: 7200 });
  });
  // Else it could close a connection at the very moment at which a handler's own fetch takes it again.
  wechat.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => wechat.listen(0, '127.0.0.1', resolve));
  cloudbase = await startCloudbase({
    environments: [localEnvironment],
    now,
    signingNow: now,
    invokeFunction: async (_, name, data) => (await scf.invoke(name, data)).ok,
  });
  for (const { name, access, indexes } of collections) {
    cloudbase.control.createCollection(localEnvironment.envId, { name, indexes, rule: access });
  }
  const environment = {
    WECHAT_APPID: localAccount.appid,
    WECHAT_APPSECRET: localAccount.secret,
    WECHAT_TOKEN: localAccount.token,
    WECHAT_ENCODING_AES_KEY: localAccount.encodingAesKey,
    WECHAT_API_BASE_URL: `http://127.0.0.1:${(wechat.address() as AddressInfo).port}`,
    CLOUDBASE_ENV_ID: localEnvironment.envId,
  };
  const common = { handler: 'index.main', memoryMb: 256, timeoutSeconds: 60, environment };
  const callback = { ...common, bundle: fileOf('callback'), timeoutSeconds: 10 };
  const unwoken = { ...environment, WORKER_WAKE: 'none' };
  scf = await createScf({
    functions: [
      { ...callback, name: 'callback', http: { path: '/callback' } },
      {
        ...callback,
        name: 'unwoken',
        environment: unwoken,
        http: { path: '/unwoken' },
      },
      {
        ...common,
        name: 'worker',
        bundle: fileOf('worker'),
        // Else a job that the worker takes over could be held by a second worker when it ends.
        environment: unwoken,
        timers: [{ name: 'every-minute', cron: '0 * * * * * *', enabled: false }],
      },
    ],
    namespace: localEnvironment.envId,
    platformEnv: {
      TENCENTCLOUD_SECRETID: localEnvironment.secretId,
      TENCENTCLOUD_SECRETKEY: localEnvironment.secretKey,
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: cloudbase.url }),
    },
    gateway: { port: 0 },
    clockOffsetMs: () => aheadMs,
    onLog({ line }) {
      lines.push(line);
      notify();
    },
  });
});

afterAll(async () => {
  await scf.close();
  await cloudbase.close();
  wechat.closeAllConnections();
  wechat.close();
  removeBundles();
});

beforeEach(() => {
  sent.length = 0;
  visits.length = 0;
});

function notify(): void {
  for (const listener of listeners) listener();
}

/** Resolves once it is so; the test's own time limit is the only one. */
function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      listeners = listeners.filter((other) => other !== look);
      resolve();
    };
    listeners.push(look);
    look();
  });
}

const say = (content: string, to = 'callback') =>
  createPush({
    account: { ...localAccount, mode: 'safe' },
    callbackUrl: `${scf.url}/${to}`,
    now,
  }).send({ openid: 'oWorkerFollower', type: 'text', Content: content });

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly error?: { readonly code: string; readonly message: string };
}

async function operate(action: string, payload?: object) {
  const outcome = await scf.invoke('worker', { action, ...(payload ? { payload } : {}) });
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
  return outcome.result as {
    ok: boolean;
    data: readonly Listed[] & Listed;
    error?: { code: string };
  };
}

async function killTheBusyWorker(): Promise<void> {
  const workers = scf.instances().filter((one) => one.function === 'worker');
  for (const { id } of workers) await scf.kill(id);
}

/** Moves the time past the lease of a message, and what clocks may differ. */
function endLeases(): void {
  aheadMs += 12_500;
}

describe('a deferred message', () => {
  test('is answered at once and again by a customer-service message', async () => {
    const { outcome } = await say('report');

    expect(outcome).toMatchObject({ kind: 'reply', reply: { content: 'One moment' } });
    await until(() => sent.length === 1);
    expect(sent[0]?.content).toBe('the report');
    // The last thing that the handler does is the visit. A busy machine may take longer than a second.
    expect(Number(sent[0]?.at) - visitedAt).toBeLessThan(5_000);
  });

  test('that cannot be stored gets no answer, comes again, and is stored then', async () => {
    const { faults } = cloudbase.control;
    faults.add({ kind: 'http', status: 503, action: 'database.startTransaction' });
    const saying = say('report');
    await until(() => lines.some((line) => line.includes('"message held"')));
    faults.clear();

    const { deliveries, outcome } = await saying;

    expect(deliveries).toHaveLength(2);
    expect(outcome).toMatchObject({ kind: 'reply', reply: { content: 'One moment' } });
    await until(() => sent.length === 1);
    expect(visits).toEqual(['report']);
  });

  test('reaches the follower by the timer if the callback could not wake the worker', async () => {
    expect((await say('quiet', 'unwoken')).outcome).toEqual({ kind: 'silent' });
    expect(sent).toEqual([]);

    expect(await scf.fireTimer('every-minute')).toMatchObject({ ok: true, result: { done: 1 } });

    expect(sent.map(({ content }) => content)).toEqual(['after the quiet']);
  });

  test('is taken over, once, from a worker that is killed in the middle', async () => {
    hanging.set('hang', 1);
    await say('hang');
    await until(() => visits.length === 1);
    await killTheBusyWorker();
    endLeases();

    await scf.fireTimer('every-minute');
    await scf.fireTimer('every-minute');

    expect(visits).toEqual(['hang', 'hang']);
    expect(sent.map(({ content }) => content)).toEqual(['after the crash']);
  });

  test('does not run twice with rerun: false', async () => {
    hanging.set('once', 1);
    await say('once');
    await until(() => visits.length === 1);
    await killTheBusyWorker();
    endLeases();

    await scf.fireTimer('every-minute');

    expect(visits).toEqual(['once']);
    const { data } = await operate('list', { state: 'dead' });
    expect(data.map(({ error }) => error?.message)).toContainEqual(
      expect.stringContaining('must not run twice'),
    );
  });
});

describe('a handler that overruns', () => {
  test('is stopped, and run again by the worker', async () => {
    hanging.set('overrun', 1);

    const { deliveries, outcome } = await say('overrun');

    expect(outcome).toEqual({ kind: 'silent' });
    expect(deliveries).toHaveLength(1);
    await until(() => sent.length === 1);
    expect(sent[0]?.content).toBe('late');
    expect(visits).toEqual(['overrun', 'overrun']);
  });

  test('is only stopped if it must not run twice', async () => {
    hanging.set('overrun-once', 1);

    expect((await say('overrun-once')).outcome).toEqual({ kind: 'silent' });

    await scf.fireTimer('every-minute');
    expect(visits).toEqual(['overrun-once']);
    expect(sent).toEqual([]);
  });
});

test('a message whose instance died, and that nobody brings again, is handled by the worker', async () => {
  expect((await say('die')).outcome).toMatchObject({ kind: 'fault' });
  const { control } = cloudbase;
  const { documents } = control.documents(localEnvironment.envId, inboxCollection.name, {
    filter: { state: 'claimed' },
  });
  const [claim] = documents;
  expect(documents).toHaveLength(1);
  await scf.fireTimer('every-minute');
  expect(sent).toEqual([]);

  // Its lease and the last repeat are over.
  const over = new Date(now() - 60_000);
  await control.putDocument(localEnvironment.envId, inboxCollection.name, {
    ...claim,
    dueAt: over,
  });
  await scf.fireTimer('every-minute');
  await scf.fireTimer('every-minute');

  expect(sent.map(({ content }) => content)).toEqual(['alive again']);
});

test('a poison message is listed, retried and dropped, and names no follower', async () => {
  const before = (await operate('list')).data.map(({ id }) => id);
  await say('poison', 'unwoken');
  await say('transfer', 'unwoken');
  await scf.fireTimer('every-minute');

  const { data } = await operate('list', { state: 'dead' });
  const found = data.filter(({ id }) => !before.includes(id));
  expect(found.map(({ error }) => error?.message).sort()).toEqual([
    expect.stringContaining('transferred only in the response'),
    'This cannot be digested.',
  ]);
  const id = found.find(({ error }) => error?.message.includes('digested'))?.id ?? '';

  expect(await operate('retry', { id })).toMatchObject({ ok: true, data: { state: 'ready' } });
  await operate('run');
  const again = (await operate('list', { state: 'dead' })).data.find((one) => one.id === id);
  expect(again).toMatchObject({ attempts: 1, error: { code: 'invalid' } });
  expect(await operate('drop', { id })).toMatchObject({ ok: true, data: { state: 'dropped' } });
  expect(await operate('drop', { id })).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(lines.filter((line) => line.includes('oWorkerFollower'))).toEqual([]);
});

test('clients of the environment can neither operate it nor start it', async () => {
  const byClient = { environ: { WX_OPENID: 'o1' } };

  expect(await scf.invoke('worker', { action: 'list' }, byClient)).toMatchObject({
    ok: true,
    result: { ok: false, error: { code: 'forbidden' } },
  });
  expect(await scf.invoke('worker', { wake: true }, byClient)).toMatchObject({ ok: false });
});
