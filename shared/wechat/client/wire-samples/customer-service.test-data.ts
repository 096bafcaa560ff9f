import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const customerService: WireSamplesOf<'customerService'> = {
  send: {
    request: { touser: 'oAnn', msgtype: 'text', text: { content: '你好' } },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  setTyping: {
    request: { touser: 'oAnn', command: 'Typing' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  listAgents: {
    answer: {
      kf_list: [{ kf_account: 'one@test', kf_nick: '小一', kf_id: '1001', kf_headimgurl: '' }],
    },
  },
  listOnlineAgents: {
    answer: {
      kf_online_list: [{ kf_account: 'one@test', status: 1, kf_id: '1001', accepted_case: 1 }],
    },
  },
  addAgent: {
    request: { kf_account: 'one@test', nickname: '小一' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  updateAgent: {
    request: { kf_account: 'one@test', nickname: '小二' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  deleteAgent: { request: { kf_account: 'one@test' }, answer: { errcode: 0, errmsg: 'ok' } },
  inviteAgent: {
    request: { kf_account: 'one@test', invite_wx: 'someone' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  uploadAgentAvatar: {
    request: { kf_account: 'one@test', media: file },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  createSession: {
    request: { kf_account: 'one@test', openid: 'oAnn' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  closeSession: {
    request: { kf_account: 'one@test', openid: 'oAnn' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  getSession: {
    request: { openid: 'oAnn' },
    answer: { createtime: 1767240000, kf_account: 'one@test' },
  },
  listSessions: {
    request: { kf_account: 'one@test' },
    answer: { sessionlist: [{ createtime: 1767240000, openid: 'oAnn' }] },
  },
  listWaiting: {
    answer: { count: 1, waitcaselist: [{ latest_time: 1767240000, openid: 'oBen' }] },
  },
  listRecords: {
    request: { starttime: 1767236400, endtime: 1767240000, msgid: '1', number: 100 },
    answer: {
      recordlist: [{ openid: 'oAnn', opercode: 2003, text: 'hi', worker: '', time: 1767240000 }],
      number: 1,
      msgid: '2',
    },
  },
  listRecordsByPage: {
    request: { starttime: 0, endtime: 1, pageindex: 1, pagesize: 50 },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      recordlist: [
        { openid: 'oAnn', opercode: 2002, text: '您好', time: 1767240000, worker: 'agent1@sample' },
      ],
    },
  },
};
