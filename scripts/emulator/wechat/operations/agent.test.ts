import { expect, test } from '@jest/globals';
import { createContentApi, fileOfSize, files, refusal } from '../content-fixture.ts';
import { ordinary } from '../push/ordinary.ts';

const ok = { errcode: 0, errmsg: 'ok' };
const kf_account = 'ann@account';

async function createDesk() {
  const api = await createContentApi();
  const agent = (operation: string, body: object) =>
    api.post(`/customservice/kfaccount/${operation}`, body);
  const session = (operation: string, body: object) =>
    api.post(`/customservice/kfsession/${operation}`, body);
  const setAgent = (account: string, body: object) =>
    api.call(`/emulator/agents/${account}`, { method: 'PUT', body: JSON.stringify(body) });
  return { ...api, agent, session, setAgent };
}

test('agents are added, renamed, listed and deleted', async () => {
  const { agent, get } = await createDesk();
  expect(await agent('add', { kf_account, nickname: 'Ann' })).toEqual(ok);
  expect(await agent('update', { kf_account, nickname: '安' })).toEqual(ok);

  expect((await get('/cgi-bin/customservice/getkflist')).kf_list).toEqual([
    { kf_account, kf_nick: '安', kf_id: '1001', kf_headimgurl: '' },
  ]);
  expect(await agent('del', { kf_account })).toEqual(ok);
  expect(await get('/cgi-bin/customservice/getkflist')).toEqual({ kf_list: [] });
  await agent('add', { kf_account, nickname: 'Ann' });
  expect(await get('/customservice/kfaccount/del', { kf_account })).toEqual(ok);
});

test.each([
  [65401, { kf_account: 'ann', nickname: 'Ann' }],
  [65404, { kf_account: 'anna_and_ben@account', nickname: 'Ann' }],
  [65404, { kf_account: '安@account', nickname: 'Ann' }],
  [65403, { kf_account: 'new@account', nickname: '字'.repeat(17) }],
  [65406, { kf_account, nickname: 'Ann' }],
])('%i when an agent is added', async (errcode, body) => {
  const { agent } = await createDesk();
  await agent('add', { kf_account, nickname: 'Ann' });

  expect(await agent('add', body)).toEqual(refusal(errcode));
});

test('100 agents, or as many as the switch says', async () => {
  const { agent } = await createDesk();
  for (let each = 0; each < 100; each += 1) {
    expect(await agent('add', { kf_account: `a${each}@account`, nickname: 'A' })).toEqual(ok);
  }

  expect(await agent('add', { kf_account, nickname: 'A' })).toEqual(refusal(65405));
});

test('an invitation waits, is accepted or rejected, and ends after a day', async () => {
  const { agent, call, control, setAgent, clock, tokenQuery } = await createDesk();
  const invite = async (invite_wx: string, account = kf_account) =>
    control(`/customservice/kfaccount/inviteworker?${await tokenQuery()}`, {
      kf_account: account,
      invite_wx,
    });
  const listed = async () => {
    const { kf_list } = await call(`/cgi-bin/customservice/getkflist?${await tokenQuery()}`);
    return (kf_list as object[])[0];
  };
  await agent('add', { kf_account, nickname: 'Ann' });
  await agent('add', { kf_account: 'ben@account', nickname: 'Ben' });

  expect(await invite('no')).toEqual(refusal(65409));
  expect(await invite('wechat_ann', 'cid@account')).toEqual(refusal(65401));
  expect(await invite('wechat_ann')).toEqual(ok);
  expect(await invite('wechat_ann')).toEqual(refusal(65411));
  expect(await listed()).toMatchObject({ invite_wx: 'wechat_ann', invite_status: 'waiting' });
  await setAgent(kf_account, { isInvitationAccepted: false });
  expect(await listed()).toMatchObject({ invite_status: 'rejected' });
  await invite('wechat_ann');
  await clock.advance(24 * 3_600_000);
  expect(await listed()).toMatchObject({ invite_status: 'expired' });
  await invite('wechat_ann');
  await setAgent(kf_account, { isInvitationAccepted: true });
  expect(await listed()).toMatchObject({ kf_wx: 'wechat_ann' });
  expect(await invite('wechat_ann')).toEqual(refusal(65412));
  expect(await invite('wechat_ann', 'ben@account')).toEqual(refusal(65407));
});

