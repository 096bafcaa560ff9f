import { account } from '../api-fixture.ts';
import { ann } from './people.ts';
import type { SamplesOf, Stage } from './sample.ts';

const template_id = 'template-of-the-samples';
const scene = '1000';
const once = { action: 'get_confirm', appid: account.appid, scene, template_id } as const;
const added = { template_id_short: '10002', keyword_name_list: ['预约项目', '预约日期'] } as const;

export const template: SamplesOf<'template'> = {
  async send(stage) {
    await writtenByHand(stage);
    return {
      request: { touser: ann, template_id, data: { thing1: { value: '到了' } } },
      answer: { errcode: 0 },
    };
  },
  async sendOnce(stage) {
    await writtenByHand(stage);
    await stage.open('template.authorizeOnce', { ...once, redirect_url: 'https://example.com/' });
    return {
      request: {
        touser: ann,
        template_id,
        scene,
        title: '一次',
        data: { content: { value: '内容' } },
      },
      answer: { errcode: 0 },
    };
  },
  async authorizeOnce(stage) {
    await writtenByHand(stage);
    return {
      request: { ...once, redirect_url: 'https://example.com/' },
      leadsTo: /^https:\/\/example\.com\/\?openid=oAnn&.*action=confirm/,
    };
  },

  setIndustry: { request: { industry_id1: '1', industry_id2: '4' }, answer: { errcode: 0 } },
  async getIndustry({ call }) {
    await call('template.setIndustry', { industry_id1: '1', industry_id2: '4' });
    return { answer: { primary_industry: { first_class: 'IT科技' } } };
  },
  add: { request: added, answer: { template_id: /\S/ } },
  async list({ call }) {
    const { template_id } = await call('template.add', added);
    return { answer: { template_list: [{ template_id }] } };
  },
  async delete({ call }) {
    const { template_id } = await call('template.add', added);
    return { request: { template_id }, answer: { errcode: 0 } };
  },
  async listBlocked(stage) {
    await writtenByHand(stage);
    return {
      request: { tmpl_msg_id: template_id, largest_id: 0, limit: 10 },
      answer: { errcode: 0 },
    };
  },
};

/** A template that no library has. Ann is the visitor of the pages. */
async function writtenByHand({ control }: Stage): Promise<void> {
  const content = '备注：{{thing1.DATA}}';
  await control('POST', '/emulator/templates', { templateId: template_id, title: '通知', content });
  await control('PUT', '/emulator/visitor', { openid: ann });
}
