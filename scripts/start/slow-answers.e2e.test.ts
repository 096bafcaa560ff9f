import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../shared/kernel/clock.ts';
import { slowCheck } from '../doctor/checks/slow.ts';
import { deploymentOf } from '../doctor/deployment.ts';
import { until } from '../emulator/scf/fixture.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';
import { type Emulation, startEmulation } from './emulation.ts';

/** Slow handlers in processes, with WeChat's own pace of deliveries. */
const root = path.resolve(import.meta.dirname, '../..');
const source = `
  import { setTimeout as pause } from 'node:timers/promises';
  import { ChatModel, Router, slow, variable } from '${path.join(root, 'shared/index.ts')}';
  const think = async (ctx) => {
    const [, name, ms] = /^(\\w+) (\\d+)/.exec(ctx.message.content) ?? [];
    await fetch(ctx.env.VISITS_URL + '/' + name + '/' + process.pid);
    await pause(Number(ms), undefined, { signal: ctx.signal });
    ctx.reply('answer of ' + name);
  };
  export const account = new Router({
    VISITS_URL: variable.url('Where each start of a handler is told'),
    MODEL_URL: variable.url('Address of the model'),
    MODEL_KEY: variable.secret('Key of the model'),
    MODEL_NAME: variable.text('Name of the model'),
  })
    .text(/^worker/, slow(think, { ways: ['later', 'whenAsked'] }))
    .text(/ \\d+$/, slow(think))
    .on('text', slow(async (ctx) => {
      const { MODEL_URL: url, MODEL_KEY: key, MODEL_NAME: model } = ctx.env;
      const turns = [{ role: 'user', content: ctx.message.content }];
      ctx.reply((await new ChatModel({ url, key, model }).answer(turns, ctx)).text);
    }, { language: 'en' }));`;

const folder = mkdtempSync(path.join(tmpdir(), 'slow-answers-'));
interface Start {
  readonly name: string;
  readonly pid: number;
  readonly at: number;
}
/** Each start of a handler, by the name in its message. */
const starts: Start[] = [];
let onStart = (_: Start) => {};
const visits = createServer(({ url = '' }, response) => {
  const [, name = '', pid] = url.split('/');
  const start = { name, pid: Number(pid), at: Date.now() };
  starts.push(start);
  onStart(start);
  response.end();
});
// Else it could close a connection at the very moment at which a handler's own fetch takes it again.
visits.keepAliveTimeout = 0;
const sent: SentMessage[] = [];
let emulation: Emulation;

beforeAll(async () => {
  const account = path.join(folder, 'account.ts');
  writeFileSync(account, source);
  visits.listen(0, '127.0.0.1');
  await once(visits, 'listening');
  const { port } = visits.address() as AddressInfo;
  emulation = await startEmulation({
    root,
    account,
    port: 0,
    mode: 'safe',
    timers: 'hand',
    readTexts: () => ({ VISITS_URL: `http://127.0.0.1:${port}` }),
  });
  emulation.onSend((message) => sent.push(message));
});

afterAll(async () => {
  await emulation.close();
  visits.close();
  rmSync(folder, { recursive: true });
});

/** What a follower reads in the chat after a message, by the response alone. */
async function say(openid: string, content: string) {
  const { outcome, deliveries } = await emulation.push.send({
    openid,
    type: 'text',
    Content: content,
  });
  const reply =
    outcome.kind === 'reply' ? (outcome.reply as { content: string }).content : outcome.kind;
  return { reply, deliveries: deliveries.length };
}
const startsOf = (name: string) => starts.filter((each) => each.name === name).length;
const sentTo = (openid: string) =>
  sent
    .filter((each) => each.openid === openid)
    .map(({ message }) => (message.text as { readonly content: string }).content);

