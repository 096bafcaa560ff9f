import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decrypt } from '@wecom/crypto';
import { writeXml } from '../../scripts/emulator/wechat/push/xml-writer.ts';
import { type SignedPush, signedPush } from '../../scripts/testing/callback/signed-push.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { testAccount, testEnv } from '../../scripts/testing/test-account.ts';
import { Router } from '../account/router.ts';
import { type CallbackApp, callbackApp } from '../app/callback.ts';
import { systemWorld } from '../app/parts/world.ts';
import { image, news } from '../wechat/reply.ts';
import { parseAnyXml } from '../wechat/xml-parser.ts';
import { callbackFunction, callbackServer } from './callback-door.ts';
import { HttpServer } from './server.ts';

const NOW = Date.UTC(2026, 0, 1);
/** The sources that pushes have here; the documents name none. */
const SOURCE = 'wx_unknown';
const fromWechat = { environment: JSON.stringify({ SOURCE }) };

type Fields = Readonly<Record<string, string | number | bigint>>;

let handled = 0;
const account = new Router()
  .use(async (_, next) => {
    handled += 1;
    await next();
  })
  .event('subscribe', (ctx) =>
    ctx.reply(
      news(
        ['一', '二'].map((title) => ({
          title,
          description: 'd',
          picUrl: 'https://e.cn/p.png',
          url: 'https://e.cn',
        })),
      ),
    ),
  )
  .on('image', (ctx) => ctx.reply(image(ctx.message.mediaId)))
  .text('silence', () => {})
  .on('text', (ctx) => ctx.reply(`${ctx.message.msgId}: ${ctx.message.content}`));

function openDoor(env: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const { WECHAT_TOKEN: _, ...unsigned } = testEnv;
  const app = callbackApp(account, {
    ...systemWorld,
    env: { ...(env.PUSH_DOOR ? unsigned : testEnv), ...env },
    clock: { ...createFakeClock(NOW), after: systemWorld.clock.after },
    writeLine: (line) => lines.push(line),
  });
  return { app, lines };
}

/** Cloud functions are called with an event; containers and gateways by HTTP. */
const invokeWith = (app: CallbackApp) => callbackFunction(app) as (...args: unknown[]) => unknown;

const servers: HttpServer[] = [];

/** Posts to the callback in a server of its own. */
async function serverOf(app: CallbackApp) {
  const server = new HttpServer({ app: callbackServer(app, {}), requestsAtOnce: 10 });
  servers.push(server);
  const port = await server.listen(0, '127.0.0.1');
  return async (body: string, headers: Readonly<Record<string, string>> = {}, query = '') => {
    const response = await fetch(`http://127.0.0.1:${port}/${query}`, {
      method: 'POST',
      headers,
      body,
    });
    return { status: response.status, text: await response.text() };
  };
}

afterAll(() => Promise.all(servers.map((server) => server.end(1_000))));

const json = (fields: Fields) =>
  JSON.stringify(fields, (_, value) => (typeof value === 'bigint' ? `#${value}#` : value)).replace(
    /"#(\d+)#"/g,
    '$1',
  );
const xml = (fields: Fields) => writeXml(fields);

/** The reply as WeChat reads it, whatever its notation: `undefined` for `success`. */
function readReply(text: string): unknown {
  if (text === 'success') return undefined;
  const { Articles, ...rest } = text.startsWith('{') ? JSON.parse(text) : parseAnyXml(text);
  const fields = { ...rest, CreateTime: Number(rest.CreateTime) };
  if (!Articles) return fields;
  return {
    ...fields,
    ArticleCount: Number(rest.ArticleCount),
    Articles: Articles.item ?? Articles,
  };
}

const common = { ToUserName: 'gh_test', FromUserName: 'oUser', CreateTime: NOW / 1_000 };
const said = {
  text: { ...common, MsgType: 'text', Content: '你好 <a>&"😀', MsgId: 6_272_960_105_994_287_618n },
  picture: { ...common, MsgType: 'image', PicUrl: 'https://e.cn/a', MediaId: 'media-1', MsgId: 2n },
  follow: { ...common, MsgType: 'event', Event: 'subscribe', EventKey: '' },
  nothing: { ...common, MsgType: 'text', Content: 'silence', MsgId: 3n },
} satisfies Record<string, Fields>;