test('an avatar is a JPEG of at most 5 MB', async () => {
  const { agent, call, tokenQuery, lastCall } = await createDesk();
  await agent('add', { kf_account, nickname: 'Ann' });
  const token = await tokenQuery();
  const post = async (body: FormData | string, account = kf_account) => {
    const path = `/customservice/kfaccount/uploadheadimg?${token}&kf_account=${account}`;
    return (await call(path, { method: 'POST', body })).errcode;
  };
  const put = (file: Uint8Array, account?: string) => {
    const form = new FormData();
    form.set('media', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'a.jpg');
    return post(form, account);
  };

  expect(await put(files.jpeg)).toBe(0);
  expect(await lastCall()).toMatchObject({
    endpoint: 'customerService.uploadAgentAvatar',
    query: { kf_account },
    body: { media: { fileName: 'a.jpg', contentType: 'image/jpeg', bytes: files.jpeg.length } },
  });
  expect(await put(files.png)).toBe(40005);
  expect(await put(new Uint8Array(0))).toBe(44001);
  expect(await put(fileOfSize('jpeg', 5 * 1_048_576 + 1))).toBe(40009);
  expect(await put(files.jpeg, 'ben@account')).toBe(65401);
  expect(await post('no form')).toBe(41005);
});

test('sessions open, are seen, tell the account of it, and close', async () => {
  const { agent, session, setAgent, get, control, clock, events } = await createDesk();
  const pair = { kf_account, openid: 'oAnn' };
  await agent('add', { kf_account, nickname: 'Ann' });
  await agent('add', { kf_account: 'ben@account', nickname: 'Ben' });
  await control('/emulator/waiting', { openid: 'oAnn' });
  const createtime = Math.floor(clock.now() / 1_000);
  expect(await get('/customservice/kfsession/getwaitcase')).toEqual({
    count: 1,
    waitcaselist: [{ latest_time: createtime, openid: 'oAnn' }],
  });

  expect(await session('create', { ...pair, kf_account: 'cid@account' })).toEqual(refusal(65401));
  expect(await session('create', { ...pair, openid: 'oCid' })).toEqual(refusal(43004));
  expect(await session('create', pair)).toEqual(refusal(65402));
  await setAgent(kf_account, { wechatId: 'wechat_ann' });
  expect(await session('create', pair)).toEqual(refusal(65415));
  await setAgent(kf_account, { isOnline: true });
  expect(await session('create', pair)).toEqual(ok);
  expect(await session('create', pair)).toEqual(ok);
  expect(await session('create', { ...pair, kf_account: 'ben@account' })).toEqual(refusal(65414));

  const found = { createtime, kf_account };
  expect(await get('/customservice/kfsession/getsession', { openid: 'oAnn' })).toEqual(found);
  expect(await get('/customservice/kfsession/getsession', { openid: 'oBen' })).toEqual({
    createtime: 0,
    kf_account: '',
  });
  expect(await get('/customservice/kfsession/getsessionlist', { kf_account })).toEqual({
    sessionlist: [{ createtime, openid: 'oAnn' }],
  });
  expect(await get('/customservice/kfsession/getwaitcase')).toMatchObject({ count: 0 });
  expect(await get('/cgi-bin/customservice/getonlinekflist')).toEqual({
    kf_online_list: [{ kf_account, status: 1, kf_id: '1001', accepted_case: 1 }],
  });

  expect(await session('close', pair)).toEqual(ok);
  expect(await session('close', pair)).toEqual(refusal(65413));
  await clock.advance(1);
  expect(events).toEqual([
    { openid: 'oAnn', type: 'event', Event: 'kf_create_session', KfAccount: kf_account },
    { openid: 'oAnn', type: 'event', Event: 'kf_close_session', KfAccount: kf_account },
  ]);
});

test('records of what was said are read page by page', async () => {
  const { api, post, clock } = await createDesk();
  api.followers.note(ordinary.text('oAnn', 'Hello'));
  const message = { touser: 'oAnn', msgtype: 'text', text: { content: 'Hi' } };
  await post('/cgi-bin/message/custom/send', message);
  const time = Math.floor(clock.now() / 1_000);
  const list = (change: object = {}) =>
    post('/customservice/msgrecord/getmsglist', {
      starttime: time - 60,
      endtime: time,
      msgid: 1,
      number: 1,
      ...change,
    });

  const first = await list();
  expect(first).toEqual({
    recordlist: [{ openid: 'oAnn', opercode: 2003, text: 'Hello', time, worker: '' }],
    number: 1,
    msgid: 2,
  });
  expect(await list({ msgid: first.msgid })).toEqual({
    recordlist: [{ openid: 'oAnn', opercode: 2002, text: 'Hi', time, worker: '' }],
    number: 1,
    msgid: 3,
  });
  expect(await list({ msgid: 3 })).toEqual({ recordlist: [], number: 0, msgid: 3 });
  expect(await list({ number: 10_001 })).toEqual(refusal(65416));
  expect(await list({ starttime: time - 86_401 })).toEqual(refusal(65417));
  expect(await post('/customservice/msgrecord/getrecord')).toEqual(refusal(45106));
});
