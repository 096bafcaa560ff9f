import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { expect } from '@jest/globals';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { signPage } from '../../../../shared/wechat/jssdk.ts';
import { account } from '../api-fixture.ts';
import { ask, type Client, flow, load, methodOf, pushTo, usePeers } from './peers-fixture.ts';

const { emulator, toEmulator, codeFrom } = usePeers();
let isRedirected = false;

/** The service of the SDK; only the host that its axios asks is the emulator's. */
function create(): Client {
  load('reflect-metadata');
  const { WeChatService } = load('nest-wechat') as {
    readonly WeChatService: new (options: object) => Client;
  };
  const { default: axios } = createRequire(load.resolve('nest-wechat'))('axios') as {
    readonly default: {
      interceptors: { request: { use(change: (config: { url: string }) => object): void } };
    };
  };
  if (!isRedirected) {
    axios.interceptors.request.use((config) => ({ ...config, url: toEmulator(config.url) }));
  }
  isRedirected = true;
  const { appid: appId, secret, token, encodingAesKey: encodingAESKey } = account;
  return new WeChatService({ appId, secret, token, encodingAESKey });
}

flow('nest-wechat: token, QR code, template message', async () => {
  const service = create();
  expect(await ask(service, 'getAccountAccessToken')).toHaveProperty('access_token');
  expect(await ask(service, 'getStableAccessToken')).toHaveProperty('access_token');

  const { ticket } = await ask(service, 'createQRCode', {
    expire_seconds: 1_800,
    action_name: 'QR_STR_SCENE',
    action_info: { scene: { scene_str: 'spring' } },
  });
  const { headers } = (await ask(service, 'showQRCode', encodeURIComponent(String(ticket)))) as {
    headers: Record<string, string>;
  };
  expect(headers['content-type']).toMatch(/^image\//);

  const { access_token } = await ask(service, 'getAccountAccessToken');
  const added = await emulator.fetch(
    toEmulator(
      `https://api.weixin.qq.com/cgi-bin/template/api_add_template?access_token=${access_token}`,
    ),
    { method: 'POST', body: '{"template_id_short":"10002"}' },
  );
  const { template_id } = (await added.json()) as { template_id: string };
  const data = {
    thing1: { value: '洗车' },
    date2: { value: '2026年1月1日' },
    car_number3: { value: '粤A00001' },
    phrase4: { value: '已确认' },
    number5: { value: '3' },
  };
  expect(
    await ask(
      service,
      'sendTemplateMessage',
      { touser: 'oAnn', template_id, data },
      account.appid,
      account.secret,
    ),
  ).toMatchObject({ errcode: 0, msgid: expect.anything() });
});

flow('nest-wechat: from the code to the profile', async () => {
  const service = create();
  const page = new URL('https://open.weixin.qq.com/connect/oauth2/authorize');
  page.search = String(
    new URLSearchParams({
      appid: account.appid,
      redirect_uri: 'https://example.com/',
      response_type: 'code',
      scope: 'snsapi_userinfo',
      state: 'S1',
    }),
  );
  const code = await codeFrom(`${page.href}#wechat_redirect`);

  const token = await ask(service, 'getAccessTokenByCode', code);
  expect(token).toMatchObject({ openid: 'oVisitor', scope: 'snsapi_userinfo' });
  expect(await ask(service, 'getUserInfo', token.access_token, 'oVisitor')).toMatchObject({
    nickname: 'Eve',
  });
  expect(await ask(service, 'getAccessTokenByCode', code)).toMatchObject({ errcode: 40163 });
});

flow('nest-wechat: the signature of a page is ours', async () => {
  const service = create();
  const url = 'https://example.com/page?a=1&b=%E4%BD%A0';
  const config = await ask(service, 'jssdkSignature', url);
  const { ticket } = await ask(service, 'getJSApiTicket');

  const ours = signPage({
    appid: account.appid,
    ticket: new Secret(String(ticket)),
    url,
    nonce: String(config.nonceStr),
    now: Number(config.timestamp) * 1000,
  });
  expect(config).toMatchObject({ appId: ours.appId, signature: ours.signature });
});

flow.each(['plain', 'safe'] as const)('nest-wechat: reads a push in %s mode', async (mode) => {
  const service = create();
  let heard = '';
  const { check, outcome } = await pushTo(mode, async ({ query, body }) => {
    let said = '';
    const response = { send: (answer: string) => (said = answer) };
    const request = Object.assign(Readable.from([Buffer.from(body)]), { query });
    if (body === '') methodOf(service, 'checkSignatureExpress')(request, response);
    else {
      const name = mode === 'safe' ? 'messagePushExpressHandler' : 'plainMessagePushExpressHandler';
      heard = String(await ask(service, name, request, response));
    }
    return said;
  });

  expect(check.ok).toBe(true);
  expect(heard).toContain('<Content><![CDATA[在吗 <a>]]></Content>');
  expect(outcome).toEqual({ kind: 'silent' });
});

flow('nest-wechat: an encrypted reply fails by its own padding', async () => {
  const service = create();
  const { outcome } = await pushTo('safe', ({ query, body }) => {
    const { timestamp = '', nonce = '' } = query;
    if (body === '') return String(query.echostr);
    const reply = [
      '<xml><ToUserName>oAnn</ToUserName><FromUserName>gh_test</FromUserName>',
      '<CreateTime>1767225600</CreateTime><MsgType>text</MsgType><Content>好</Content></xml>',
    ].join('');
    return String(methodOf(service, 'encryptMessage')(reply, timestamp, nonce));
  });

  // WeChat documents PKCS#7 in blocks of 32 bytes; it leaves the padding to Node, which uses 16.
  expect(outcome).toMatchObject({
    kind: 'fault',
    reason: expect.stringMatching(/not a multiple of 32/),
  });
});
