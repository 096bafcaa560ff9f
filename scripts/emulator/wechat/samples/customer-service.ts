import { image } from './content.ts';
import { ann, ben } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const kf_account = 'one@test';

export const customerService: SamplesOf<'customerService'> = {
  async send(stage) {
    await written(stage);
    return {
      request: { touser: ann, msgtype: 'text', text: { content: '你好' } },
      answer: { errcode: 0 },
    };
  },
  async setTyping(stage) {
    await written(stage);
    return { request: { touser: ann, command: 'Typing' }, answer: { errcode: 0 } };
  },

  async listAgents(stage) {
    await agent(stage);
    return { answer: { kf_list: [{ kf_account, kf_nick: '小一' }] } };
  },
  async listOnlineAgents(stage) {
    await session(stage);
    return { answer: { kf_online_list: [{ kf_account, status: 1, accepted_case: 1 }] } };
  },
  addAgent: { request: { kf_account, nickname: '小一' }, answer: { errcode: 0 } },
  async updateAgent(stage) {
    await agent(stage);
    return { request: { kf_account, nickname: '小二' }, answer: { errcode: 0 } };
  },
  async deleteAgent(stage) {
    await agent(stage);
    return { request: { kf_account }, answer: { errcode: 0 } };
  },
  async inviteAgent(stage) {
    await agent(stage);
    return { request: { kf_account, invite_wx: 'someone' }, answer: { errcode: 0 } };
  },
  async uploadAgentAvatar(stage) {
    await agent(stage);
    return { request: { kf_account, media: image }, answer: { errcode: 0 } };
  },

  async createSession(stage) {
    await onlineAgent(stage);
    return { request: { kf_account, openid: ann }, answer: { errcode: 0 } };
  },
  async closeSession(stage) {
    await session(stage);
    return { request: { kf_account, openid: ann }, answer: { errcode: 0 } };
  },
  async getSession(stage) {
    await session(stage);
    return { request: { openid: ann }, answer: { kf_account } };
  },
  async listSessions(stage) {
    await session(stage);
    return { request: { kf_account }, answer: { sessionlist: [{ openid: ann }] } };
  },
  async listWaiting({ control }) {
    await control('POST', '/emulator/waiting', { openid: ben });
    return { answer: { count: 1, waitcaselist: [{ openid: ben }] } };
  },
  async listRecords(stage) {
    await written(stage);
    const endtime = Math.floor(stage.now() / 1_000);
    return {
      request: { starttime: endtime - 3_600, endtime, msgid: '1', number: 100 },
      answer: { number: 1, recordlist: [{ openid: ann, text: 'hi' }] },
    };
  },
  listRecordsByPage: {
    request: { starttime: 0, endtime: 1, pageindex: 1, pagesize: 50 },
    errcode: 45106,
  },
};

/** Ann has written to the account. */
async function written({ control }: Stage): Promise<void> {
  await control('POST', '/emulator/note', { openid: ann, type: 'text', Content: 'hi' });
}

async function agent({ call }: Stage): Promise<void> {
  await call('customerService.addAgent', { kf_account, nickname: '小一' });
}

async function onlineAgent(stage: Stage): Promise<void> {
  await agent(stage);
  await stage.call('customerService.inviteAgent', { kf_account, invite_wx: 'someone' });
  const isThere = { isInvitationAccepted: true, isOnline: true };
  await stage.control('PUT', `/emulator/agents/${kf_account}`, isThere);
}

/** The agent serves Ann. */
async function session(stage: Stage): Promise<void> {
  await onlineAgent(stage);
  await stage.call('customerService.createSession', { kf_account, openid: ann });
}
