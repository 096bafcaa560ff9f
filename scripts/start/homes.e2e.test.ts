import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { tokenCollection } from '../../shared/token/index.ts';
import { containerFetch, wechatContext, wechatSources } from '../emulator/scf/wechat-cloud.ts';
import { ordinary } from '../emulator/wechat/push/ordinary.ts';
import type { Outcome } from '../emulator/wechat/push/push.ts';
import { sampleEvent, samples } from '../emulator/wechat/push/samples.ts';
import { fixtureAccount } from '../testing/tools/fixture-build.ts';
import type { EmulationOptions } from './emulation/options.ts';
import { type Emulation, startEmulation } from './emulation.ts';
import { localInvokeKey } from './local-home.ts';

const root = path.resolve(import.meta.dirname, '../..');
const OPENID = 'oHomeFollower00000000000001';

type Form = Pick<EmulationOptions, 'home' | 'cloud' | 'mode'>;

function start(form: Form, account: string, onLine: (line: string) => void = () => {}) {
  return startEmulation({
    root,
    account,
    port: 0,
    timers: 'hand',
    settings: { FOLLOWER_MESSAGES_PER_MINUTE: '0' },
    onLog: ({ stream, line }) => stream !== 'platform' && onLine(line),
    ...form,
  });
}

async function until(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('one account in every home', () => {
  const container = { mode: 'safe', home: 'wechat-container' } as const;
  const cloudFunction = { mode: 'safe', home: 'wechat-function' } as const;
  const forms: Readonly<Record<string, Form>> = {
    'server, safe': { mode: 'safe' },
    'container, JSON': container,
    'container, XML': { ...container, cloud: { notation: 'xml' } },
    'container that another account shares': { ...container, cloud: { isShared: true } },
    'cloud function': cloudFunction,
    'cloud function that another account shares': { ...cloudFunction, cloud: { isShared: true } },
  };
  /** What is said, and what comes back: in the first home, and then the same in the others. */
  const conversation = [
    ordinary.text(OPENID, '你好 <a>&"😀]]>'),
    ordinary.text(OPENID, 'order 4711'),
    ordinary.text(OPENID, 'help'),
    ordinary.image(OPENID),
    sampleEvent(OPENID, 'subscribe', {}),
    sampleEvent(OPENID, 'SCAN', { EventKey: 'table-7', Ticket: 't' }),
    sampleEvent(OPENID, 'CLICK', { EventKey: 'NEWS' }),
    sampleEvent(OPENID, 'CLICK', { EventKey: 'SUPPORT' }),
    sampleEvent(OPENID, 'LOCATION', { Latitude: 23.1, Longitude: 113.3, Precision: 119.3 }),
  ];
  let expected: readonly Outcome[] | undefined;

  test.each(Object.keys(forms))('%s: the same answers, to the word', async (name) => {
    const form = forms[name];
    if (!form) throw new Error('no form');
    const lines: string[] = [];
    const emulation = await start(form, fixtureAccount, (line) => lines.push(line));
    try {
      expect(await emulation.push.verifyUrl()).toMatchObject({ ok: true });
      const outcomes: Outcome[] = [];
      for (const message of conversation) {
        outcomes.push((await emulation.push.send({ ...message })).outcome);
      }
      expected ??= outcomes;
      expect(outcomes).toEqual(expected);

      const all = samples(OPENID).map((message, n) => ({ ...message, openid: `oSample${n}` }));
      for (const message of all) {
        const { outcome } = await emulation.push.send(message);
        expect({ message, outcome }).not.toMatchObject({ outcome: { kind: 'fault' } });
      }
      const said = await sayWithLostAnswer(emulation, 'order 99');
      expect(said).toMatchObject({
        deliveries: [{ problem: expect.stringContaining('lost') }, { status: 200 }],
        outcome: { reply: { content: 'Order 99 is on its way.' } },
      });
      const [, id = ''] = /MsgId\W+(\w+)/.exec(said.message) ?? [];
      // The log of a process comes by another way than its answers.
      await until(() => standingsOf(id, lines).length >= 2, 'both deliveries in the log');
      expect(standingsOf(id, lines)).toEqual(['new', 'repeat']);
    } finally {
      await emulation.close();
    }
  });

  /** The first answer is lost, so WeChat brings the message once more after 5 s. */
  async function sayWithLostAnswer({ push, urls }: Emulation, content: string) {
    const fault = { kind: 'lost-answer' };
    const control = new URL('emulator/faults', urls.simulator);
    const answer = await fetch(control, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    expect(answer.status).toBe(200);
    return push.send(ordinary.text(OPENID, content));
  }

  /** What the inbox knew of each delivery of a message. */
  function standingsOf(id: string, lines: readonly string[]): readonly unknown[] {
    return lines
      .filter((line) => line.includes('"event":"answered"') && line.includes(`"${id}"`))
      .map((line) => (JSON.parse(line) as { readonly standing: unknown }).standing);
  }

  test('a cloud function takes a push from the source that is named, and from no other', async () => {
    const lines: string[] = [];
    const emulation = await start(cloudFunction, fixtureAccount, (line) => lines.push(line));
    try {
      const { scf, account } = emulation;
      const event = {
        ToUserName: account.appid,
        FromUserName: OPENID,
        CreateTime: Math.floor(Date.now() / 1_000),
        MsgType: 'text',
        Content: 'help',
      };
      for (const [n, source] of wechatSources.entries()) {
        const environ = wechatContext({ sources: [source], envId: 'e', openid: OPENID });
        const { ok, ...outcome } = await scf.invoke(
          'callback',
          { ...event, MsgId: `${n}_1` },
          { environ, source: 'wechat' },
        );
        const isTaken = 'result' in outcome && outcome.result !== '';
        expect({ source, ok, isTaken }).toEqual({ source, ok, isTaken: source === 'wx_unknown' });
      }
      expect(lines.filter((line) => line.includes('"event":"push refused"'))).toHaveLength(
        wechatSources.length - 1,
      );
    } finally {
      await emulation.close();
    }
  });
});

describe.each(['none', 'file', 'header'] as const)(
  'an account in a container, whose token comes from: %s',
  (tokenSource) => {
    const account = path.join(root, 'scripts/testing/callback/container-account.ts');
    const lines: string[] = [];
    let emulation: Emulation;
    const say = async (text: string) => {
      const { outcome } = await emulation.push.send(ordinary.text(OPENID, text));
      if (outcome.kind === 'fault') throw new Error(outcome.reason);
      return outcome.kind === 'reply' ? outcome.reply : undefined;
    };
    const invoke = async (name: string, event: object, key = localInvokeKey(emulation.account)) => {
      const network = containerFetch(emulation.scf.invoke, 'callback');
      const response = await network(`http://callback/.functions/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(event),
      });
      return { status: response.status, text: await response.text() };
    };
    const dataOf = async (name: string, action: string, payload?: object) => {
      const { text } = await invoke(name, { action, ...(payload ? { payload } : {}) });
      const answer = JSON.parse(text);
      expect(answer).toMatchObject({ ok: true });
      return answer.data;
    };

    beforeAll(async () => {
      const form = { mode: 'safe', home: 'wechat-container', cloud: { tokenSource } } as const;
      emulation = await start(form, account, (line) => lines.push(line));
      const post = (what: string, body: object, method = 'POST') =>
        emulation.wechatApi.fetch(`http://localhost/emulator/${what}`, {
          method,
          body: JSON.stringify(body),
        });
      await post('templates', {
        templateId: 'order-template',
        title: 'Order',
        content: '{{thing1.DATA}}',
      });
      // No address of this machine may fetch a token, or call with one.
      await post('whitelist', { ips: ['10.0.0.1'] }, 'PUT');
      await emulation.push.send(sampleEvent(OPENID, 'subscribe', {}));
    });
    afterAll(() => emulation.close());
    afterEach(() => {
      const { tokens, statistics } = emulation.wechatApi.inspect();
      expect(statistics.tokenFetches).toEqual({ stable: 0, classic: 0 });
      expect(tokens.generation).toBe(0);
    });

    test('sends a template message', async () => {
      expect(await say('template')).toEqual({ type: 'text', content: 'template sent' });
      expect(emulation.wechatApi.sentTo(OPENID)).toMatchObject([{ kind: 'template' }]);
    });

    test('uploads media, which a reply can show', async () => {
      expect(await say('picture')).toMatchObject({ type: 'image', mediaId: expect.any(String) });
    });

    test('answers later, by the worker in the container', async () => {
      expect(await say('later')).toBeUndefined();
      await until(
        () => JSON.stringify(emulation.wechatApi.sentTo(OPENID)).includes('It is later now.'),
        'the deferred answer',
      );
    });

    test('sends a mass message, which an operator submits to the container', async () => {
      const { id } = await dataOf('mass-send', 'submit', {
        requestId: 'e2e',
        audience: { all: true },
        content: { msgtype: 'text', text: { content: '大家好' } },
      });

      await until(
        async () => (await dataOf('mass-send', 'status', { id })).isOver === true,
        'the end of the mass send',
      );

      const { statistics } = emulation.wechatApi.inspect();
      expect(statistics.endpoints['massSend.sendAll']).toMatchObject({ calls: 1, succeeded: 1 });
    });

    test('has its menu made and its followers synced there', async () => {
      const button = [{ type: 'click', name: '今日', key: 'TODAY' }];

      await dataOf('menu', 'create', { button });
      expect(await dataOf('menu', 'get')).toMatchObject({ menu: { button } });
      // So does `npm run invoke`, under `npm start`.
      const shown = await fetch(new URL('emulator/invoke', emulation.urls.simulator), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ function: 'menu', event: { action: 'get' } }),
      });
      expect(await shown.json()).toMatchObject({ ok: true, data: { menu: { button } } });
      await dataOf('followers', 'sync');
      await until(
        async () => (await dataOf('followers', 'status')).phase === 'done',
        'the end of the sync',
      );
      expect(await dataOf('worker', 'examine')).toMatchObject({
        wechat: { ok: true },
        tokenSource,
        credentials: { ok: true, value: [] },
      });
    });

    test('opens its functions to nobody without the key', async () => {
      expect(
        await invoke('menu', { action: 'get' }, 'another key of forty-three characters'),
      ).toEqual({
        status: 401,
        text: '',
      });
      expect(await invoke('unheard-of', {})).toMatchObject({ status: 404 });
      expect(await invoke('menu', { action: 'unheard-of' })).toMatchObject({
        status: 200,
        text: expect.stringContaining('There is no action'),
      });
    });

    test('has neither AppSecret nor token in its reach, nor in its log and its documents', async () => {
      const reply = await say('reach');
      const { secret } = emulation.account;
      const reach = JSON.stringify(reply);

      expect(reach).toContain('TOKEN_SOURCE');
      const kept = JSON.stringify(emulation.cloudbase.control.export(emulation.environment.envId));
      const token = emulation.wechatApi.cloud.token();
      for (const place of [reach, kept, lines.join('\n')]) {
        expect(place).not.toContain(secret);
        expect(place).not.toContain(token);
      }
      expect(await emulation.database.count(tokenCollection.name, {})).toBe(0);
      const { cloudUses } = emulation.wechatApi.inspect().statistics;
      expect(Object.keys(cloudUses)).toEqual([
        tokenSource === 'none' ? 'relay good' : 'token good',
      ]);
    });
  },
);
