import { expect } from '@jest/globals';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { signPage } from '../../../../shared/wechat/jssdk.ts';
import { account } from '../api-fixture.ts';
import { files } from '../content-fixture.ts';
import {
  type Answer,
  ask,
  type Client,
  flow,
  load,
  type Method,
  methodOf,
  pushTo,
  usePeers,
} from './peers-fixture.ts';

const { emulator, picture, toEmulator, codeFrom } = usePeers();

type Tnwx = Record<string, Client> & {
  readonly ApiConfig: new (...args: unknown[]) => object;
  readonly OutTextMsg: new (message: object) => { setContent(text: string): object };
};

/** The SDK with its one account; only the host that it asks is the emulator's. */
function loadTnwx(isEncrypted = false): Tnwx {
  const sdk = load('tnwx') as Tnwx & {
    HttpKit: { setHttpDelegate: object };
    AxiosHttpKit: new () => object;
  };
  sdk.HttpKit.setHttpDelegate = new Proxy(new sdk.AxiosHttpKit(), {
    get: (http, name) => {
      const method = (http as Client)[String(name)] as Method;
      return (url: string, ...rest: unknown[]) => method.call(http, toEmulator(url), ...rest);
    },
  });
  const { appid, secret, token, encodingAesKey } = account;
  const config = new sdk.ApiConfig(appid, secret, token, isEncrypted, encodingAesKey);
  methodOf(of(sdk, 'ApiConfigKit'), 'putApiConfig')(config);
  return sdk;
}
const of = (sdk: Tnwx, area: string) => {
  const api = sdk[area];
  if (!api) throw new Error(`tnwx has no ${area}`);
  return api;
};

flow('tnwx: token, menu, followers, QR code, message', async () => {
  const sdk = loadTnwx();
  const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }];

  const menu = of(sdk, 'MenuApi');
  expect(await ask(menu, 'create', JSON.stringify({ button }))).toMatchObject({ errcode: 0 });
  expect(await ask(menu, 'get')).toMatchObject({ menu: { button } });
  expect(await ask(menu, 'tryMatch', 'oAnn')).toMatchObject({ button });
  expect(await ask(menu, 'delete')).toMatchObject({ errcode: 0 });

  const users = of(sdk, 'UserApi');
  expect(await ask(users, 'getUserInfo', 'oAnn')).toMatchObject({ openid: 'oAnn', subscribe: 1 });
  expect(await ask(users, 'getFollowers')).toMatchObject({ data: { openid: ['oAnn'] } });
  expect(await ask(users, 'updateRemark', 'oAnn', '老客户')).toMatchObject({ errcode: 0 });
  expect(await ask(users, 'batchBlackList', ['oAnn'])).toMatchObject({ errcode: 0 });
  expect(await ask(users, 'getBlackList')).toMatchObject({ data: { openid: ['oAnn'] } });
  expect(await ask(users, 'batchUnBlackList', ['oAnn'])).toMatchObject({ errcode: 0 });

  const codes = of(sdk, 'QrcodeApi');
  const { ticket } = await ask(codes, 'createTemporaryByStr', 1_800, 'spring');
  const image = String(methodOf(codes, 'getShowQrcodeUrl')(ticket));
  expect((await emulator.fetch(toEmulator(image))).headers.get('content-type')).toMatch(/^image\//);

  emulator.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
  const service = of(sdk, 'CustomServiceApi');
  expect(await ask(service, 'sendText', 'oAnn', '你好')).toMatchObject({ errcode: 0 });
  expect(emulator.sentTo('oAnn')).toMatchObject([{ message: { text: { content: '你好' } } }]);
  expect(await ask(of(sdk, 'CallbackApi'), 'getCallbackIp')).toHaveProperty('ip_list');
});

flow('tnwx: tags, template message, mass send', async () => {
  const sdk = loadTnwx();
  const tags = of(sdk, 'TagApi');
  const { tag } = (await ask(tags, 'create', '常客')) as { tag: { id: number } };
  expect(await ask(tags, 'batchAddTag', tag.id, ['oAnn'])).toMatchObject({ errcode: 0 });
  expect(await ask(tags, 'getUserTag', 'oAnn')).toMatchObject({ tagid_list: [tag.id] });

  const sent = await ask(
    of(sdk, 'MessageApi'),
    'sendAll',
    JSON.stringify({
      filter: { is_to_all: false, tag_id: tag.id },
      text: { content: '新年快乐' },
      msgtype: 'text',
    }),
  );
  expect(sent).toMatchObject({ errcode: 0, msg_id: expect.anything() });
  expect(await ask(of(sdk, 'MessageApi'), 'get', sent.msg_id)).toHaveProperty('msg_status');
  expect(await ask(of(sdk, 'MessageApi'), 'setSpeed', 1)).toMatchObject({ errcode: 0 });

  const templates = of(sdk, 'TemplateApi');
  const { template_id } = await ask(templates, 'getTemplateId', '10002');
  expect(await ask(templates, 'getAllTemplate')).toMatchObject({
    template_list: [{ template_id }],
  });
  expect(await ask(templates, 'delTemplate', template_id)).toMatchObject({ errcode: 0 });
});

