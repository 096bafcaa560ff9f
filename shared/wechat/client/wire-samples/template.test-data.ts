import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const template: WireSamplesOf<'template'> = {
  send: {
    request: { touser: 'oAnn', template_id: 'template_id-1', data: { thing1: { value: '到了' } } },
    answer: { errcode: 0, errmsg: 'ok', msgid: '2000000000001' },
  },
  sendOnce: {
    request: {
      touser: 'oAnn',
      template_id: 'template_id-1',
      scene: '1000',
      title: '一次',
      data: { content: { value: '内容' } },
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  authorizeOnce: {
    request: {
      action: 'get_confirm',
      appid: 'appid-1',
      scene: '1000',
      template_id: 'template_id-1',
      redirect_url: 'https://example.com/redirect_url',
    },
  },
  setIndustry: {
    request: { industry_id1: '1', industry_id2: '4' },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  getIndustry: {
    answer: {
      primary_industry: { first_class: 'IT科技', second_class: '互联网/电子商务' },
      secondary_industry: { first_class: 'IT科技', second_class: '电子技术' },
    },
  },
  add: {
    request: { template_id_short: '10002', keyword_name_list: ['预约项目', '预约日期'] },
    answer: { errcode: 0, errmsg: 'ok', template_id: 'template_id-1' },
  },
  list: {
    answer: {
      template_list: [
        {
          template_id: 'template_id-1',
          title: '预约成功提醒',
          primary_industry: 'IT科技',
          deputy_industry: 'IT软件与服务',
          content: '预约项目:{{thing1.DATA}}\n预约日期:{{date2.DATA}}',
          example: '预约项目:洗车\n预约日期:2026年1月1日',
        },
      ],
    },
  },
  delete: { request: { template_id: 'template_id-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  listBlocked: {
    request: { tmpl_msg_id: 'tmpl_msg_id-1', largest_id: 0, limit: 10 },
    answer: { errcode: 0, errmsg: 'ok', msginfo: [] },
  },
};
