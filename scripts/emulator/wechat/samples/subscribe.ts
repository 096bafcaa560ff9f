import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const added = { tid: '20002', kidList: [1, 2], sceneDesc: '测试' } as const;

export const subscribe: SamplesOf<'subscribe'> = {
  async send(stage) {
    const { priTmplId } = await templateOf(stage);
    await stage.control('POST', '/emulator/consents', { openid: ann, templateId: priTmplId });
    return {
      request: {
        touser: ann,
        template_id: priTmplId,
        data: { thing1: { value: '洗车' }, date2: { value: '2026年01月01日' } },
      },
      answer: { errcode: 0 },
    };
  },
  addTemplate: { request: added, answer: { priTmplId: /\S/ } },
  async deleteTemplate(stage) {
    return { request: await templateOf(stage), answer: { errcode: 0 } };
  },
  async listTemplates(stage) {
    return { answer: { data: [await templateOf(stage)] } };
  },
  listCategories: {
    answer: {
      data: [
        { id: 612, name: '商家自营' },
        { id: 616, name: '生活服务' },
      ],
    },
  },
  listPublicTemplates: {
    request: { ids: '616', start: 0, limit: 10 },
    answer: { count: 1, data: [{ tid: 20002, title: '预约成功提醒' }] },
  },
  listPublicKeywords: {
    request: { tid: '20002' },
    answer: {
      data: [
        { kid: 1, name: '预约项目', rule: 'thing' },
        { kid: 2, name: '预约日期', rule: 'date' },
        { kid: 3, name: '车牌号', rule: 'car_number' },
        { kid: 4, name: '预约状态', rule: 'phrase' },
        { kid: 5, name: '排队人数', rule: 'number' },
      ],
    },
  },
};

/** The id of a template that the account has taken from the library. */
async function templateOf({ call }: Stage) {
  const { priTmplId } = await call('subscribe.addTemplate', added);
  return { priTmplId };
}