type Door = (fields: Fields) => Promise<unknown>;

const signed =
  (mode: 'plain' | 'safe'): (() => Promise<Door>) =>
  async () => {
    const main = invokeWith(openDoor({ WECHAT_MODE: mode }).app);
    return async (fields) => {
      const { query, body } = signedPush(xml(fields), { mode, now: NOW });
      const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
      const answer = (await main(event, {})) as { readonly body: string };
      const [, sealed] = /<Encrypt><!\[CDATA\[([^\]]+)\]\]>/.exec(answer.body) ?? [];
      return readReply(sealed ? decrypt(testAccount.encodingAesKey, sealed).message : answer.body);
    };
  };

const container =
  (write: (fields: Fields) => string): (() => Promise<Door>) =>
  async () => {
    const post = await serverOf(openDoor({ PUSH_DOOR: 'container' }).app);
    return async (fields) =>
      readReply((await post(write(fields), { 'x-wx-source': 'other' })).text);
  };

const doors: Readonly<Record<string, () => Promise<Door>>> = {
  'signed, plain': signed('plain'),
  'signed, safe': signed('safe'),
  'container, JSON': container(json),
  'container, XML': container(xml),
  'cloud function': async () => {
    const main = invokeWith(openDoor({ PUSH_DOOR: 'cloud-function', PUSH_SOURCES: SOURCE }).app);
    return async (fields) => {
      // Here ids are texts.
      const event = { ...fields, ...('MsgId' in fields ? { MsgId: String(fields.MsgId) } : {}) };
      const result = await main(event, fromWechat);
      return result === 'success' ? undefined : readReply(JSON.stringify(result));
    };
  },
};

describe('one conversation, word for word', () => {
  const answer = { ToUserName: 'oUser', FromUserName: 'gh_test', CreateTime: NOW / 1_000 };
  const article = { Description: 'd', PicUrl: 'https://e.cn/p.png', Url: 'https://e.cn' };

  test.each(Object.keys(doors))('through the door %s', async (name) => {
    const say = await doors[name]?.();

    expect(await say?.(said.text)).toEqual({
      ...answer,
      MsgType: 'text',
      Content: '6272960105994287618: 你好 <a>&"😀',
    });
    expect(await say?.(said.picture)).toEqual({
      ...answer,
      MsgType: 'image',
      Image: { MediaId: 'media-1' },
    });
    expect(await say?.(said.follow)).toEqual({
      ...answer,
      MsgType: 'news',
      ArticleCount: 2,
      Articles: [
        { Title: '一', ...article },
        { Title: '二', ...article },
      ],
    });
    expect(await say?.(said.nothing)).toBeUndefined();
  });

  test('a message id may be a text that is no number, and the account named by its appid', async () => {
    const say = await doors['cloud function']?.();

    expect(
      await say?.({ ...said.text, ToUserName: testAccount.appid, MsgId: '49d72d67_1555684067' }),
    ).toMatchObject({
      FromUserName: testAccount.appid,
      Content: '49d72d67_1555684067: 你好 <a>&"😀',
    });
  });
});

describe('the path of a container', () => {
  test.each([
    ['{"action":"CheckContainerPath"}'],
    ['<xml><action>CheckContainerPath</action></xml>'],
  ])('is answered when WeChat asks whether it is there: %s', async (body) => {
    const post = await serverOf(openDoor({ PUSH_DOOR: 'container' }).app);

    expect(await post(body, { 'x-wx-source': 'other' })).toEqual({ status: 200, text: 'success' });
  });

  test('needs no header where nobody outside can reach it', async () => {
    const post = await serverOf(
      openDoor({ PUSH_DOOR: 'container', PUSH_PUBLIC_ACCESS: 'off' }).app,
    );

    expect((await post(json(said.text))).status).toBe(200);
  });
});

