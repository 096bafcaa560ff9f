import { expect } from '@jest/globals';
import { Secret } from '../../../../shared/kernel/secret.ts';
import { signPage } from '../../../../shared/wechat/jssdk.ts';
import { account } from '../api-fixture.ts';
import { files } from '../content-fixture.ts';
import {
  type Answer,
  ask,
  type Client,
  call,
  flow,
  load,
  type Method,
  methodOf,
  usePeers,
} from './peers-fixture.ts';

const { emulator, picture, toEmulator, codeFrom } = usePeers();

/** The client of an SDK on its own defaults; only the host that it asks is the emulator's. */
function create(Sdk: new (appid: string, secret: string) => object): Client {
  const client = new Sdk(account.appid, account.secret) as Client;
  const request = client.request as Method;
  client.request = (url, ...rest) => request.call(client, toEmulator(String(url)), ...rest);
  return client;
}

const logins = [
  { sdk: 'wechat-oauth', send: call },
  { sdk: 'co-wechat-oauth', send: ask },
];
for (const { sdk, send } of logins) {
  flow(`${sdk}: from the page to the profile, and a refresh`, async () => {
    const client = create(load(sdk));
    const page = methodOf(client, 'getAuthorizeURL')(
      'https://example.com/',
      'S1',
      'snsapi_userinfo',
    );
    const code = await codeFrom(String(page));

    const token = await send(client, 'getAccessToken', code);
    expect(token).toMatchObject({ data: { openid: 'oVisitor', scope: 'snsapi_userinfo' } });
    expect(await send(client, 'getUser', 'oVisitor')).toMatchObject({ nickname: 'Eve' });
    const { refresh_token } = token.data as Answer;
    expect(await send(client, 'refreshAccessToken', refresh_token)).toMatchObject({
      data: { openid: 'oVisitor', access_token: expect.any(String) },
    });
    await expect(send(client, 'getAccessToken', code)).rejects.toMatchObject({ code: 40163 });
  });
}

flow('wechat-api: token, menu, followers, QR code, message', async () => {
  const api = create(load('wechat-api'));
  const button = [{ type: 'click', name: '今日歌曲', key: 'SONG' }];

  expect(await call(api, 'createMenu', { button })).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getMenu')).toMatchObject({ menu: { button } });
  expect(await call(api, 'removeMenu')).toMatchObject({ errcode: 0 });
  await expect(call(api, 'getMenu')).rejects.toMatchObject({ code: 46003 });
  expect(await call(api, 'getUser', 'oAnn')).toMatchObject({ openid: 'oAnn', subscribe: 1 });
  expect(await call(api, 'getFollowers')).toMatchObject({ data: { openid: ['oAnn'] } });
  expect(await call(api, 'createTmpQRCode', 10_000, 1_800)).toMatchObject({
    ticket: expect.any(String),
  });
  emulator.followers.note({ openid: 'oAnn', type: 'text', Content: 'hi' });
  expect(await call(api, 'sendText', 'oAnn', '你好')).toMatchObject({ errcode: 0 });
  expect(emulator.sentTo('oAnn')).toMatchObject([{ message: { text: { content: '你好' } } }]);
});

flow('wechat-api: media and material, byte for byte', async () => {
  const api = create(load('wechat-api'));
  const media = await call(api, 'uploadMedia', picture, 'image');
  expect(await call(api, 'getMedia', media.media_id)).toEqual(Buffer.from(files.jpeg));

  const { media_id } = await call(api, 'uploadMaterial', picture, 'image');
  expect(await call(api, 'getMaterial', media_id)).toEqual(Buffer.from(files.jpeg));
  expect(await call(api, 'getMaterials', 'image', 0, 20)).toMatchObject({ item: [{ media_id }] });
  expect(await call(api, 'removeMaterial', media_id)).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getMaterialCount')).toMatchObject({ image_count: 0 });
});