describe('an answer', () => {
  test('comes in the first response, or in a repeat, or later; each handler ran once', async () => {
    const [first, second, third, later] = await Promise.all([
      say('oFirst', 'first 1500'),
      say('oSecond', 'second 7000'),
      say('oThird', 'third 12000'),
      say('oLater', 'later 17000'),
    ]);
    await until(() => sentTo('oLater').length > 0);

    expect(first).toEqual({ reply: 'answer of first', deliveries: 1 });
    expect(second).toEqual({ reply: 'answer of second', deliveries: 2 });
    expect(third).toEqual({ reply: 'answer of third', deliveries: 3 });
    expect(later).toMatchObject({ reply: expect.stringMatching(/^还在处理/), deliveries: 3 });
    expect(sentTo('oLater')).toEqual(['answer of later']);
    expect(['first', 'second', 'third', 'later'].map(startsOf)).toEqual([1, 1, 1, 1]);
    expect(sent).toHaveLength(1);
  });

  test('of the model of npm start comes as slowly as was chosen, and a failure of it is said', async () => {
    const choose = async (behaviour: object) => {
      const url = `${emulation.urls.simulator}emulator/model`;
      await fetch(url, { method: 'PUT', body: JSON.stringify(behaviour) });
    };
    await choose({ firstPieceMs: 6_000, pieceMs: 0, answer: 'from the model' });
    const slowly = await say('oModel', 'hello');
    await choose({ firstPieceMs: 0, streams: false });
    const whole = await say('oModel', 'hello');
    await choose({ fault: 'overloaded' });

    expect(slowly).toEqual({ reply: 'from the model', deliveries: 2 });
    expect(whole).toEqual({ reply: 'from the model', deliveries: 1 });
    expect(await say('oModel', 'hello')).toEqual({
      reply: 'Sorry, this could not be answered. Please send it again later.',
      deliveries: 1,
    });
    expect(emulation.model.count()).toBe(3);
  });

  test('reaches each follower, whichever instances die while their handlers run', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `mortal${index}`);
    const msOf = (name: string) => 2_500 + 900 * Number(name.slice(-1));
    /** When an instance died, by its process. */
    const deaths = new Map<number, number>();
    // Every other first start dies before its end, some while WeChat waits and some after it has hung up.
    onStart = ({ name, pid }) => {
      if (!/^mortal[02468]$/.test(name) || startsOf(name) > 1) return;
      const kill = async () => {
        const instance = emulation.scf.instances().find((each) => each.pid === pid);
        if (!instance) return;
        deaths.set(pid, Date.now());
        await emulation.scf.kill(instance.id);
      };
      setTimeout(() => void kill(), msOf(name) * 0.7);
    };

    const said = await Promise.all(names.map((name) => say(`o-${name}`, `${name} ${msOf(name)}`)));
    // Messages that no delivery has taken over are found by the worker, when their claims are long over.
    for (let minute = 0; minute < 2; minute += 1) {
      // Time that is moved on would end the leases of those at work.
      await until(() => emulation.scf.instances().every(({ state }) => state !== 'busy'));
      await emulation.wechatApi.clock.advance(60_000);
      await emulation.scf.fireTimer('worker/every-minute');
    }
    await until(() => emulation.scf.instances().every(({ state }) => state !== 'busy'));
    const read = names.map((name, index) =>
      [said[index]?.reply, ...sentTo(`o-${name}`)].filter((each) => each === `answer of ${name}`),
    );
    const died = names.map((name) =>
      starts.filter(
        (each) =>
          each.name === name &&
          (deaths.get(each.pid) ?? Number.POSITIVE_INFINITY) < each.at + msOf(name),
      ),
    );

    expect(read).toEqual(names.map((name) => [`answer of ${name}`]));
    expect(names.map(startsOf)).toEqual(died.map((each) => 1 + each.length));
    expect(died.flat().length).toBeGreaterThan(2);
  });
});

describe('the doctor', () => {
  const check = async () => {
    const { appid, secret, token, encodingAesKey } = emulation.account;
    const env = {
      WECHAT_APPID: appid,
      WECHAT_APPSECRET: secret,
      WECHAT_TOKEN: token,
      WECHAT_ENCODING_AES_KEY: encodingAesKey,
    };
    // The time that another test has moved on is everybody's.
    const clock = { ...systemClock, now: emulation.wechatApi.clock.now };
    const { callback: url } = emulation.urls;
    return slowCheck.run(deploymentOf({ env, stage: 'dev', url, clock, triesSlow: true }));
  };

  test('finds out whether a handler goes on after its caller has hung up', async () => {
    expect(await check()).toMatchObject({ state: 'ok' });

    // As a platform would that ends the invocation with the connection, 5 s after it has begun.
    const busy = () => emulation.scf.instances().filter(({ state }) => state === 'busy');
    await until(() => busy().length === 0);
    const checking = check();
    await until(() => busy().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 5_050));
    await Promise.all(busy().map(({ id }) => emulation.scf.kill(id)));
    const finding = await checking;

    expect(finding).toMatchObject({
      state: 'warning',
      todo: expect.stringContaining('SLOW_WHILE_ASKED_AGAIN=off'),
    });
  });
});

describe('an account without the right to send', () => {
  test('leaves nobody without an answer', async () => {
    const url = `${emulation.urls.simulator}emulator/wechat/faults`;
    const refusal = { path: '/cgi-bin/message/custom/send', times: 99, errcode: 48_001 };
    await fetch(url, { method: 'POST', body: JSON.stringify(refusal) });

    // Not known yet: the answer is promised, cannot be sent, and is there when the follower asks.
    const promised = await say('oPoor', 'worker1 5000');
    await until(() => startsOf('worker1') === 1);
    const asked = await askUntil('oPoor', 'answer of worker1');
    // Known: it is not promised again.
    const second = await say('oPoor', 'worker2 5000');

    expect(promised.reply).toMatch(/^还在处理，好了就发给您/);
    expect(asked).toBe('answer of worker1');
    expect(second.reply).toMatch(/^还在处理，请稍后发送“继续”/);
    expect(await askUntil('oPoor', 'answer of worker2')).toBe('answer of worker2');
    expect(sentTo('oPoor')).toEqual([]);
  });
});

/** Sends 继续, as the words say, until that brings something else than that it takes a while. */
async function askUntil(openid: string, expected: string): Promise<string> {
  for (let times = 0; times < 5; times += 1) {
    const { reply } = await say(openid, '继续');
    if (reply === expected) return reply;
  }
  return 'nothing';
}