describe('a forgery', () => {
  const { query, body } = signedPush(xml(said.text), { mode: 'safe', now: NOW });
  const inQuery = (parameters: SignedPush['query']) => `?${new URLSearchParams(parameters)}`;
  const context = (variables: object) => ({ environment: JSON.stringify(variables) });
  const older = (pairs: string) => ({ environ: pairs });

  /** Calls of a cloud function that is open for `wx_unknown` and for a server's own calls. */
  const contexts: readonly (readonly [string, unknown])[] = [
    ['no context', undefined],
    ['an empty context', {}],
    ['no source', context({})],
    ['no source, as older runtimes say it', older('TCB_ENV=a')],
    ...[
      'wx_client',
      'wx_devtools',
      'wx_http',
      'wx_trigger',
      'wx_paycallback',
      'wx_crawler',
    ].flatMap(
      (source) =>
        [
          [`source ${source}`, context({ SOURCE: source })],
          [`source ${source}, as older runtimes say it`, older(`TCB_SOURCE=${source}`)],
          [`source ${source}, passed on`, context({ SOURCE: `${source},wx_unknown` })],
          [
            `source wx_unknown, passed on by ${source}`,
            context({ SOURCE: `wx_unknown,${source}` }),
          ],
        ] as const,
    ),
    ['source wx_localdebug', context({ SOURCE: 'wx_localdebug' })],
    ['a source beside ours', { ...fromWechat, environ: 'WX_SOURCE=wx_client' }],
    ['a source in other letters', context({ SOURCE: 'WX_UNKNOWN' })],
    ['a list of sources', context({ SOURCE: ['wx_unknown', 'wx_client'] })],
    ['an object as environment', { environment: { SOURCE } }],
    ['a list as environment', { environment: '["SOURCE"]' }],
    ['broken JSON', { environment: '{"SOURCE":' }],
  ];
  /** Events that bring their own word on where they come from, to a function that takes no source. */
  const events: readonly (readonly [string, object])[] = [
    ['a message', said.text],
    ['a source in the event', { ...said.text, SOURCE, TCB_SOURCE: SOURCE }],
    ['a context in the event', { ...said.text, environment: fromWechat.environment }],
    ['a user in the event', { ...said.text, userInfo: { appId: testAccount.appid } }],
  ];
  /** Requests to a container that can be reached from outside. */
  const requests: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] =
    [
      ['a message in JSON', json(said.text), {}, ''],
      ['a message in XML', xml(said.text), {}, ''],
      ['an event', json(said.follow), {}, ''],
      ['the question for the path', '{"action":"CheckContainerPath"}', {}, ''],
      ['an empty header', json(said.text), { 'x-wx-source': '' }, ''],
      ['other headers of the platform', json(said.text), { 'x-wx-openid': 'oUser' }, ''],
      ['the header in the URL', json(said.text), {}, '?x-wx-source=other'],
      ['a signed push', body, { 'x-wx-source': 'other' }, inQuery(query)],
      ['a signed push without the header', body, {}, inQuery(query)],
      ['a sealed push without its signature', body, { 'x-wx-source': 'other' }, ''],
      ['a plain signature', xml(said.text), { 'x-wx-source': 'other' }, '?signature=1&timestamp=1'],
      [
        'a message to another account',
        json({ ...said.text, ToUserName: 'wxffffffffffffffff' }),
        { 'x-wx-source': 'other' },
        '',
      ],
      [
        'a request about another account',
        json(said.text),
        { 'x-wx-source': 'other', 'x-wx-from-appid': 'wxffffffffffffffff' },
        '',
      ],
    ];

  /** Headers by which the platform says that a client called the container, by callContainer. */
  const clients = [
    'wx_client',
    'wx_devtools',
    'wx_http',
    'wx_localdebug',
    'wx_crawler',
    'other,wx_client',
    'wx_client, other',
    'WX_CLIENT',
  ];

  beforeAll(() => {
    expect(contexts.length + events.length + requests.length + 6).toBeGreaterThanOrEqual(50);
  });

  test.each(contexts)('by a call with %s is refused, and the log says why', async (_, given) => {
    const { app, lines } = openDoor({
      PUSH_DOOR: 'cloud-function',
      PUSH_SOURCES: 'wx_unknown,scf',
    });
    handled = 0;

    const event = { ...said.text, MsgId: '1' };

    expect(await invokeWith(app)(event, given)).toBe('');
    expect(handled).toBe(0);
    expect(lines.join('\n')).toContain('"reason":"source: ');
    expect(lines.join('\n')).not.toContain('oUser');
  });

  test('by a call about another account that shares the environment is refused', async () => {
    const { app, lines } = openDoor({ PUSH_DOOR: 'cloud-function', PUSH_SOURCES: SOURCE });
    const about = (appid: string) => context({ SOURCE, WX_FROM_APPID: appid });
    const event = { ...said.text, MsgId: '1' };
    handled = 0;

    expect(await invokeWith(app)(event, about('wxffffffffffffffff'))).toBe('');
    expect(handled).toBe(0);
    expect(lines.join('\n')).toContain('another account');
    expect(await invokeWith(app)(event, about(testAccount.appid))).toMatchObject({
      MsgType: 'text',
    });
  });

  test.each(events)('by %s, where no source is named, is refused', async (_, event) => {
    const { app } = openDoor({ PUSH_DOOR: 'cloud-function' });
    handled = 0;

    expect(await invokeWith(app)({ ...event, MsgId: '1' }, fromWechat)).toBe('');
    expect(handled).toBe(0);
  });

  test.each(requests)('by %s to a container is refused', async (_, sent, headers, parameters) => {
    const post = await serverOf(openDoor({ PUSH_DOOR: 'container' }).app);
    handled = 0;

    expect(await post(sent, headers, parameters)).toEqual({ status: 403, text: '' });
    expect(handled).toBe(0);
  });

  test.each(clients)(
    'by the client %s to a container is refused, public access or not',
    async (source) => {
      for (const PUSH_PUBLIC_ACCESS of ['on', 'off']) {
        const post = await serverOf(openDoor({ PUSH_DOOR: 'container', PUSH_PUBLIC_ACCESS }).app);
        handled = 0;

        expect(await post(json(said.text), { 'x-wx-source': source })).toEqual({
          status: 403,
          text: '',
        });
        expect(handled).toBe(0);
      }
    },
  );

  test.each([
    ['a message in JSON', json(said.text), {}],
    ['a message in XML', xml(said.text), { 'x-wx-source': 'other' }],
    ['the question for the path', '{"action":"CheckContainerPath"}', { 'x-wx-source': 'other' }],
  ])('by %s to the signed door is refused', async (_, sent, headers) => {
    const post = await serverOf(openDoor({ WECHAT_MODE: 'safe' }).app);
    handled = 0;

    expect(await post(sent, headers)).toEqual({ status: 403, text: '' });
    expect(handled).toBe(0);
  });

  test.each([
    ['an HTTP event', { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body }],
    ['nothing', null],
    ['a text', 'success'],
  ])('by %s to a cloud function is no message', async (_, event) => {
    const { app } = openDoor({ PUSH_DOOR: 'cloud-function', PUSH_SOURCES: SOURCE });
    handled = 0;

    expect(await invokeWith(app)(event, fromWechat)).toBe('');
    expect(handled).toBe(0);
  });
});