flow('wechat-api: tags, template message', async () => {
  const api = create(load('wechat-api'));
  const { tag } = (await call(api, 'createTag', '常客')) as { tag: { id: number } };
  expect(await call(api, 'membersBatchtagging', tag.id, ['oAnn'])).toMatchObject({ errcode: 0 });
  expect(await call(api, 'getUserTags', 'oAnn')).toMatchObject({ tagid_list: [tag.id] });
  expect(await call(api, 'deleteTag', tag.id)).toMatchObject({ errcode: 0 });

  const { template_id } = await call(api, 'addTemplate', '10002');
  const sent = await call(api, 'sendTemplate', 'oAnn', template_id, 'https://example.com/', {
    thing1: { value: '洗车' },
    date2: { value: '2026年1月1日' },
    car_number3: { value: '粤A00001' },
    phrase4: { value: '已确认' },
    number5: { value: '3' },
  });
  expect(sent).toMatchObject({ errcode: 0, msgid: expect.anything() });
});

flow('wechat-api: the signature of a page is ours', async () => {
  const api = create(load('wechat-api'));
  const url = 'https://example.com/page?a=1&b=%E4%BD%A0';
  const config = await call(api, 'getJsConfig', { url, debug: false, jsApiList: [] });
  const { ticket } = await call(api, 'getLatestTicket');

  const ours = signPage({
    appid: account.appid,
    ticket: new Secret(String(ticket)),
    url,
    nonce: String(config.nonceStr),
    now: Number(config.timestamp) * 1000,
  });
  expect(config).toMatchObject({ appId: ours.appId, signature: ours.signature });
});

flow('wechat-api: a mass send to openids, its preview and its end', async () => {
  const api = create(load('wechat-api'));
  for (const name of ['oBen', 'oCleo']) {
    await emulator.fetch(`http://emulator/emulator/followers/${name}`, {
      method: 'PUT',
      body: '{"isFollowing":true}',
    });
  }
  const { media_id: thumb_media_id } = await call(api, 'uploadMedia', picture, 'thumb').then(
    ({ thumb_media_id: media_id }) => ({ media_id }),
  );
  const articles = [{ title: '新品', content: '<p>正文</p>', thumb_media_id }];
  const { media_id } = await call(api, 'uploadNews', { articles });

  expect(await call(api, 'previewNews', 'oAnn', media_id)).toMatchObject({ errcode: 0 });
  const sent = await call(api, 'massSendNews', media_id, ['oAnn', 'oBen']);
  expect(sent).toMatchObject({ errcode: 0, msg_id: expect.anything() });
  expect(await call(api, 'getMassMessageStatus', String(sent.msg_id))).toMatchObject({
    msg_status: expect.stringMatching(/^SEND/),
  });
});

flow(
  'wechat-api: two failures are its own, for it is older than what WeChat documents',
  async () => {
    const api = create(load('wechat-api'));
    const { tag } = (await call(api, 'createTag', '群发')) as { tag: { id: number } };
    // It names a group, which WeChat has replaced by tags: filter.tag_id is what is documented.
    const sent: unknown[] = [];
    const request = api.request as Method;
    api.request = (url, options, ...rest) => {
      sent.push((options as { readonly data: unknown }).data);
      return request.call(api, url, options, ...rest);
    };
    await expect(call(api, 'massSendText', '你好', tag.id)).rejects.toMatchObject({ code: 41011 });
    expect(sent.at(-1)).toMatchObject({ filter: { group_id: tag.id } });

    // It knows permanent news, which became drafts on 2022-02-28, and no draft at all.
    const articles = [{ title: '新品', content: '<p>正文</p>', thumb_media_id: 'M' }];
    await expect(call(api, 'uploadNewsMaterial', { articles })).rejects.toMatchObject({
      code: 45106,
    });
    const methods = Object.keys(Object.getPrototypeOf(api) as object);
    expect(methods).toContain('uploadNewsMaterial');
    expect(methods.filter((name) => /draft/i.test(name))).toEqual([]);
  },
);
