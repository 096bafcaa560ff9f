import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const subscribe: WireSamplesOf<'subscribe'> = {
  send: {
    request: {
      touser: 'oAnn',
      template_id: 'template_id-1',
      data: { thing1: { value: '洗车' }, date2: { value: '2026年01月01日' } },
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  addTemplate: {
    request: { tid: '20002', kidList: [1, 2], sceneDesc: '测试' },
    answer: { errcode: 0, errmsg: 'ok', priTmplId: 'priTmplId-1' },
  },
  deleteTemplate: { request: { priTmplId: 'priTmplId-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  listTemplates: {
    answer: {
      errcode: 0,
      errmsg: 'ok',
      data: [
        {
          priTmplId: 'priTmplId-1',
          title: '预约成功提醒',
          content: '预约项目:{{thing1.DATA}}\n预约日期:{{date2.DATA}}',
          example: '预约项目:洗车\n预约日期:2026年1月1日',
          type: 3,
        },
      ],
    },
  },
  listCategories: {
    answer: {
      errcode: 0,
      errmsg: 'ok',
      data: [
        { id: 612, name: '商家自营' },
        { id: 616, name: '生活服务' },
      ],
    },
  },
  listPublicTemplates: {
    request: { ids: '616', start: 0, limit: 10 },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      count: 1,
      data: [{ tid: 20002, title: '预约成功提醒', type: 3, categoryId: '616' }],
    },
  },
  listPublicKeywords: {
    request: { tid: '20002' },
    answer: {
      errcode: 0,
      errmsg: 'ok',
      count: 5,
      data: [
        { kid: 1, name: '预约项目', example: '洗车', rule: 'thing' },
        { kid: 2, name: '预约日期', example: '2026年1月1日', rule: 'date' },
        { kid: 3, name: '车牌号', example: '粤A00001', rule: 'car_number' },
      ],
    },
  },
};