describe('a door in the wrong place does not open', () => {
  test('a container in an event function, or in an HTTP function of SCF', () => {
    const { app } = openDoor({ PUSH_DOOR: 'container' });

    expect(() => callbackFunction(app)).toThrow('PUSH_DOOR is container, and this is an event');
    expect(() => callbackServer(app, { TENCENTCLOUD_RUNENV: 'SCF' })).toThrow('HTTP function');
  });

  test.each(['signed', 'cloud-function'])(
    '%s, where the token is to come with the pushes',
    (door) => {
      expect(() =>
        openDoor({ PUSH_DOOR: door, WECHAT_TOKEN: 'token', TOKEN_SOURCE: 'header' }),
      ).toThrow('only pushes into a container bring a token');
    },
  );

  test('a cloud function in a server', () => {
    const { app } = openDoor({ PUSH_DOOR: 'cloud-function' });

    expect(() => callbackServer(app, {})).toThrow(
      'PUSH_DOOR is cloud-function, and this is a server',
    );
  });

  test.each(['wx_client', 'scf,wx_devtools', 'wx_http', 'WX UNKNOWN'])(
    'a cloud function that shall take %s',
    (PUSH_SOURCES) => {
      expect(() => openDoor({ PUSH_DOOR: 'cloud-function', PUSH_SOURCES })).toThrow('PUSH_SOURCES');
    },
  );
});