flow('tnwx: material, though it names no boundary; a download is broken by itself', async () => {
  const sdk = loadTnwx();
  const media = of(sdk, 'MediaApi');
  // `content-type: multipart/form-data` and no more: WeChat takes the boundary from the first line.
  const { media_id } = await ask(media, 'addMaterial', picture, 'image');
  expect(await ask(media, 'batchGetMaterial', 'image', 0, 20)).toMatchObject({
    item: [{ media_id }],
  });
  expect(await ask(media, 'getMaterialCount')).toMatchObject({ image_count: 1 });

  // It asks axios for a text, which puts replacement characters in place of the picture's bytes.
  const got: unknown = await ask(media, 'getMaterial', media_id);
  expect(got).toContain('\uFFFD');
  const { access_token } = (await ask(of(sdk, 'AccessTokenApi'), 'getAccessToken')) as Answer;
  const { body } = await emulator.fetch(
    toEmulator(
      `https://api.weixin.qq.com/cgi-bin/material/get_material?access_token=${access_token}`,
    ),
    { method: 'POST', body: JSON.stringify({ media_id }) },
  );
  expect(Buffer.from(await new Response(body).arrayBuffer())).toEqual(Buffer.from(files.jpeg));
  expect(await ask(media, 'delMaterial', media_id)).toMatchObject({ errcode: 0 });
});

flow('tnwx: from the OAuth page to the profile, and a refresh', async () => {
  const sdk = loadTnwx();
  const login = of(sdk, 'SnsAccessTokenApi');
  const page = methodOf(login, 'getAuthorizeUrl')('https://example.com/', 'snsapi_userinfo', 'S1');
  const code = await codeFrom(String(page));

  const token = await ask(login, 'getSnsAccessToken', code);
  expect(token).toMatchObject({ openid: 'oVisitor', scope: 'snsapi_userinfo' });
  expect(await ask(login, 'checkAccessToken', token.access_token, 'oVisitor')).toMatchObject({
    errcode: 0,
  });
  expect(await ask(login, 'getUserInfo', token.access_token, 'oVisitor', 'zh_CN')).toMatchObject({
    nickname: 'Eve',
  });
  expect(await ask(login, 'refreshAccessToken', token.refresh_token)).toMatchObject({
    openid: 'oVisitor',
  });
});

flow('tnwx: the signature of a page is ours', async () => {
  const sdk = loadTnwx();
  const url = 'https://example.com/page?a=1&b=%E4%BD%A0';
  const signature = await ask(of(sdk, 'WeChat'), 'jssdkSignature', 'nonce', '1767225600', url);
  const ticket = (await ask(of(sdk, 'JsTicketApi'), 'getTicket', 'jsapi')) as {
    readonly getTicket: string;
  };

  const ours = signPage({
    appid: account.appid,
    ticket: new Secret(ticket.getTicket),
    url,
    nonce: 'nonce',
    now: 1_767_225_600_000,
  });
  expect(signature).toBe(ours.signature);
});

flow.each(['plain', 'safe'] as const)('tnwx: answers a push in %s mode', async (mode) => {
  const sdk = loadTnwx(mode === 'safe');
  const adapter = {
    processInTextMsg: async (message: { readonly getContent: string }) =>
      new sdk.OutTextMsg(message).setContent(`${message.getContent}!`),
  };
  const wechat = of(sdk, 'WeChat');
  const { check, outcome } = await pushTo(mode, async ({ query, body }) => {
    const { signature, msg_signature, timestamp, nonce, echostr } = query;
    if (body === '') {
      return String(methodOf(wechat, 'checkSignature')(signature, timestamp, nonce, echostr));
    }
    return String(await ask(wechat, 'handleMsg', adapter, body, msg_signature, timestamp, nonce));
  });

  expect(check.ok).toBe(true);
  expect(outcome).toMatchObject({ kind: 'reply', reply: { content: '在吗 <a>!' } });
});
